"""Who began a long import is told how it ended, once; who waited at the page is not."""

import pytest

from catalog.domain import import_mail, import_running, imports
from catalog.models import ImportJob, Product
from catalog.states import ImportState
from expo.models import OutgoingMail
from tests.catalog import sheets
from tests.factories import make_category

pytestmark = pytest.mark.django_db
ROWS = [
    sheets.HEADINGS,
    ["A-1", "Kopi satu", "Kopi", 10_000, 5],
    ["A-2", "Kopi dua", "Kopi", 20_000, 6],
    ["A-3", "Kopi tiga", "Kopi", "tanya", 6],
]


@pytest.fixture(autouse=True)
def coffee(db, monkeypatch):
    monkeypatch.setattr(import_mail, "AT_ONCE", 2)
    return make_category(name="Kopi", name_en="Coffee")


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(key__startswith="import:").order_by("pk"))


@pytest.mark.parametrize(("language", "subject", "line"), [
    ("id", "Impor “produk.xlsx” selesai", "- Draf baru: 2"), ("en", "Import “produk.xlsx” finished", "- New drafts: 2"),
])  # fmt: skip
def test_a_long_import_ends_with_a_mail(owner, language, subject, line):
    owner.language = language
    owner.save()
    job = sheets.imported(owner, sheets.xlsx(*ROWS), all_or_nothing=False)
    [mail] = mails()
    assert (mail.to, mail.subject) == (owner.email, subject)
    assert line in mail.body
    assert f"/dasbor/produk/impor/{job.pk}/" in mail.body.replace("/en/", "/")
    assert ("Unduh" in mail.body or "Download" in mail.body) is True


def test_a_short_one_and_one_of_nobody_end_silently(owner):
    sheets.imported(owner, sheets.xlsx(*ROWS[:3]))
    job = sheets.checked(owner, sheets.xlsx(*ROWS))
    imports.begin_import(job, all_or_nothing=False, by=owner)
    ImportJob.objects.filter(pk=job.pk).update(created_by=None)
    sheets.worked(job)
    assert mails() == []


def test_a_failure_of_ours_is_told_and_leaves_it_to_be_begun_again(owner, monkeypatch):
    job = sheets.checked(owner, sheets.xlsx(*ROWS))
    imports.begin_import(job, all_or_nothing=False, by=owner)
    with monkeypatch.context() as broken:
        broken.setattr(import_running, "do", lambda *_: 1 / 0)
        sheets.worked(job)
    assert job.state == ImportState.READY
    assert [mail.subject for mail in mails()] == ["Impor “produk.xlsx” terhenti"]
    imports.begin_import(job, all_or_nothing=False, by=owner)
    sheets.worked(job)
    assert Product.objects.count() == 2
    assert [mail.subject for mail in mails()][1:] == ["Impor “produk.xlsx” selesai"]


def test_products_that_moved_are_told(owner):
    job = sheets.checked(owner, sheets.xlsx(*ROWS[:1], *[[f"B-{n}", f"Teh {n}", "Kopi", 1000, 1] for n in range(3)]))
    sheets.imported(owner, sheets.xlsx(ROWS[0], ["", "Teh 1", "Kopi", 2000, 1], ["B-1", "Kain", "Kopi", 2000, 1]))
    Product.objects.update(state="suspended")
    imports.begin_import(job, all_or_nothing=True, by=owner)
    imports.work(job.pk)
    assert "Impor “produk.xlsx” terhenti" in [mail.subject for mail in mails()]
