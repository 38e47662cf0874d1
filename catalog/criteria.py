"""What a visitor asks of a list of products: read from the address, written back into addresses."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.search.words import search_words
from exhibitors.models import CertificateKind

PAGE = 24
LAST_PAGE = 400
MOST_PAGES = 8  # that one address shows at once
MAX_TEXT = 100
MAX_CHOICES = 20  # of one filter
MAX_PRICE = 10**12
MAX_CURSOR = 2**62
SORTS = {
    "relevan": gettext_lazy("Paling sesuai"),
    "terbaru": gettext_lazy("Terbaru"),
    "termurah": gettext_lazy("Harga terendah"),
    "termahal": gettext_lazy("Harga tertinggi"),
}
STOCKED, TO_ORDER = "stok", "pesan"
SUPPLIES = {STOCKED: gettext_lazy("Siap kirim"), TO_ORDER: gettext_lazy("Dibuat setelah dipesan")}
# A filter's field in Criteria and its name in addresses.
FILTERS = {
    "category": "kategori", "regencies": "wilayah", "price": "harga", "supply": "sedia", "certificates": "sertifikat",
    "wholesale": "grosir",
}  # fmt: skip
CURSOR_LENGTHS = {"relevan": 3, "terbaru": 2, "termurah": 2, "termahal": 2}
DIGITS = re.compile(r"[\s.,]|rp", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Criteria:
    """Slugs and codes are taken as they come: unknown ones find nothing. Prices are rupiah.

    ``after`` and ``before``: the place in the list (the sort key of a product) at which the page begins or ends.
    ``pages``: how many pages are shown at once, from there on.
    """

    text: str = ""
    category: str = ""
    regencies: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    supply: str = ""
    wholesale: bool = False
    sort: str = ""
    after: tuple[int, ...] = ()
    before: tuple[int, ...] = ()
    pages: int = 1
    errors: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def words(self) -> list[str]:
        return search_words(self.text)

    @property
    def order(self) -> str:
        return self.sort or usual_order(self.text)

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters in use."""
        asked = {**{name: getattr(self, name) for name in FILTERS if name != "price"}, "price": self.is_priced}
        return tuple(name for name in FILTERS if asked[name])

    @property
    def is_priced(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def is_first_page(self) -> bool:
        return not (self.after or self.before)

    def without(self, name: str) -> "Criteria":
        """The same list with one filter less, from its beginning."""
        changes = {
            "category": {"category": ""}, "regencies": {"regencies": ()}, "certificates": {"certificates": ()},
            "price": {"low": None, "high": None}, "supply": {"supply": ""}, "wholesale": {"wholesale": False},
        }[name]  # fmt: skip
        return replace(self, after=(), before=(), pages=1, **changes)

    def query(self, **changes) -> str:
        """The same list with changes as a query string; it begins anew unless the change is a place in it."""
        new = replace(self, **{"after": (), "before": (), "pages": 1, **changes})
        pairs = [
            ("q", new.text), ("kategori", new.category), *(("wilayah", code) for code in new.regencies),
            ("min", new.low), ("maks", new.high), ("sedia", new.supply),
            *(("sertifikat", kind) for kind in new.certificates), ("grosir", "1" if new.wholesale else ""),
            ("urut", new.sort), ("sesudah", _written(new.after)), ("sebelum", _written(new.before)),
            ("banyak", new.pages if new.pages > 1 else ""),
        ]  # fmt: skip
        return urlencode([(name, value) for name, value in pairs if value not in ("", None)])


def read_criteria(params, *, category: str = "") -> Criteria:
    """From a page's query. What makes no sense is left out and explained in ``errors`` by field."""
    errors: dict[str, str] = {}
    low, high = _price(params, "min", errors), _price(params, "maks", errors)
    if low is not None and high is not None and low > high:
        errors["maks"] = _("Harga tertinggi lebih kecil daripada harga terendah.")
        high = None
    text = " ".join(params.get("q", "").replace("\0", "").split())[:MAX_TEXT]
    sort = params.get("urut", "")
    if sort == usual_order(text):
        sort = ""
    supply = params.get("sedia", "")
    criteria = Criteria(
        text=text,
        category=category or params.get("kategori", "").replace("\0", "")[:60],
        regencies=_several(params, "wilayah", 8),
        certificates=tuple(kind for kind in _several(params, "sertifikat", 10) if kind in CertificateKind),
        low=low,
        high=high,
        supply=supply if supply in SUPPLIES else "",
        wholesale=params.get("grosir") == "1",
        sort=sort if sort in SORTS else "",
        errors=errors,
    )
    length = CURSOR_LENGTHS[criteria.order]
    return replace(
        criteria,
        after=_cursor(params, "sesudah", length),
        before=_cursor(params, "sebelum", length),
        pages=min(max(1, whole_number(params.get("banyak", ""), 1)), MOST_PAGES),
    )


def usual_order(text: str) -> str:
    return "relevan" if text else "terbaru"


def whole_number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _several(params, name: str, length: int) -> tuple[str, ...]:
    values = params.getlist(name) if hasattr(params, "getlist") else [params[name]] if name in params else []
    cleaned = (value.replace("\0", "").strip()[:length] for value in values[:MAX_CHOICES])
    return tuple(sorted({value for value in cleaned if value}))


def _written(cursor: tuple[int, ...]) -> str:
    return "-".join(str(number) for number in cursor)


def _cursor(params, name: str, length: int) -> tuple[int, ...]:
    """Where a page begins or ends; nowhere if the address was cut or made up."""
    parts = params.get(name, "").split("-")
    if len(parts) != length or not all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts):
        return ()
    numbers = tuple(int(part) for part in parts)
    return numbers if max(numbers) < MAX_CURSOR else ()


def _price(params, name: str, errors: dict[str, str]) -> int | None:
    typed = params.get(name, "").strip()
    if not typed:
        return None
    digits = DIGITS.sub("", typed)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 20 or int(digits) > MAX_PRICE:
        errors[name] = _("Tulis harga dengan angka saja, misalnya 50000.")
        return None
    return int(digits)
