"""The numbers of certificates: as people copy them from paper, and as they are kept.

| kind | form | where it is said |
| --- | --- | --- |
| NIB | 13 digits | PP 28/2025 (before: PP 24/2018, article 25) |
| P-IRT | 15 digits: packaging 1–8, food 2, regency 4, food of this maker 2, maker 4, year in which it ends 2 | Peraturan BPOM 22/2018, annex I |
| halal | ID and 17 digits; of MUI, before the BPJPH issued them, 14 digits | as printed on the BPJPH's certificates and labels |
| BPOM | MD (made here) or ML (imported) and 12 digits; those of the risk-based register 15 | as printed on labels; Peraturan BPOM 23/2023 |
| SNI | of a standard: SNI 8872:2020, SNI ISO 22000:2018; before 2000: SNI 01-2973-1992 | Peraturan BSN on the numbering of standards |
| trademark | IDM and 9 digits, kept when it is renewed | the register of the DJKI |
"""  # noqa: E501

import datetime as dt
import re

from django.utils.translation import gettext_lazy as _

from exhibitors.domain.legal import NumberError, clean_nib
from exhibitors.models import CertificateKind, Standing
from expo.errors import DomainError


class CertificateError(DomainError):
    """The certificate can't be kept or decided this way; ``field`` names what is wrong, if one is."""

    def __init__(self, message, field: str = ""):
        self.field = field
        super().__init__(message)


K = CertificateKind
FORMS: dict[str, tuple[re.Pattern[str], object]] = {
    K.PIRT: (re.compile(r"[1-8]\d{14}"), _("Nomor P-IRT terdiri atas 15 angka; yang pertama 1 sampai 8.")),
    K.HALAL: (re.compile(r"ID\d{17}|\d{14}"), _("Nomor halal: ID dan 17 angka, atau 14 angka (lama).")),
    K.BPOM: (re.compile(r"M[DL](\d{12}|\d{15})"), _("Nomor BPOM: MD atau ML, lalu 12 angka (yang baru 15 angka).")),
    K.SNI: (
        re.compile(r"SNI( [A-Z]{2,4}(/[A-Z]{2,4})*)? \d{1,6}([-.]\d+)*:\d{4}|SNI \d{2}-\d{3,5}(\.\d+)*-\d{4}"),
        _("Nomor SNI seperti SNI 8872:2020."),
    ),
    K.TRADEMARK: (re.compile(r"IDM\d{9}"), _("Nomor merek: IDM dan 9 angka.")),
}
# What people write before the number, in capitals without signs between.
ANYWHERE = (
    "NOMOR", "NOMER", "NUMBER", "NO", "NR", "SERTIFIKAT", "CERTIFICATE", "IZINEDAR", "IZIN", "IJIN", "REGISTRASI",
    "REG", "TERDAFTAR", "PENDAFTARAN", "RI",
)  # fmt: skip
NAMES: dict[str, tuple[str, ...]] = {
    K.NIB: ("NIB", "INDUKBERUSAHA", "OSS"),
    K.PIRT: ("SPPIRT", "SPP", "PPIRT", "PIRT", "IRT", "DINKES", "DEPKES", "KEMENKES"),
    K.HALAL: ("HALAL", "BPJPH", "LPPOM", "MUI", "INDONESIA"),
    K.BPOM: ("BPOM", "BADANPOM", "POM"),
    K.TRADEMARK: ("MEREK", "MERK", "DJKI", "DIRJENHKI", "HAKI", "HKI", "DAGANG"),
}
BEFORE = {
    kind: re.compile(f"(?:{'|'.join(sorted((*ANYWHERE, *names), key=len, reverse=True))})+")
    for kind, names in NAMES.items()
}
SIGNS = re.compile(r"[\s.,:;_/\-()#]")
REGISTRATION = re.compile(r"[A-Z0-9][A-Z0-9/.\-]{4,39}")  # of an application that is under way
ENDING = frozenset({K.PIRT, K.BPOM, K.TRADEMARK})
"""Kinds that always end: P-IRT and BPOM after five years, trademarks after ten. NIB and halal last."""


def clean_number(kind: str, number: str, standing: str = Standing.ISSUED) -> str:
    """``P-IRT No. 206 3374 01 0123-27`` → ``206337401012327``. Raises CertificateError for the field ``number``."""
    if standing == Standing.NOT_HALAL:
        return ""
    text = " ".join(number.upper().replace("–", "-").split())
    if standing == Standing.PROCESS:
        return registration_number(text.replace(" ", ""))
    if kind == K.NIB:
        try:
            return clean_nib(without_name(kind, text))
        except NumberError as error:
            raise CertificateError(error.message, "number") from error
    text = standard(text) if kind == K.SNI else without_name(kind, text)
    pattern, message = FORMS[kind]
    if not pattern.fullmatch(text):
        raise CertificateError(message, "number")
    return text


def registration_number(text: str) -> str:
    """Of an application for halal; it may be missing."""
    if text and not REGISTRATION.fullmatch(text):
        raise CertificateError(_("Nomor pendaftaran terdiri atas huruf dan angka, seperti SH2026-1-000123."), "number")
    return text


def without_name(kind: str, text: str) -> str:
    """Letters and digits alone, without what people write before them: its name, "No.", "Nomor", "ID:"."""
    plain = SIGNS.sub("", text)
    found = BEFORE[kind].match(plain)
    plain = plain[found.end() :] if found else plain
    return plain.removeprefix("ID") if kind == K.HALAL and plain.startswith("IDID") else plain


def standard(text: str) -> str:
    """``SNI8872-2020``, ``sni 8872 : 2020`` → ``SNI 8872:2020``."""
    text = re.sub(r"\s*([:/-])\s*", r"\1", re.sub(r"^(?:(?:SERTIFIKAT|NOMOR|NO\b|SPPT)[ .:]*)+", "", text))
    text = re.sub(r"^SNI[ .:]*(?:NOMOR|NO\b)[ .:]*", "SNI ", text)
    return re.sub(r"^SNI[ .:]*(?=[\dA-Z])", "SNI ", text)


def check_days(kind: str, number: str, issued_on: dt.date | None, expires_on: dt.date | None, today: dt.date) -> None:
    """Whether the days fit together, the kind and the number. Raises CertificateError naming the field."""
    if issued_on and issued_on > today:
        raise CertificateError(_("Tanggal terbit belum tiba."), "issued_on")
    if expires_on is None:
        if kind in ENDING:
            raise CertificateError(_("Tulis hari terakhir berlakunya, seperti tercantum di sertifikat."), "expires_on")
        return
    if issued_on and expires_on <= issued_on:
        raise CertificateError(_("Tanggal berakhir harus setelah tanggal terbit."), "expires_on")
    if kind == K.PIRT and expires_on.year != 2000 + int(number[-2:]):
        raise CertificateError(
            _("Menurut dua angka terakhir nomornya, P-IRT ini berakhir tahun %(year)s.") % {"year": f"20{number[-2:]}"},
            "expires_on",
        )
    if expires_on < today:
        raise CertificateError(_("Sertifikat ini sudah tidak berlaku."), "expires_on")
