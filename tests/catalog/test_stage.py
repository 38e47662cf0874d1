"""Who stands on the lobby's stage: in the long run everybody equally often."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.stage import lineup, on_stage, slot_start
from tests.catalog.street import Street


@settings(deadline=None, max_examples=30)
@given(booths=st.integers(1, 40), count=st.integers(1, 9), slots=st.integers(1, 40), start=st.integers(0, 10**6))
def test_nobody_is_on_stage_much_oftener_than_another(booths, count, slots, start):
    ids = list(range(100, 100 + booths))
    shown = Counter()
    for slot in range(start, start + slots):
        chosen = on_stage(ids, count, slot)
        assert len(chosen) == len(set(chosen)) == min(count, booths)
        shown.update(chosen)
    times = [shown[pk] for pk in ids]
    assert max(times) - min(times) <= 2


@settings(deadline=None, max_examples=20)
@given(booths=st.integers(1, 40), count=st.integers(1, 9), first=st.integers(0, 10**4))
def test_whole_rounds_give_everybody_the_same(booths, count, first):
    """As many slots as there are booths, from the beginning of a round on: a whole number of rounds."""
    ids = list(range(booths))
    shown = Counter(pk for slot in range(booths) for pk in on_stage(ids, count, first * booths + slot))
    assert set(shown.values()) == {min(count, booths)}


def test_stage_is_the_same_for_everyone_in_a_slot_and_mixes_neighbours():
    ids = list(range(60))
    assert on_stage(ids, 6, 1234) == on_stage(ids, 6, 1234)
    assert on_stage(ids, 6, 1234) != on_stage(ids, 6, 1235)
    first, second = ({frozenset(on_stage(ids, 6, slot)) for slot in range(start, start + 10)} for start in (0, 10))
    assert first != second


@pytest.mark.parametrize("ids", [[], [7]])
def test_stage_of_none_and_of_one(ids):
    assert on_stage(ids, 6, 99) == ids


def test_lineup_of_a_slot_stays_when_booths_come(db):
    street = Street(booths=3)
    slot = 27_000_000
    before = lineup(slot)
    assert sorted(before) == sorted(booth.pk for booth in street.booths)
    street.add_booth(9)
    assert lineup(slot) == before
    assert len(lineup(slot + 1)) == 4
    assert slot_start(slot).timestamp() == slot * 60
