"""Who stands on the lobby's stage: in the long run everybody equally often."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.queries.booths import on_stage


@settings(deadline=None)
@given(booths=st.integers(1, 60), count=st.integers(1, 12), slots=st.integers(1, 60), start=st.integers(0, 10**6))
def test_nobody_is_on_stage_much_oftener_than_another(booths, count, slots, start):
    ids = list(range(100, 100 + booths))
    shown = Counter(pk for slot in range(start, start + slots) for pk in on_stage(ids, count, slot))
    times = [shown[pk] for pk in ids]
    assert max(times) - min(times) <= 1


def test_stage_is_full_and_the_same_for_everyone_in_a_slot():
    ids = list(range(50))
    assert len(on_stage(ids, 6, 1234)) == 6
    assert on_stage(ids, 6, 1234) == on_stage(ids, 6, 1234)
    assert on_stage(ids, 6, 1234) != on_stage(ids, 6, 1235)


@pytest.mark.parametrize("ids", [[], [7]])
def test_stage_of_none_and_of_one(ids):
    assert on_stage(ids, 6, 99) == ids
