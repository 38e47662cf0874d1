"""The shortened amount never says more than the figure, whatever the figure is."""

import dataclasses
import re

from hypothesis import given
from hypothesis import strategies as st

from reports.quote import quotable_sentence
from tests.reports.sample_figures import sample_edition, sample_envelope, sample_figures

SCALES = {
    "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
BASE = sample_figures(editions=(sample_edition(),), exhibitors=3)
AMOUNT = re.compile(r"(-?)Rp([\d.,]+)(?: (\w+) \((-?)Rp([\d.,]+)\))?(?: s\.d\.| up to)")
# Above all around the borders at which a digit or a word changes.
totals = st.one_of(
    st.integers(min_value=-(10**13), max_value=2**53 - 1),
    st.builds(
        lambda scale, tenths, off: scale * tenths // 10 + off,
        st.sampled_from([10**6, 10**9, 10**12]),
        st.integers(min_value=0, max_value=10**4),
        st.integers(min_value=-2, max_value=2),
    ),
)


def read(sentence: str, language: str) -> tuple[int, int, int]:
    """The full amount, the short one in tenths of its scale, and the scale; the sentence must hold them."""
    found = AMOUNT.search(sentence)
    assert found, sentence
    sign, first, scale, full_sign, full = found.groups()
    thousands, decimal = (",", ".") if language == "en" else (".", ",")
    if scale is None:
        return int(f"{sign}{first.replace(thousands, '')}"), 0, 0
    whole, _comma, tenth = first.replace(thousands, "").partition(decimal)
    tenths = int(whole) * 10 + int(tenth or 0)
    return int(f"{full_sign}{full.replace(thousands, '')}"), -tenths if sign else tenths, SCALES[scale]


@given(total=totals, language=st.sampled_from(["id", "en"]))
def test_short_amounts_are_cut_and_full_ones_exact(total, language):
    realised = dataclasses.replace(BASE.realised, total=total)
    figures = dataclasses.replace(BASE, realised=realised)
    full, tenths, scale = read(quotable_sentence(figures, sample_envelope(figures), language), language)
    assert full == total
    if scale:
        assert 0 <= total - tenths * scale // 10 < scale // 10
        assert total >= scale
    else:
        # In full alone where there is nothing to cut: small, below zero, or exactly a tenth of its scale.
        assert total < 10**6
