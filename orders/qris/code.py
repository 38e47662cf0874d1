"""Reading and checking a QRIS code, and putting an amount into it.

QRIS is EMVCo's merchant-presented code with Indonesian rules: currency 360, country ID, and the merchant's national
number (NMID) in the template with the address ID.CO.QRIS.WWW, as a rule tag 51. Everything here is pure.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from orders.qris.errors import QrisError
from orders.qris.tlv import Field, checksum, is_digits, read_fields, write_fields

MOST = 10_000_000
"""The most that one QRIS payment may be, in rupiah (set by Bank Indonesia)."""
LONGEST = 512  # what a QR code that phones still read can carry; real ones have some 200 characters
FORMAT, INITIATION, CATEGORY, CURRENCY, AMOUNT = "00", "01", "52", "53", "54"
TIP, TIP_FIXED, TIP_PERCENT, COUNTRY, NAME, CITY, POSTCODE, CRC = "55", "56", "57", "58", "59", "60", "61", "63"
STATIC, DYNAMIC = "11", "12"
TEMPLATES = frozenset(f"{tag}" for tag in range(26, 52))
NATIONAL = "ID.CO.QRIS.WWW"
NMID = re.compile(r"ID[0-9A-Z]{5,18}")
WHOLE_AMOUNT = re.compile(r"[0-9]{1,10}(\.0{0,2})?")
ASK_FOR_TIP = "01"


@dataclass(frozen=True, slots=True)
class Qris:
    """A checked code. ``fields`` are all but the checksum, in their order; ``amount`` is 0 when the buyer types it."""

    fields: tuple[Field, ...]
    nmid: str
    merchant_name: str
    merchant_city: str
    category: str
    is_dynamic: bool
    amount: int
    tip: str

    @property
    def text(self) -> str:
        return with_checksum(self.fields)


def read_qris(text: str) -> Qris:
    """The code in ``text``; QrisError says what is wrong with it.

    Line breaks that a messenger put into a pasted code are taken out; nothing else is mended.
    """
    text = text.replace("\r", "").replace("\n", "").strip()
    if not text:
        raise QrisError(_("Kode QRIS masih kosong."))
    if len(text) > LONGEST:
        raise QrisError(_("Teks ini terlalu panjang untuk sebuah kode QRIS."))
    if not all(sign.isprintable() for sign in text):
        raise QrisError(_("Kode ini memuat tanda yang tidak dapat dibaca. Unggah gambarnya."))
    fields = read_fields(text)
    require_checksum(text, fields)
    values = dict(fields[:-1])
    require_rupiah_in_indonesia(values)
    return Qris(
        fields=tuple(fields[:-1]),
        nmid=national_number(values),
        merchant_name=values[NAME].strip(),
        merchant_city=values[CITY].strip(),
        category=values[CATEGORY],
        is_dynamic=is_dynamic(values),
        amount=amount_of(values),
        tip=tip_of(values),
    )


def require_checksum(text: str, fields: list[Field]) -> None:
    if fields[0] != Field(FORMAT, "01"):
        raise QrisError(_("Kode ini bukan QRIS: awalannya bukan 000201."))
    if fields[-1].tag != CRC or len(fields[-1].value) != 4:
        raise QrisError(_("Kode QRIS ini tidak lengkap: angka pemeriksanya tidak ada di akhir."))
    if checksum(text[:-4]) != fields[-1].value.upper():
        raise QrisError(_("Ada yang salah di kode QRIS ini: angka pemeriksanya tidak cocok. Unggah gambar aslinya."))


def require_rupiah_in_indonesia(values: dict[str, str]) -> None:
    if values.get(CURRENCY) != "360":
        raise QrisError(_("Kode ini tidak dalam rupiah. Hanya QRIS dalam rupiah (360) yang dapat dipakai."))
    if values.get(COUNTRY) != "ID":
        raise QrisError(_("Kode ini bukan dari Indonesia. Hanya QRIS Indonesia yang dapat dipakai."))
    if not is_digits(values.get(CATEGORY, ""), 4):
        raise QrisError(_("Kode QRIS ini tidak memuat jenis usaha (empat angka)."))
    if not values.get(NAME, "").strip():
        raise QrisError(_("Kode QRIS ini tidak memuat nama merchant."))
    if not values.get(CITY, "").strip():
        raise QrisError(_("Kode QRIS ini tidak memuat kota merchant."))


def national_number(values: dict[str, str]) -> str:
    """The NMID, from whichever template is QRIS's own."""
    for tag in sorted(TEMPLATES & values.keys(), reverse=True):
        parts = dict(read_template(values[tag]))
        if parts.get("00", "").upper() == NATIONAL:
            nmid = parts.get("02", "").strip().upper()
            if not NMID.fullmatch(nmid):
                raise QrisError(_("NMID di kode QRIS ini salah. NMID diawali ID, misalnya ID1020012345678."))
            return nmid
    raise QrisError(_("Kode ini tidak memuat NMID, jadi bukan QRIS. Minta kode QRIS dari penyedia Anda."))


