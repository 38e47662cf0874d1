"""A file that somebody holds: told for what it is, whatever was done to it, and forgotten."""

import io
import json

import pytest
import segno
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ByteStringObject

from expo.slots import one_of
from reports.attachments import NAME
from reports.documents import document_of
from reports.models import IssuedFile, Recap
from reports.seal import withdraw
from tests.factories import wib
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
ADDRESS = "/verifikasi/berkas/"
ORIGINAL, APPENDED, SAVED_AGAIN = "berkas asli kami, tidak diubah", "dengan tambahan", "sudah disimpan ulang"
ALTERED, FOREIGN, UNSEALED = "Bukan yang disegel", "bukan segel kami", "Tidak dapat dipastikan"
VERDICTS = (ORIGINAL, APPENDED, SAVED_AGAIN, ALTERED, FOREIGN, UNSEALED, "Angka terbuka dari rekap kami")


@pytest.fixture
def recap(db):
    return seal_at(make_history(), 2020, 11, 20, 13)


@pytest.fixture
def pdf(recap):
    return document_of(recap, "pdf")


@pytest.fixture
def send(client):
    def send(data: bytes, name="rekap.pdf", path=ADDRESS, **more):
        return client.post(path, {"berkas": SimpleUploadedFile(name, data)}, **more)

    return send


def verdict(response) -> str:
    assert response.status_code == 200, response.content.decode()[-3000:]
    page = response.content.decode()
    (found,) = [text for text in VERDICTS if text in page]
    return found


def saved_again(pdf: bytes, **metadata) -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf))), io.BytesIO()
    writer.add_metadata({"/Producer": "lain", **metadata})
    writer.write(out)
    return out.getvalue()


def test_files_that_we_issued_are_ours(send, recap, pdf):
    for data, name in ((pdf, "a.pdf"), (recap.figures.encode(), "a.json"), (document_of(recap, "xlsx"), "a.xlsx")):
        response = send(data, name)
        assert verdict(response) == ORIGINAL, name
        assert "Rp1.650.000" in response.content.decode()
        assert f"/verifikasi/{recap.code}/" in response.content.decode()


def test_what_was_appended_to_a_pdf_is_told(send, pdf):
    """So does every program that signs."""
    response = send(pdf + b"\n% ditandatangani\n")
    assert verdict(response) == APPENDED
    warning = 'notice--warning"><p class="notice__title">Berkas asli kami, dengan tambahan yang dapat mengubah'
    assert warning in response.content.decode()


def test_a_pdf_that_was_saved_again_still_has_its_seal(send, recap, pdf):
    response = send(saved_again(pdf))
    assert verdict(response) == SAVED_AGAIN
    assert "bandingkan dengan angka tersegel" in response.content.decode()


def test_a_forged_pdf_is_never_called_the_original(send, recap, pdf):
    """Whoever sets pages of his own may attach our seal to them, and say in it that nothing was touched."""
    forged = document_of(seal_at(recap.editions.get(), 2020, 11, 20, 14), "pdf")
    seal = next(each for each in PdfReader(io.BytesIO(pdf)).attachment_list)
    writer, out = PdfWriter(), io.BytesIO()
    writer.append(PdfReader(io.BytesIO(forged)), import_outline=False)
    writer.add_attachment(seal.name, seal.content)
    writer.write(out)
    assert verdict(send(out.getvalue())) == SAVED_AGAIN


def test_a_seal_that_we_never_made_is_foreign(send, recap, pdf):
    """As of a recap of another house, or of one that was made up, with our code on it."""
    other = Recap(code=recap.code, number=recap.number, figures=recap.figures.replace("1650000", "4800000"))
    for name in ("sha256", "chain_sha256"):
        setattr(other, name, "ab" * 32)
    for name in ("occurred_cutoff", "recorded_cutoff", "sealed_at", "revision", "state", "since"):
        setattr(other, name, getattr(recap, name))
    from reports.documents import render
    from reports.queries import envelope_of, figures_of

    forged = render(figures_of(recap), envelope_of(other), "pdf")
    response = send(forged)
    assert verdict(response) == FOREIGN
    assert recap.number in response.content.decode()


def test_other_pdfs_and_files_cannot_be_told(send, recap, pdf):
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    assert verdict(send(out.getvalue())) == UNSEALED
    assert verdict(send(document_of(recap, "csv") + b"x", "a.zip")) == UNSEALED
    assert verdict(send(b'{"omzet": 5}', "a.json")) == UNSEALED
    assert verdict(send(b"omzet;5", "a.csv")) == UNSEALED


