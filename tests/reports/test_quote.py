import dataclasses
from datetime import timedelta

import pytest

from reports.envelope import SUPERSEDED, WITHDRAWN
from reports.quote import NotQuotableError, quotable_sentence
from tests.reports.sample_figures import sample_edition, sample_envelope, sample_figures


@pytest.fixture
def figures():
    """Both editions together, at the closing of the second."""
    editions = (sample_edition(slug="uvo-1", name="UKM Virtual Expo I", name_en=""), sample_edition())
    base = sample_figures(editions=editions)
    return dataclasses.replace(
        base,
        realised=dataclasses.replace(base.realised, total=3_715_382_000),
        committed=dataclasses.replace(base.committed, total=85_000_000),
    )


def test_sentence_cuts_the_amount_and_says_where_to_check(figures):
    assert quotable_sentence(figures, sample_envelope(figures), "id") == (
        "Omzet UKM Virtual Expo I dan UKM Virtual Expo II Rp3,7 miliar (Rp3.715.382.000) "
        "s.d. Jumat, 20 November 2020 pukul 13.00 WIB, belum termasuk pesanan Rp85.000.000; "
        "rekap UVO-II/2020/0013, kode 7K3M-9QXA-C."
    )


def test_sentence_in_english(figures):
    assert quotable_sentence(figures, sample_envelope(figures), "en") == (
        "Turnover of UKM Virtual Expo I and UKM Virtual Expo II: Rp3.7 billion (Rp3,715,382,000) "
        "up to Friday, 20 November 2020, 13:00 WIB, not including orders of Rp85,000,000; "
        "recap UVO-II/2020/0013, code 7K3M-9QXA-C."
    )


def test_sentence_never_rounds_up(figures):
    figures = dataclasses.replace(figures, realised=dataclasses.replace(figures.realised, total=3_799_999_999))
    assert "Rp3,7 miliar (Rp3.799.999.999)" in quotable_sentence(figures, sample_envelope(figures), "id")


def test_sentence_leaves_out_what_says_nothing(figures):
    figures = dataclasses.replace(
        figures,
        realised=dataclasses.replace(figures.realised, total=950_000),
        committed=dataclasses.replace(figures.committed, total=0),
    )
    sentence = quotable_sentence(figures, sample_envelope(figures), "id")
    assert "Rp950.000 s.d." in sentence
    assert "pesanan" not in sentence


def test_sentence_tells_a_later_recording(figures):
    cutoff = dataclasses.replace(figures.cutoff, recorded=figures.cutoff.recorded + timedelta(days=1))
    figures = dataclasses.replace(figures, cutoff=cutoff)
    sentence = quotable_sentence(figures, sample_envelope(figures), "id")
    assert "sebagaimana tercatat s.d. Sabtu, 21 November 2020 pukul 13.00 WIB" in sentence


def test_superseded_recap_names_its_successor(figures):
    envelope = sample_envelope(figures, state=SUPERSEDED, superseded_by="UVO-II/2020/0014", revision=1)
    sentence = quotable_sentence(figures, envelope, "id")
    assert "rekap UVO-II/2020/0013 rev. 1, kode 7K3M-9QXA-C" in sentence
    assert "telah digantikan oleh UVO-II/2020/0014" in sentence


def test_unsealed_and_withdrawn_figures_are_not_quotable(figures):
    with pytest.raises(NotQuotableError):
        quotable_sentence(figures, None, "id")
    with pytest.raises(NotQuotableError):
        quotable_sentence(figures, sample_envelope(figures, state=WITHDRAWN), "id")