def read_template(value: str) -> list[Field]:
    try:
        return read_fields(value)
    except QrisError:
        raise QrisError(_("Bagian rekening di kode QRIS ini rusak. Unggah gambar aslinya.")) from None


def is_dynamic(values: dict[str, str]) -> bool:
    kind = values.get(INITIATION, STATIC)
    if kind not in (STATIC, DYNAMIC):
        raise QrisError(_("Jenis kode QRIS ini tidak dikenal (bukan statis, bukan dinamis)."))
    return kind == DYNAMIC


def amount_of(values: dict[str, str]) -> int:
    """Whole rupiah; 0 when the code names no amount."""
    text = values.get(AMOUNT)
    if text is None:
        return 0
    if not WHOLE_AMOUNT.fullmatch(text) or not 1 <= int(text.partition(".")[0]) <= MOST:
        raise QrisError(_("Jumlah di kode QRIS ini salah: harus rupiah bulat, paling banyak Rp10.000.000."))
    return int(text.partition(".")[0])


def tip_of(values: dict[str, str]) -> str:
    """Tag 55: "" none, "01" the payer's app asks for one, "02" a fixed sum, "03" a percentage on top."""
    tip = values.get(TIP, "")
    needed = {"": (), ASK_FOR_TIP: (), "02": (TIP_FIXED,), "03": (TIP_PERCENT,)}.get(tip)
    present = tuple(tag for tag in (TIP_FIXED, TIP_PERCENT) if tag in values)
    if needed is None or needed != present:
        raise QrisError(_("Bagian tip di kode QRIS ini salah. Minta kode baru dari penyedia Anda."))
    if present and not re.fullmatch(r"[0-9]{1,10}(\.[0-9]{0,2})?", values[present[0]]):
        raise QrisError(_("Bagian tip di kode QRIS ini salah. Minta kode baru dari penyedia Anda."))
    return tip


def require_reusable(qris: Qris) -> None:
    """A seller's code serves many buyers: it must be static, without an amount, and add nothing of its own."""
    if qris.is_dynamic or qris.amount:
        raise QrisError(
            _("Ini QRIS untuk satu pembayaran saja. Unggah QRIS statis Anda: yang tertempel di meja kasir.")
        )
    if qris.tip not in ("", ASK_FOR_TIP):
        raise QrisError(_("QRIS ini menambah biaya di atas jumlahnya. Minta QRIS tanpa biaya dari penyedia Anda."))


def with_amount(qris: Qris, amount: int) -> Qris:
    """The same merchant's code for one payment of ``amount`` rupiah. The payer's app won't ask for a tip.

    QrisError above the limit of QRIS.
    """
    if not 1 <= amount <= MOST:
        raise QrisError(_("Satu pembayaran QRIS paling banyak Rp10.000.000."))
    kept = [field for field in qris.fields if field.tag not in (INITIATION, AMOUNT, TIP, TIP_FIXED, TIP_PERCENT)]
    head, tail = [field for field in kept if field.tag < AMOUNT], [field for field in kept if field.tag >= AMOUNT]
    head.insert(1, Field(INITIATION, DYNAMIC))
    return read_qris(with_checksum([*head, Field(AMOUNT, str(amount)), *tail]))


def with_checksum(fields) -> str:
    body = write_fields(fields) + f"{CRC}04"
    return body + checksum(body)