def test_json_that_was_written_anew_is_the_sealed_data(send, recap):
    pretty = json.dumps(json.loads(recap.figures), indent=2)
    response = send(pretty.encode(), "rekap.json")
    assert verdict(response) == SAVED_AGAIN
    assert "Semua angkanya sama" in response.content.decode()


def test_altered_json_is_told_with_what_differs(send, recap):
    plain = json.loads(recap.figures)
    plain["realised"]["total"] = 4_800_000_000
    response = send(json.dumps(plain).encode(), "rekap.json")
    assert verdict(response) == ALTERED
    page = response.content.decode()
    assert "Rp4.800.000.000" in page
    assert "Rp1.650.000" in page
    # A change of what the public does not see is told, too, without saying what it is.
    plain = json.loads(recap.figures)
    plain["tables"]["exhibitor"][0]["label"] = "Orang lain"
    response = send(json.dumps(plain).encode(), "rekap.json")
    assert verdict(response) == ALTERED
    assert "Keramik" not in response.content.decode()


def test_public_figures_are_known_and_their_changes_found(send, client, recap):
    public = client.get(f"/verifikasi/{recap.code}/rekap.json").content
    assert verdict(send(public, "rekap.json")) == "Angka terbuka dari rekap kami"
    assert verdict(send(public.replace(b"1650000", b"9650000"), "rekap.json")) == ALTERED


def changed(plain: dict, path: list, value) -> bytes:
    at = plain = json.loads(json.dumps(plain))
    for name in path[:-1]:
        at = at[name]
    assert at[path[-1]] != value
    at[path[-1]] = value
    return json.dumps(plain).encode()


ELSEWHERE = [
    (["days", 0, "realised"], 5, "Angka per hari"),
    (["channels", 0, "realised"], 5, "Omzet per jalur"),
    (["phases", 0, "units"], 5, "Omzet per masa"),
    (["editions", 0, "name"], "Pameran lain", "Keterangan pameran"),
    (["recap", "occurred_before"], "2020-11-21T13:00:00+07:00", "batas waktu"),
    (["recap", "number"], "999", "batas waktu"),
    (["recap", "sha256"], "ab" * 32, "batas waktu"),
    (["note"], "tambahan", "Lain-lain"),
]


@pytest.mark.parametrize(("path", "value", "told"), ELSEWHERE, ids=lambda value: str(value)[:30])
def test_whatever_else_is_changed_in_public_figures_is_told(send, client, recap, path, value, told):
    public = client.get(f"/verifikasi/{recap.code}/rekap.json").json()
    response = send(changed({**public, **({"note": ""} if path == ["note"] else {})}, path, value), "rekap.json")
    assert verdict(response) == ALTERED
    assert told in response.content.decode()


def test_the_code_of_another_recap_does_not_make_it_that_recaps_figures(send, client, recap):
    public = client.get(f"/verifikasi/{recap.code}/rekap.json").json()
    later = seal_at(recap.editions.get(), 2020, 11, 20, 13, recorded=wib(2020, 11, 21))
    assert verdict(send(changed(public, ["recap", "code"], later.code), "rekap.json")) == ALTERED


def test_public_figures_stay_ours_when_their_recap_is_withdrawn(send, client, recap):
    public = client.get(f"/verifikasi/{recap.code}/rekap.json").content
    withdraw(recap, by=None, reason="salah pameran")
    assert verdict(send(public, "rekap.json")) == "Angka terbuka dari rekap kami"


def test_a_name_that_is_said_twice_is_not_believed(send, client, recap):
    """Other readers than ours show the first value."""
    public = client.get(f"/verifikasi/{recap.code}/rekap.json").content
    twice = public.replace(b'"realised": 1650000', b'"realised": 9650000, "realised": 1650000', 1)
    assert twice != public
    for data in (twice, recap.figures.encode().replace(b"{", b'{"schema":1,', 1)):
        response = send(data, "rekap.json")
        assert response.status_code == 400
        assert "menyebut hal yang sama dua kali" in response.content.decode()


NO_CODES = ["\0", "7K3M-9QXA-C\0", "\ud800", "x" * 300]


@pytest.mark.parametrize("code", NO_CODES, ids=ascii)
def test_what_cannot_be_a_code_is_no_recap(send, recap, pdf, code):
    public = {"figures": {"realised": 5}, "recap": {"code": code}}
    assert send(json.dumps(public).encode(), "a.json").status_code in (200, 400)
    seal = with_keywords(f"number:1,code:{code},sha256:{'ab' * 32}")
    assert verdict(send(seal, "a.pdf")) in (FOREIGN, UNSEALED)


