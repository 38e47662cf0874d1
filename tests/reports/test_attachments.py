"""The seal inside a recap's PDF, as it comes back from whoever signed or damaged the file."""

import io
import re

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from expo.pdf_attachments import attach
from reports.attachments import NAME, SealedFileError, hash_in, seal_in
from reports.renderers.pdf import render_pdf
from tests.reports.sample_figures import sample_envelope, sample_figures


@pytest.fixture(scope="module")
def figures():
    return sample_figures()


@pytest.fixture(scope="module")
def envelope(figures):
    return sample_envelope(figures)


@pytest.fixture(scope="module")
def pdf(figures, envelope):
    return render_pdf(figures, envelope)


def signed(data, *, whole=False):
    """As a signing program leaves it: a signature field appended, or (``whole``) the file written anew with one."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    writer = pypdf.PdfWriter(clone_from=reader) if whole else pypdf.PdfWriter(io.BytesIO(data), incremental=True)
    value = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
    value[NameObject("/ByteRange")] = ArrayObject(NumberObject(number) for number in (0, 10, 20, 30))
    field = DictionaryObject(
        {NameObject("/FT"): NameObject("/Sig"), NameObject("/T"): TextStringObject("Tanda tangan")}
    )
    field[NameObject("/V")] = writer._add_object(value)
    fields = ArrayObject([writer._add_object(field)])
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): fields})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_attachment_names_the_recap_and_the_hash_of_its_figures(pdf, envelope):
    found = seal_in(pdf)
    assert (found.number, found.code, found.sha256) == (envelope.number, envelope.code, envelope.sha256)
    assert (found.signatures, found.untouched) == (0, True)
    assert hash_in(pdf) == envelope.sha256


def test_attachment_is_archivable_itself(pdf, envelope):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    (attachment,) = reader.attachment_list
    assert attachment.name == NAME
    inner = pypdf.PdfReader(io.BytesIO(attachment.content))
    metadata = inner.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "pdfaid:part>2" in metadata or 'pdfaid:part="2"' in metadata
    text = inner.pages[0].extract_text()
    assert envelope.code in text


def test_signed_file_keeps_its_seal(pdf, envelope):
    found = seal_in(signed(pdf))
    assert (found.sha256, found.signatures, found.untouched) == (envelope.sha256, 1, True)


def test_file_that_the_signing_program_wrote_anew_keeps_its_seal_and_says_so(pdf, envelope):
    found = seal_in(signed(pdf, whole=True))
    assert (found.sha256, found.signatures, found.untouched) == (envelope.sha256, 1, False)


def test_recap_that_is_not_sealed_has_nothing_inside(figures):
    with pytest.raises(SealedFileError, match="tidak ada lampiran segel"):
        hash_in(render_pdf(figures))


def locked(data):
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data)))
    writer.encrypt("rahasia")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def another_attachment(data):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("lain.txt", b"sha256:" + b"0" * 64)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def flipped(data):
    """One bit of the pages' content changed, as a bad disk would."""
    page = re.search(rb"/Length \d{4,}/Filter/FlateDecode>>\nstream\n", data)
    at = page.end() + 500
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda data: b"", "bukan PDF"),
        (lambda data: b"PK\x03\x04 not a PDF", "bukan PDF"),
        (lambda data: b"%PDF-1.7\nnothing", "rusak"),
        (lambda data: data[: len(data) // 2], "rusak"),
        (flipped, "rusak"),
        (locked, "kata sandi"),
        (another_attachment, "tidak ada lampiran segel"),
        (lambda data: data + b"\0" * (20 * 1024 * 1024), "20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(pdf, spoil, sentence):
    with pytest.raises(SealedFileError, match=sentence):
        hash_in(spoil(pdf))


def test_file_that_unpacks_to_more_than_memory_is_refused():
    import zlib

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment(NAME, b"%PDF-1.7")
    out = io.BytesIO()
    writer.write(out)
    bomb = zlib.compress(b"\0" * 300_000_000, 9)
    stream = b"999 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(bomb), bomb)
    with pytest.raises(SealedFileError):
        hash_in(b"%PDF-1.7\n" + stream + out.getvalue())


def test_attaching_refuses_what_typst_did_not_write():
    with pytest.raises(ValueError, match="not the kind"):
        attach(b"%PDF-1.7", NAME, b"", "")
