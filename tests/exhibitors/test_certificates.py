"""Certificates from the owner's phone to the curator's decision."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from exhibitors.domain.certificates import (
    CertificateError,
    clean_number,
    return_certificate,
    submit_certificate,
    verify_certificate,
)
from exhibitors.models import Certificate, Decision
from expo.models import OutgoingMail
from tests.deciding import decide
from tests.factories import make_product
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db
NIB = "1234567890123"
OTHER_NIB = "9876543210123"
HALAL = "ID33110000012345678"


def url(name, *args):
    return reverse(f"exhibitors:{name}", args=args)


def submitted(owner, **fields) -> Certificate:
    return submit_certificate(
        Certificate(**{"exhibitor": owner.exhibitor, "kind": "nib", "number": NIB, **fields}), by=owner
    )


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("nib", "1234 5678 9012 3", NIB),
        ("pirt", "P-IRT No: 2063374-01.0123-27", "206337401012327"),
        ("pirt", "P-IRT 206337401012327", "206337401012327"),
        ("pirt", "2063374010123-27", "206337401012327"),
        ("halal", "ID123", None),
        ("halal", "ID 33110 00001 2345678", "ID33110000012345678"),
        ("bpom", "BPOM RI MD 123456789012", "MD123456789012"),
        ("bpom", "NA18123456789", None),
        ("sni", "SNI 8872:2020", "SNI 8872:2020"),
        ("sni", "8872", None),
        ("sni", "sni 8872 : 2020", "SNI 8872:2020"),
        ("sni", "SNI ISO 22000:2018", "SNI ISO 22000:2018"),
        ("sni", "SNI 01-2973-1992", "SNI 01-2973-1992"),
        ("pirt", "906337401012327", None),
        ("pirt", "2063374010123", None),
        ("bpom", "MD 1234567890123", None),
        ("bpom", "ML 123456789012345", "ML123456789012345"),
        ("halal", "No. ID 33110 00001 2345678", "ID33110000012345678"),
        ("nib", "NIB: 1234567890123", NIB),
        ("nib", "9999999999999", None),
        ("merek", "IDM000123456", "IDM000123456"),
        ("nib", "123", None),
        ("nib", "<script>", None),
        ("nib", "Nomor Induk Berusaha: 1234-5678-90123", NIB),
        ("bpom", "BPOM MD 123456789012", "MD123456789012"),
        ("bpom", "B.P.O.M. RI MD. 1234-5678-9012", "MD123456789012"),
        ("bpom", "Badan POM RI ML 123456789012", "ML123456789012"),
        ("bpom", "No. Izin Edar: BPOM RI MD 123456789012345", "MD123456789012345"),
        ("bpom", "BPOM 123456789012", None),
        ("pirt", "Dinkes P-IRT No. 206.3374.01.0123-27", "206337401012327"),
        ("pirt", "SPP-IRT : 2063374010123/27", "206337401012327"),
        ("halal", "Halal Indonesia ID: ID33110000012345678", "ID33110000012345678"),
        ("halal", "BPJPH No ID33110-0000-1234-5678", "ID33110000012345678"),
        ("halal", "LPPOM MUI 15120012345678", "15120012345678"),
        ("merek", "Sertifikat Merek No. IDM 000 123 456", "IDM000123456"),
        ("merek", "DJKI/IDM000123456", "IDM000123456"),
        ("sni", "Sertifikat SNI No. 8872:2020", "SNI 8872:2020"),
    ],
)
def test_numbers(kind, written, kept):
    if kept is None:
        with pytest.raises(CertificateError):
            clean_number(kind, written)
    else:
        assert clean_number(kind, written) == kept


def test_from_the_phone_to_the_verified_row(as_user, owner, curator, finance):
    product = make_product(exhibitor=owner.exhibitor)
    data = {"kind": "pirt", "number": "123", "product": product.pk, "issuer": "Dinkes Kota Salatiga"}
    client = as_user(owner)
    html = client.post(url("new-certificate"), data).content.decode()
    assert "15 angka" in html
    assert 'value="Dinkes Kota Salatiga"' in html
    year = timezone.now().year + 2
    data["number"], data["expires_on"] = f"2063374010123{year % 100}", f"{year + 1}-03-01"
    assert f"tahun {year}" in client.post(url("new-certificate"), data).content.decode()
    data["expires_on"] = f"{year}-03-01"
    client.post(url("new-certificate"), {**data, "file": photo_file()})
    found = Certificate.objects.get()
    assert found.document.endswith(".jpg")
    assert client.get(url("certificate-document", found.pk)).headers["Content-Type"] == "image/jpeg"
    today = timezone.now().date()
    assert not Certificate.objects.valid_on(today).exists()

    page = f"/admin/exhibitors/certificate/keputusan/verify/?pk={found.pk}"
    assert as_user(finance).post(page, {"reason": ""}).status_code == 403
    assert client.get(f"/admin/exhibitors/certificate/{found.pk}/berkas/").status_code in (302, 403)
    client = as_user(curator)
    assert client.get("/admin/exhibitors/certificate/?status=submitted").status_code == 200
    assert client.get(f"/admin/exhibitors/certificate/{found.pk}/berkas/").status_code == 200
    assert client.get(f"/admin/exhibitors/certificate/{found.pk}/change/").status_code == 200
    decide(client, page)
    found.refresh_from_db()
    assert found.verified_by == curator
    assert Certificate.objects.valid_on(today).get() == found
    assert [d.after for d in Decision.objects.filter(subject_type="certificate").order_by("pk")] == [
        "submitted",
        "verified",
    ]
    assert "terverifikasi" in OutgoingMail.objects.get().subject


def test_a_changed_one_is_looked_at_again(as_user, owner, curator):
    found = verify_certificate(submitted(owner), by=curator)
    as_user(owner).post(url("certificate", found.pk), {"kind": "nib", "number": OTHER_NIB})
    found.refresh_from_db()
    assert (found.number, found.verified_at, found.verified_by) == (OTHER_NIB, None, None)


def test_returned_with_a_reason_and_mended(as_user, owner, curator):
    found = verify_certificate(submitted(owner), by=curator)
    with pytest.raises(CertificateError):
        return_certificate(found, by=curator, reason=" ")
    return_certificate(found, by=curator, reason="Nama tidak cocok")
    with pytest.raises(CertificateError):
        verify_certificate(found, by=curator)
    assert "Nama tidak cocok" in as_user(owner).get(url("certificate", found.pk)).content.decode()
    submit_certificate(Certificate.objects.get(), by=owner)
    assert verify_certificate(found, by=curator).returned_at is None


def test_dates_and_doubles(owner):
    today = timezone.now().date()
    submitted(owner)
    for fields in (
        {},
        {"number": OTHER_NIB, "expires_on": today - dt.timedelta(days=2)},
        {"number": OTHER_NIB, "issued_on": today, "expires_on": today},
        {"number": OTHER_NIB, "issued_on": today + dt.timedelta(days=2)},
        {"kind": "merek", "number": "IDM000123456"},
    ):
        with pytest.raises(CertificateError):
            submitted(owner, **fields)
    assert Certificate.objects.count() == 1


def test_documents_are_pictures_or_pdf(as_user, owner):
    client, data = as_user(owner), {"kind": "nib", "number": NIB}
    bad = SimpleUploadedFile("x.html", b"<script>alert(1)</script>", content_type="image/png")
    assert "bukan gambar" in client.post(url("new-certificate"), {**data, "file": bad}).content.decode()
    assert not Certificate.objects.exists()
    client.post(url("new-certificate"), {**data, "file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 ...")})
    response = client.get(url("certificate-document", Certificate.objects.get().pk))
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_certificates_of_others_do_not_exist(as_user, owner, outsider):
    found = submitted(owner)
    foreign = make_product(exhibitor=owner.exhibitor)
    client = as_user(outsider)
    for name in ("certificate", "certificate-document", "certificate-removal"):
        assert client.post(url(name, found.pk), {"kind": "nib", "number": NIB}).status_code in (404, 405)
        assert client.get(url(name, found.pk)).status_code in (404, 405)
    client.post(url("new-certificate"), {"kind": "nib", "number": NIB, "product": foreign.pk})
    assert Certificate.objects.get() == found
    as_user(owner).post(url("certificate-removal", found.pk))
    assert not Certificate.objects.exists()


def test_halal_in_process_and_declared_not_halal_are_states_of_their_own(as_user, owner, curator):
    product = make_product(exhibitor=owner.exhibitor)
    client, today = as_user(owner), timezone.now().date()
    client.post(url("new-certificate"), {"kind": "halal", "standing": "process", "number": "SH2026-1-000123"})
    found = verify_certificate(Certificate.objects.get(), by=curator)
    assert not Certificate.objects.valid_on(today).exists()
    client.post(url("certificate", found.pk), {"kind": "halal", "standing": "issued", "number": HALAL})
    found.refresh_from_db()
    assert (found.standing, found.number, found.verified_at) == ("issued", HALAL, None)

    declared = {"kind": "halal", "standing": "not_halal", "product": product.pk}
    html = client.post(url("new-certificate"), declared).content.decode()
    assert "seluruh usaha" in html  # its certificate covers every product
    found.delete()
    client.post(url("new-certificate"), declared)
    assert Certificate.objects.not_halal().get().number == ""
    with pytest.raises(CertificateError, match="tidak halal"):
        submitted(owner, kind="halal", number=HALAL)
    assert not Certificate.objects.valid_on(today).exists()


def test_other_kinds_are_always_issued(owner):
    assert submitted(owner, standing="process").standing == "issued"


def test_renewing_starts_from_the_old_one(as_user, owner, curator, outsider):
    product = make_product(exhibitor=owner.exhibitor)
    year = timezone.now().year
    old = submitted(
        owner, kind="pirt", number=f"2063374010123{(year + 1) % 100}", expires_on=dt.date(year + 1, 3, 1),
        product=product, issuer="Dinkes Kota Salatiga",
    )  # fmt: skip
    client, page = as_user(owner), url("certificate-renewal", old.pk)
    html = client.get(page).content.decode()
    assert 'value="Dinkes Kota Salatiga"' in html
    new = {"kind": "nib", "number": f"2063374010123{(year + 6) % 100}", "expires_on": f"{year + 6}-03-01"}
    assert as_user(outsider).post(page, new).status_code == 404
    client = as_user(owner)
    client.post(page, {**new, "product": product.pk, "issuer": "Dinkes"})
    renewed = Certificate.objects.exclude(pk=old.pk).get()
    assert (renewed.kind, renewed.renews, renewed.product) == ("pirt", old, product)
    assert client.get(page).url == url("certificate", renewed.pk)
