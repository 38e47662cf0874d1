"""The annex: every entry behind a recap, on paper and as a workbook."""

import io
import re

import pypdf
import pytest

from reports import annex as annexes
from reports.annex import printed_annex
from reports.documents import document_of
from reports.errors import RecapError
from reports.queries import figures_of
from tests.database import append_only_lifted
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db


def text_of(recap, **options):
    reader = pypdf.PdfReader(io.BytesIO(document_of(recap, "pdf", **options)))
    return reader, re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))


def test_annex_lists_every_entry_with_its_step_of_the_bridge():
    edition = make_history()
    seal_at(edition, 2020, 11, 19)
    recap = seal_at(edition, 2020, 11, 20, 13)
    annex = printed_annex(recap)
    assert annex.total == len(annex.rows) == recap.entries == 7
    assert [row.step for row in annex.rows] == ["", "", "", "new_sales", "", "new_sales", "refunds"]
    counted = [row for row in annex.rows if row.measure == "realised" and row.evidence != "D"]
    assert sum(row.amount for row in counted) == figures_of(recap).realised.total


def test_annex_lies_on_its_side_behind_the_recap():
    recap = seal_at(make_history(), 2020, 11, 20, 13)
    plain, _text = text_of(recap, size="f4")
    reader, text = text_of(recap, annex=True, size="f4")
    assert len(reader.pages) == len(plain.pages) + 1
    box = reader.pages[-1].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (330, 215)
    for row in printed_annex(recap).rows:
        assert str(row.number) in text
        assert row.transaction in text


def test_too_many_entries_for_the_paper_are_in_a_file_and_the_paper_says_so(monkeypatch):
    recap = seal_at(make_history(), 2020, 11, 20, 13)
    monkeypatch.setattr(annexes, "MOST_PRINTED", 6)
    assert not printed_annex(recap).rows
    _reader, text = text_of(recap, annex=True)
    assert "daftarnyaadadalamberkasXLSX" in text


def test_annex_that_does_not_sum_to_the_sealed_figures_is_refused():
    from django.db import connection

    recap = seal_at(make_history(), 2020, 11, 20, 13)
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET amount = amount + 1 WHERE amount = 500000")
    with pytest.raises(RecapError, match="verify_recaps"):
        document_of(recap, "pdf", annex=True)
