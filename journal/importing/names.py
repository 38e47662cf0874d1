"""What the cells of a file name: exhibitors, products, categories, regencies and countries of the database."""

from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog.models import Category, Product
from exhibitors.models import Exhibitor, Kind
from expo.models import Region, RegionLevel
from journal.keys import HOME, Place, country_name, is_country

KINDS_OF_REGENCY = ("kabupaten ", "kota ")
COOPERATIVE_WORDS = ("koperasi", "ksu", "ksp", "kud", "kopontren", "primkop", "puskud")


class UnknownName(Exception):  # noqa: N818 (a message, caught at once)
    """The sentence about a name that is not known or not clear."""


class Places:
    """Regencies by official code, exact name, or name without its kind where that is clear."""

    def __init__(self):
        self.by_code: dict[str, Place] = {}
        self.by_name: dict[str, list[Place]] = {}
        for code, name in Region.objects.filter(level=RegionLevel.REGENCY).values_list("code", "name"):
            place = Place(code, name)
            self.by_code[code] = place
            for spelling in _spellings(name):
                self.by_name.setdefault(spelling, []).append(place)

    def regency(self, text: str) -> Place:
        if not text:
            return Place()
        if place := self.by_code.get(text) or self.by_code.get(f"{text[:2]}.{text[2:]}"):
            return place
        found = self.by_name.get(_plain(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(sorted(f"{place.label} ({place.code})" for place in found))
            raise UnknownName(_("'%(text)s' dapat berarti %(names)s") % {"text": text, "names": names})
        raise UnknownName(_("'%(text)s' bukan kabupaten/kota yang dikenal") % {"text": text})

    def destination(self, text: str) -> Place:
        """A regency, or a country by its ISO code."""
        if text.upper() == HOME:
            raise UnknownName(
                _("'%(text)s' adalah Indonesia: tulis kabupaten/kota tujuannya, misalnya 33.73; kosong bila tidak tahu")
                % {"text": text}
            )
        if is_country(text):
            return Place(text.upper(), country_name(text))
        try:
            return self.regency(text)
        except UnknownName as error:
            if len(text) == 2:
                raise UnknownName(_("'%(text)s' bukan kode negara ISO 3166") % {"text": text}) from error
            raise


def _plain(name: str) -> str:
    name = name.casefold()
    for short in ("kab. ", "kab.", "kab "):
        if name.startswith(short):
            return "kabupaten " + name[len(short) :].strip()
    return name


def _spellings(name: str) -> set[str]:
    plain = name.casefold()
    return {plain} | {plain.removeprefix(kind) for kind in KINDS_OF_REGENCY}


@dataclass(slots=True)
class Known:
    """An exhibitor of the database, or (``pk`` None) one to be created."""

    pk: int | None
    name: str
    slug: str
    kind: str
    regency: Place
    products: dict[str, int] | None = None  # of the catalogue, by name; read when first asked
    keys: dict[str, str] = field(default_factory=dict)


class Names:
    """Exhibitors, categories and products, looked up without regard to capitals."""

    def __init__(self, *, create_exhibitors: bool):
        self.create = create_exhibitors
        self.places = Places()
        self.exhibitors: dict[str, list[Known]] = {}
        self.created: list[Known] = []
        self.categories: dict[str, tuple[str, str]] = {}
        for row in Exhibitor.objects.select_related("regency"):
            regency = Place(row.regency.code, row.regency.name) if row.regency else Place()
            known = Known(row.pk, row.name, row.slug, row.kind, regency)
            for key in {row.name.casefold(), row.slug}:
                self.exhibitors.setdefault(key, []).append(known)
        for slug, name in Category.objects.values_list("slug", "name"):
            self.categories[slug] = self.categories[name.casefold()] = (slug, name)

    def exhibitor(self, text: str, regency: Place) -> Known:
        found = self.exhibitors.get(text.casefold(), [])
        if len(found) == 1:
            return found[0]
        if found:
            slugs = ", ".join(known.slug for known in found)
            raise UnknownName(
                _("ada beberapa '%(text)s'; tulis salah satu: %(slugs)s") % {"text": text, "slugs": slugs}
            )
        if not self.create:
            raise UnknownName(_("'%(text)s' bukan peserta; tambahkan --create-exhibitors") % {"text": text})
        known = Known(None, text, "", _kind_of(text), regency)
        self.exhibitors[text.casefold()] = [known]
        self.created.append(known)
        return known

    def category(self, text: str) -> tuple[str, str]:
        """Code and label; a category of the file's own gets a code made of its name."""
        if not text:
            return "", ""
        return self.categories.setdefault(text.casefold(), (slugify(text)[:60] or "lain", text))

    def product_key(self, exhibitor: Known, text: str) -> str:
        """A product of the catalogue by its name, else a key of the exhibitor's own."""
        if not text:
            return ""
        name = text.casefold()
        if name not in exhibitor.keys:
            exhibitor.keys[name] = self._product_key(exhibitor, name)
        return exhibitor.keys[name]

    def _product_key(self, exhibitor: Known, name: str) -> str:
        if exhibitor.products is None:
            rows = Product.objects.filter(exhibitor_id=exhibitor.pk).values_list("name", "pk") if exhibitor.pk else ()
            exhibitor.products = {known.casefold(): pk for known, pk in rows}
        if pk := exhibitor.products.get(name):
            return f"p{pk}"
        return f"{slugify(exhibitor.name)}/{slugify(name)}"[:120]

    def save_created(self) -> int:
        """Create the exhibitors that the file brought; they are marked as imported and sell nothing here."""
        taken = set(Exhibitor.objects.values_list("slug", flat=True))
        for known in self.created:
            base = slugify(known.name)[:70] or "peserta"
            slug, count = base, 1
            while slug in taken:
                count += 1
                slug = f"{base}-{count}"
            taken.add(slug)
            row = Exhibitor.objects.create(
                slug=slug, name=known.name, kind=known.kind, regency_id=known.regency.code or None, imported=True
            )
            known.pk, known.slug = row.pk, slug
        return len(self.created)


def _kind_of(name: str) -> str:
    first = name.casefold().split()[0].strip(".,")
    return Kind.KOPERASI if first in COOPERATIVE_WORDS else Kind.UKM
