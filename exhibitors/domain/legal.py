"""The numbers by which the state knows a business: as people write them, and as they are kept."""

import re

from django.utils.translation import gettext_lazy as _

from expo.errors import DomainError

SEPARATORS = re.compile(r"[\s.\-–]")
# As the ministry of law gives them, and as the cooperative offices gave them before 2019.
SINCE_2019 = re.compile(r"AHU-\d{5,10}\.AH\.\d{2}(\.\d{2,3})?\.?(TAHUN ?)?\d{4}")
BEFORE = re.compile(r"(?=.*\d)(?=.*\bBH\b)[A-Z0-9 ./\-]{6,60}")
LEAST_MEMBERS, MOST_MEMBERS = 3, 10_000_000


class NumberError(DomainError):
    """Not a number of this kind; the text says what it looks like."""


def clean_nib(text: str) -> str:
    """The 13 digits of a Nomor Induk Berusaha."""
    number = SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]{13}", number):
        raise NumberError(_("NIB terdiri atas 13 angka."))
    if len(set(number)) == 1:
        raise NumberError(_("NIB ini bukan nomor sungguhan. Salin dari OSS atau sertifikat NIB Anda."))
    return number


def clean_legal_number(text: str) -> str:
    """``ahu-0001234.ah.01.26.tahun 2021`` or ``518/BH/KDK.11/VII/2009``, in capitals, single spaces."""
    number = " ".join(text.upper().replace("–", "-").split())
    compact = number.replace(" ", "")
    if compact.startswith("AHU"):
        if not SINCE_2019.fullmatch(compact):
            raise NumberError(_("Nomor AHU ditulis seperti AHU-0001234.AH.01.26.TAHUN 2021."))
        return re.sub(r"TAHUN(?=\d)", "TAHUN ", compact)
    if not BEFORE.fullmatch(number):
        raise NumberError(
            _("Tulis seperti AHU-0001234.AH.01.26.TAHUN 2021, atau nomor lama seperti 518/BH/KDK.11/VII/2009.")
        )
    return number


def clean_cooperative_number(text: str) -> str:
    """The digits of a Nomor Induk Koperasi."""
    number = SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]{13,16}", number):
        raise NumberError(_("NIK koperasi terdiri atas 13 sampai 16 angka."))
    return number
