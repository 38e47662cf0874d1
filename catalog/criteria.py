"""What a visitor asks of a list of products: read from the address, written back into addresses."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PAGE = 24
LAST_PAGE = 400
MAX_TEXT = 100
MAX_WORDS = 6
MAX_PRICE = 10**12
SORTS = {
    "relevan": gettext_lazy("Paling sesuai"),
    "terbaru": gettext_lazy("Terbaru"),
    "termurah": gettext_lazy("Harga terendah"),
    "termahal": gettext_lazy("Harga tertinggi"),
}
# PostgreSQL's Indonesian configuration knows stems but no stop words.
STOP_WORDS = frozenset(
    """ada adalah agar akan aku anda apa atau bagi bahwa beli buat bukan cari dan dari dengan di dalam dapat guna hanya
    harga ia ingin ini itu jual juga jika ke karena kami kamu kita lah lain lebih maka mau mereka oleh pada para pun
    saja sama sangat saya sebagai sebuah secara sedang serta sini sudah suatu tapi telah tentang terhadap tersebut
    tetapi untuk yaitu yang the a an and of for with in from to""".split()  # noqa: SIM905
)
WORD = re.compile(r"[a-z0-9]+")
DIGITS = re.compile(r"[\s.,]|rp", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Criteria:
    """Slugs and codes are taken as they come: unknown ones find nothing. Prices are rupiah."""

    text: str = ""
    category: str = ""
    regency: str = ""
    low: int | None = None
    high: int | None = None
    sort: str = ""
    page: int = 1
    errors: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def words(self) -> list[str]:
        return search_words(self.text)

    @property
    def order(self) -> str:
        return self.sort or ("relevan" if self.text else "terbaru")

    @property
    def is_filtered(self) -> bool:
        return bool(self.category or self.regency or self.low is not None or self.high is not None)

    def query(self, **changes) -> str:
        """The same list with changes as a query string; any change but the page's leads to page 1."""
        changes.setdefault("page", 1)
        new = replace(self, **changes)
        pairs = [
            ("q", new.text), ("kategori", new.category), ("wilayah", new.regency), ("min", new.low),
            ("maks", new.high), ("urut", new.sort), ("hal", new.page if new.page > 1 else ""),
        ]  # fmt: skip
        return urlencode([(name, value) for name, value in pairs if value not in ("", None)])


def read_criteria(params, *, category: str = "") -> Criteria:
    """From a page's query. What makes no sense is left out and explained in ``errors`` by field."""
    errors: dict[str, str] = {}
    low, high = _price(params, "min", errors), _price(params, "maks", errors)
    if low is not None and high is not None and low > high:
        errors["maks"] = _("Harga tertinggi lebih kecil daripada harga terendah.")
        high = None
    sort = params.get("urut", "")
    page = params.get("hal", "")
    return Criteria(
        text=" ".join(params.get("q", "").replace("\0", "").split())[:MAX_TEXT],
        category=category or params.get("kategori", "").replace("\0", "")[:60],
        regency=params.get("wilayah", "").replace("\0", "")[:8],
        low=low,
        high=high,
        sort=sort if sort in SORTS else "",
        page=min(max(1, int(page)), LAST_PAGE) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        errors=errors,
    )


def search_words(text: str) -> list[str]:
    """Words in lower case without accents and stop words; a text of stop words alone keeps them."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    found = list(dict.fromkeys(WORD.findall(plain)))
    return ([word for word in found if word not in STOP_WORDS] or found)[:MAX_WORDS]


def _price(params, name: str, errors: dict[str, str]) -> int | None:
    typed = params.get(name, "").strip()
    if not typed:
        return None
    digits = DIGITS.sub("", typed)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 20 or int(digits) > MAX_PRICE:
        errors[name] = _("Tulis harga dengan angka saja, misalnya 50000.")
        return None
    return int(digits)
