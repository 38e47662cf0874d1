"""Which page of an edition an address is; the addresses are the site's public ones."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from catalog.models import Placement
from exhibitors.models import Booth
from expo.models import Edition, Hall

SLUG = r"([\w-]+)"
ADDRESSES = (
    ("lobby", re.compile(r"/")),
    ("hall", re.compile(rf"/aula/{SLUG}/")),
    ("booth", re.compile(rf"/stan/{SLUG}/{SLUG}/")),
    ("product", re.compile(rf"/produk/{SLUG}/")),
    ("category", re.compile(rf"/kategori/{SLUG}/")),
    ("search", re.compile(r"/cari/")),
    ("edition", re.compile(rf"/pameran/{SLUG}/")),
    ("page", re.compile(r"/(?:stan|kategori)/")),
)


@dataclass(frozen=True, slots=True)
class Page:
    kind: str
    booth_id: int | None = None


class Pages:
    """The pages of one edition, as far as they are told by their addresses."""

    def __init__(self, edition: Edition):
        self.edition = edition
        self.booths = dict(Booth.objects.filter(edition=edition).values_list("slug", "pk"))
        self.halls = set(Hall.objects.filter(edition=edition).values_list("slug", flat=True))
        self.products = dict(Placement.objects.filter(booth__edition=edition).values_list("product__slug", "booth_id"))
        self.look_up = lru_cache(maxsize=20_000)(self._look_up)

    def find(self, target: str) -> Page | None:
        """The page at ``target``, or None if that is no page of this edition."""
        try:
            parts = urlsplit(target)
        except ValueError:
            return None
        path = parts.path.removeprefix("/en") if parts.path.startswith("/en/") else parts.path
        # A product may stand in several editions; its address says from whose booth the visitor comes.
        stands = parse_qs(parts.query).get("stan") if path.startswith("/produk/") else None
        if stands and stands[0] != self.edition.slug:
            return None
        return self.look_up(path)

    def _look_up(self, path: str) -> Page | None:
        for kind, pattern in ADDRESSES:
            if found := pattern.fullmatch(unquote(path)):
                return self.page(kind, *found.groups())
        return None

    def page(self, kind: str, *names: str) -> Page | None:
        if kind == "booth":
            slug, booth = names
            ours = slug == self.edition.slug and booth in self.booths
            return Page(kind, self.booths[booth]) if ours else None
        if kind == "product":
            return Page(kind, self.products[names[0]]) if names[0] in self.products else None
        if kind == "hall":
            return Page(kind) if names[0] in self.halls else None
        if kind == "edition":
            return Page("page") if names[0] == self.edition.slug else None
        return Page(kind)
