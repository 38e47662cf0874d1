"""The recap says of itself that it is PDF/A-2a and PDF/UA-1: what can be asked without a full validator is asked."""

import dataclasses
import io

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NameObject

from journal.models import Entry
from reports.documents import document_of
from reports.renderers.pdf import render_pdf
from tests.pdf_standards import every_object, structure, violations
from tests.reports.cases import make_history, seal_at
from tests.reports.sample_figures import sample_envelope, sample_figures
from tests.reports.test_attachments import signed


@pytest.fixture(scope="module")
def pdf() -> bytes:
    figures = sample_figures(exhibitors=60, flagged=True)
    return render_pdf(figures, sample_envelope(figures))


@pytest.mark.parametrize(("language", "size", "is_sealed"), [("en", "f4", True), ("id", "a4", False)])
def test_both_languages_sizes_and_the_seal_inside_follow_the_standards(language, size, is_sealed):
    figures = sample_figures(exhibitors=60)
    envelope = sample_envelope(figures) if is_sealed else None
    document = render_pdf(figures, envelope, language, size=size)
    assert violations(document) == []
    assert len(list(PdfReader(io.BytesIO(document)).attachment_list)) == is_sealed


def test_recaps_that_no_longer_stand_follow_the_standards():
    figures = sample_figures()
    envelope = dataclasses.replace(sample_envelope(figures), state="withdrawn")
    assert violations(render_pdf(figures, envelope)) == []


def test_what_a_signing_program_appends_takes_nothing_away(pdf):
    assert violations(pdf) == violations(signed(pdf)) == []


@pytest.mark.django_db
def test_the_annex_follows_the_standards():
    recap = seal_at(make_history(), 2020, 11, 20, 13)
    assert Entry.objects.exists()
    assert violations(document_of(recap, "pdf", "en", annex=True)) == []


def first(reader, wanted):
    return next(each for each in every_object(reader) if isinstance(each, DictionaryObject) and wanted(each))


def root(reader):
    return reader.trailer["/Root"]


def tagged(name: str):
    return lambda each: each.get("/S") == name and "/K" in each


def named(**members) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): NameObject(f"/{value}") for name, value in members.items()})


def without(*names):
    return lambda each: [each.pop(name, None) for name in names]


def changed(**members):
    return lambda each: each.update(named(**members))


SPOILING = {
    "UA 7.2 language": (root, without("/Lang")),
    "UA 7.1 title displayed": (root, without("/ViewerPreferences")),
    "UA 7.1 marked": (root, without("/MarkInfo")),
    "A 6.2.3 output intent": (root, without("/OutputIntents")),
    "A 6.4 catalogue": (root, changed(AA="None")),
    "UA 7.3 figure without words": (lambda reader: first(reader, lambda each: "/Alt" in each), without("/Alt")),
    "UA 7.5 header without scope": (lambda reader: first(reader, tagged("/TH")), without("/A", "/ID")),
    "UA 7.2 TR holds P": (lambda reader: first(reader, tagged("/TD")), changed(S="P")),
    "UA 7.4.2 H4 after level": (lambda reader: first(reader, tagged("/H2")), changed(S="H4")),
    "UA 7.1 a page outside of the structure": (lambda reader: reader.pages[0], without("/StructParents")),
    "has no Unicode": (lambda reader: first(reader, lambda each: "/ToUnicode" in each), without("/ToUnicode")),
    "is not embedded": (
        lambda reader: first(reader, lambda each: "/FontDescriptor" in each)["/FontDescriptor"].get_object(),
        without("/FontFile", "/FontFile2", "/FontFile3"),
    ),
    "A 6.5.1 action": (lambda reader: first(reader, tagged("/TD")), changed(S="JavaScript")),
}


@pytest.mark.parametrize("clause", SPOILING)
def test_what_breaks_a_rule_is_found(pdf, clause):
    """Else an empty list would say nothing."""
    where, spoil = SPOILING[clause]
    reader = PdfReader(io.BytesIO(pdf))
    spoil(where(reader))
    assert any(clause in each for each in structure(reader))
