"""The PDF that was signed elsewhere comes back beside the original."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from expo.errors import DomainError
from reports.documents import document_of
from reports.models import SignedFile
from reports.signed import keep_signed, open_signed
from tests.reports.cases import make_history, seal_at
from tests.reports.test_attachments import flipped, signed

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]


@pytest.fixture
def recap(db):
    return seal_at(make_history(), 2020, 11, 20, 13)


def test_signed_file_is_kept_as_it_came(recap, finance):
    data = signed(document_of(recap, "pdf"))
    kept = keep_signed(recap, data, by=finance)
    assert (kept.signatures, kept.untouched, kept.size) == (1, True, len(data))
    assert open_signed(kept).read() == data
    assert keep_signed(recap, data, by=finance) == kept
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedFile.objects.update(signatures=9)


def test_files_of_other_recaps_and_damaged_ones_are_refused(recap, finance):
    later = seal_at(recap.editions.get(), 2020, 11, 20, 14)
    data = document_of(recap, "pdf")
    with pytest.raises(DomainError, match=rf"adalah rekap {recap.number} .*bukan {later.number}"):
        keep_signed(later, signed(data), by=finance)
    with pytest.raises(DomainError, match="rusak"):
        keep_signed(recap, flipped(data), by=finance)
    assert not SignedFile.objects.exists()


def test_page_takes_the_file_and_gives_it_back(recap, as_user, finance, official):
    page = reverse("reports:files", args=[recap.pk])
    data = signed(document_of(recap, "pdf"))
    answer = as_user(finance).post(page, {"file": SimpleUploadedFile("x.pdf", data, "application/pdf")})
    assert (answer.status_code, answer.url) == (302, page)
    kept = SignedFile.objects.get()
    reader = as_user(official)
    assert "bita demi bita" in reader.get(page).content.decode()
    file = reader.get(reverse("reports:signed-file", args=[recap.pk, kept.pk]))
    assert b"".join(file.streaming_content) == data
    assert "private" in file.headers["Cache-Control"]


def test_page_says_beside_the_field_what_is_wrong(recap, as_user, finance):
    client = as_user(finance)
    page = reverse("reports:files", args=[recap.pk])
    for file, sentence in ((b"not a PDF", "bukan PDF"), (b"%PDF-1.7 x", "rusak")):
        answer = client.post(page, {"file": SimpleUploadedFile("x.pdf", file)})
        assert answer.status_code == 400
        assert sentence in answer.content.decode()
    assert client.post(page, {}).status_code == 400


def test_who_may_not_seal_may_not_upload_and_outsiders_see_nothing(recap, as_user, client, official, finance, shopper):
    page = reverse("reports:files", args=[recap.pk])
    kept = keep_signed(recap, document_of(recap, "pdf"), by=finance)
    file = reverse("reports:signed-file", args=[recap.pk, kept.pk])
    for address in (page, file):
        assert client.get(address).status_code == 302
    reader = as_user(official)
    assert reader.post(page, {"file": SimpleUploadedFile("x.pdf", b"%PDF-")}).status_code == 403
    other = seal_at(recap.editions.get(), 2020, 11, 20, 14)
    assert reader.get(reverse("reports:signed-file", args=[other.pk, kept.pk])).status_code == 404
    stranger = as_user(shopper)
    assert [stranger.get(address).status_code for address in (page, file)] == [403, 403]


def test_papers_and_annex_can_be_had(recap, as_user, official):
    reader = as_user(official)
    file = reverse("reports:file", args=[recap.pk, "pdf"])
    f4 = pypdf.PdfReader(io.BytesIO(reader.get(file, {"kertas": "f4", "lampiran": "1"}).content))
    assert [round(f4.pages[at].mediabox.height / 72 * 25.4) for at in (0, -1)] == [330, 215]
    annex = reader.get(reverse("reports:annex", args=[recap.pk, "xlsx"]))
    assert b"".join(annex.streaming_content).startswith(b"PK")
    assert reader.get(reverse("reports:file", args=[recap.pk, "ods"])).headers["Content-Type"].endswith("spreadsheet")
    assert reader.get(file, {"kertas": "surat"}).content.startswith(b"%PDF-")