def with_keywords(keywords: str) -> bytes:
    """A PDF with an attachment as ours are called, whose keywords are somebody's own (in UTF-16, lone halves too)."""
    inner, outer, seal, out = PdfWriter(), PdfWriter(), io.BytesIO(), io.BytesIO()
    inner.add_blank_page(100, 100)
    marked = b"\xfe\xff" + keywords.encode("utf-16-be", "surrogatepass")
    inner.add_metadata({"/Keywords": ByteStringObject(marked)})
    inner.write(seal)
    outer.add_blank_page(100, 100)
    outer.add_attachment(NAME, seal.getvalue())
    outer.write(out)
    return out.getvalue()


def test_a_withdrawn_recap_is_told_to_be_so(send, recap, pdf):
    withdraw(recap, by=None, reason="salah pameran")
    page = send(pdf).content.decode()
    assert "sudah ditarik" in page
    assert "salah pameran" in page


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"%PDF-1.7\n" + b"rusak " * 50,
        b"{" + b"[" * 200_000,
        b'{"a": ' + b"1" * 5_000_000 + b"}",
        b'{"a": 1e999}',
        b"[" + b"{}," * 2_000_000 + b"{}]",
        b"\xef\xbb\xbf{",
        b"\x89PNG\r\n\x1a\nrusak",
    ],
)
def test_hostile_and_damaged_files_get_a_sentence(send, recap, data):
    response = send(data, "x")
    assert response.status_code in (200, 400)
    page = response.content.decode()
    assert UNSEALED in page or "field__error" in page


def test_too_large_a_file_is_not_read(send, recap, monkeypatch):
    monkeypatch.setattr("reports.views_file.MOST_BYTES", 5_000)
    monkeypatch.setattr("reports.views_file.check", lambda data: pytest.fail("it was read"))
    response = send(b"x" * 200_000)
    assert response.status_code == 413
    assert "20 MB" in response.content.decode()


def test_nothing_chosen(client, recap):
    assert "Pilih dahulu" in client.post(ADDRESS, {}).content.decode()
    assert client.get(ADDRESS)["Location"] == "/verifikasi/"


def test_too_many_checks_have_to_wait(send, recap, monkeypatch):
    monkeypatch.setattr("reports.views_file.CHECKS", 1)
    assert send(b'{"a": 1}', "a.json").status_code == 200
    assert send(b'{"a": 1}', "a.json").status_code == 429


def test_a_busy_server_asks_to_come_back(send, recap, monkeypatch):
    with one_of("check-file", 2, 60), one_of("check-file", 2, 60):
        response = send(b'{"a": 1}', "a.json")
        assert (response.status_code, response["Retry-After"]) == (503, "10")
        assert "Coba lagi sebentar" in response.content.decode()
    for _ in range(3):
        assert send(b'{"a": 1}', "a.json").status_code == 200


def test_nothing_is_kept_and_no_cookie_is_set(send, recap, pdf):
    before = (IssuedFile.objects.count(), Recap.objects.count())
    response = send(pdf)
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert (IssuedFile.objects.count(), Recap.objects.count()) == before
    page = Client(enforce_csrf_checks=True).post(ADDRESS, {"berkas": SimpleUploadedFile("a.pdf", pdf)})
    assert verdict(page) == ORIGINAL


def test_in_english(send, recap, pdf):
    page = send(pdf, path="/en" + ADDRESS).content.decode()
    assert "our original file" in page
    assert "asli" not in page


def photo_of(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text).save(out, kind="png", scale=8, border=4)
    return out.getvalue()


def test_a_photo_of_the_qr_code_leads_to_its_recap(send, recap):
    response = send(photo_of(f"{settings.SITE_URL}/verifikasi/{recap.code}/"), "foto.png")
    assert response["Location"] == f"/verifikasi/{recap.code}/"


def test_a_qr_code_of_another_site_is_told(send, recap):
    page = send(photo_of(f"https://verifikasi-palsu.example/verifikasi/{recap.code}/"), "foto.png").content.decode()
    assert "verifikasi-palsu.example" in page
    assert recap.number in page
    page = send(photo_of("https://toko.example/"), "foto.png").content.decode()
    assert "bukan milik rekap kami" in page


def test_each_file_is_noted_once(recap, pdf):
    assert document_of(recap, "pdf") == pdf
    assert IssuedFile.objects.filter(recap=recap, format="pdf").count() == 1
    later = seal_at(recap.editions.get(), 2020, 11, 20, 13, recorded=wib(2020, 11, 21))
    document_of(later, "pdf")
    assert IssuedFile.objects.count() == 2
