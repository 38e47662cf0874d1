"""What a row would do: make a product or change one, and which of its values differ. Pure; asked for the preview, and
again under the lock when it is done."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from catalog.importing.cells import clean
from catalog.importing.columns import TEXTS
from catalog.importing.errors import ERROR, WARNING, problem
from catalog.importing.photo_texts import COLUMNS as PHOTO_TEXTS
from catalog.importing.photo_texts import Texts, match_texts

NEEDED = ("name", "category", "price")
NEW, CHANGE, SAME, NEW_VARIANT = "new", "change", "same", "added"
LINES = frozenset({"description", "description_en", "ingredients", "ingredients_en"})
CHANGED = (
    "sku", "price", "stock", "weight_grams", "length_mm", "width_mm", "height_mm", "minimum_quantity",
    "made_to_order", "lead_days", "deposit_percent", *TEXTS,
)  # fmt: skip


Steps = tuple[tuple[int, int], ...]  # from so many pieces on, at this price


@dataclass(frozen=True, slots=True)
class KnownVariant:
    """A variant as its exhibitor wants it. ``names``: in small letters, also the one that is still on show."""

    pk: int
    values: dict[str, Any]
    names: frozenset[str]
    is_sold: bool = True
    steps: Steps = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A product as it stands; of texts and photos what its exhibitor wants, if that waits for the curators."""

    pk: int
    import_key: str
    values: dict[str, Any]
    photos: list[int]
    is_editable: bool
    has_variants: bool
    steps: Steps = ()
    variants: tuple[KnownVariant, ...] = ()
    hung: tuple[int, ...] = ()  # photos that hang now
    texts: dict[int, Texts] = field(default_factory=dict)  # what is said of them


@dataclass(slots=True)
class VariantMatch:
    """What a row would do to a variant; ``steps`` and ``sells`` None: they stay."""

    action: str
    known: KnownVariant | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    steps: list | None = None
    sells: bool | None = None


@dataclass(slots=True)
class Match:
    """``changes`` are values of the product's fields; ``photos`` and ``steps`` None: they stay. ``texts``: what is said
    of which photo from now on. ``action`` is the most that the row does."""

    action: str
    known: Known | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    photos: list[int] | None = None
    steps: list | None = None
    texts: dict[int, list] = field(default_factory=dict)
    variant: VariantMatch | None = None
    problems: list[dict] = field(default_factory=list)

    @property
    def is_bad(self) -> bool:
        return any(found["level"] == ERROR for found in self.problems)

    def wrong(self, column: str, code: str, level: str = ERROR, **details) -> None:
        self.problems.append(problem(column, code, level, **details))


def key_of(values: dict[str, Any]) -> str:
    """What a row without SKU is known by when the same file comes again; "" for a row with one."""
    if values.get("sku") or not values.get("name"):
        return ""
    return hashlib.sha256(plain(values["name"]).encode()).hexdigest()[:40]


def plain(name: str) -> str:
    return " ".join(name.casefold().split())


class Shelves:
    """The exhibitor's products that rows may mean, by all that they can be called."""

    def __init__(self, products: Iterable[Known]):
        self.by_id: dict[int, Known] = {}
        self.by_sku: dict[str, Known] = {}
        self.by_key: dict[str, Known] = {}
        self.by_name: dict[str, list[Known]] = {}
        self.by_variant_sku: dict[str, tuple[Known, KnownVariant]] = {}
        for product in products:
            self.by_id[product.pk] = product
            for variant in product.variants:
                if sku := variant.values["sku"]:
                    self.by_variant_sku.setdefault(sku.casefold(), (product, variant))
            if sku := product.values["sku"]:
                self.by_sku[sku.casefold()] = product
            else:
                self.by_name.setdefault(plain(product.values["name"]), []).append(product)
            if product.import_key:
                self.by_key[product.import_key] = product

    def find(self, match: Match, values: dict[str, Any]) -> Known | None:
        """By our number, by SKU, by the key of an earlier import, by a name that one product without SKU has."""
        if pk := values.get("id"):
            if pk in self.by_id:
                return self.by_id[pk]
            match.wrong("id", "id_unknown", WARNING)
        sku, name = values.get("sku"), values.get("name")
        if sku and sku.casefold() in self.by_sku:
            return self.by_sku[sku.casefold()]
        key = key_of(values)
        if key and key in self.by_key:
            return self.by_key[key]
        named = self.by_name.get(plain(name), []) if name else []
        if len(named) == 1:
            match.wrong("name", "same_name", WARNING)
            return named[0]
        return None

    def variant_with_sku(self, sku: str) -> tuple[Known, KnownVariant] | None:
        return self.by_variant_sku.get(sku.casefold())

    def sku_is_taken(self, sku: str, but: int) -> bool:
        """By another product, or by a variant of one."""
        owners = [self.by_sku.get(sku.casefold()), (self.variant_with_sku(sku) or [None])[0]]
        return any(other is not None and other.pk != but for other in owners)


def match_row(
    values: dict[str, Any], photos: list[int], shelves: Shelves, *, photos_named: bool, stock_then: int | None = None
) -> Match:
    """``stock_then``: what the product's stock was when the row was looked at; None: now is then."""
    match = Match(NEW)
    match.known = known = shelves.find(match, values)
    if known is None:
        _as_new(match, values, photos, photos_named)
    else:
        _as_change(match, values, photos, shelves, stock_then)
    _together(match)
    price = match.changes.get("price", known.values["price"] if known else None)
    match.steps = match_steps(match, values.get("steps"), known.steps if known else (), price)
    _match_texts(match, values, photos)
    if (match.steps is not None or match.texts) and match.action == SAME:
        match.action = CHANGE
    return match


def _match_texts(match: Match, values: dict[str, Any], photos: list[int]) -> None:
    """Of the photos that the row brings, else of those that hang."""
    known = match.known
    if known is not None and not known.is_editable:
        return
    wanted = photos or (list(known.hung) if known else [])
    match.texts = match_texts(values, wanted, known.texts if known else {})
    if any(len(values.get(column, ())) > len(wanted) for column in PHOTO_TEXTS):
        match.wrong("photo_texts", "texts_many", WARNING, most=len(wanted))


def _as_new(match: Match, values: dict[str, Any], photos: list[int], photos_named: bool) -> None:
    changes = {name: values[name] for name in CHANGED if name in values}
    category = values.get("category", values.get("default_category"))
    if category:
        changes["category_id"] = category
    for name in NEEDED:
        if (name if name != "category" else "category_id") not in changes:
            match.wrong(name, "missing")
    if "stock" not in changes:
        changes["stock"] = 0
        if not changes.get("made_to_order"):
            match.wrong("stock", "no_stock", WARNING)
    if not photos and not photos_named:
        match.wrong("photo", "no_photo", WARNING)
    match.changes, match.photos = changes, photos


def _as_change(match: Match, values, photos: list[int], shelves: Shelves, stock_then: int | None) -> None:
    known = match.known
    match.action = CHANGE
    if not known.is_editable:
        match.wrong("name", "not_edited")
        return
    changes = {name: values[name] for name in CHANGED if name in values and _differs(name, values, known)}
    if "category" in values and values["category"] != known.values["category_id"]:
        changes["category_id"] = values["category"]
    if known.has_variants and {"price", "stock"} & changes.keys():
        for name in ("price", "stock"):
            if changes.pop(name, None) is not None:
                match.wrong(name, "variants", WARNING)
    if "sku" in changes and shelves.sku_is_taken(changes["sku"], known.pk):
        match.wrong("sku", "sku_taken")
    match_stock(match, changes, values, known.values["stock"], stock_then)
    match.changes = changes
    match.photos = photos if photos and photos != known.photos else None
    if not changes and match.photos is None:
        match.action = SAME


def _differs(name: str, values: dict[str, Any], known: Known) -> bool:
    there = known.values[name]
    if name == "sku" or name in TEXTS:
        there = clean(there, lines=name in LINES)
    return values[name] != there


def match_stock(match: Match, changes, values, now: int, stock_then: int | None) -> None:
    """An untouched number of an export leaves the stock alone; one that was changed counts from what was seen."""
    if "stock" not in changes:
        return
    seen = values.get("stock_seen", stock_then)
    if seen is not None and changes["stock"] == seen:
        del changes["stock"]
    elif seen is not None and seen != now:
        match.wrong("stock", "stock_moved", seen=seen, stock=now)


def match_steps(match: Match, wanted: list | None, there: Steps, price: int | None) -> list | None:
    """The price steps to be written, None when they are so already."""
    if wanted is None or [tuple(step) for step in wanted] == list(there):
        return None
    if price and wanted[0][1] >= price:
        match.wrong("steps", "steps_price", price=price)
    return wanted


def _together(match: Match) -> None:
    """What single cells can't tell."""
    if match.action == SAME or (match.known and not match.known.is_editable):
        return
    there = match.known.values if match.known else {}
    after = {
        name: match.changes.get(name, there.get(name)) for name in ("made_to_order", "lead_days", "deposit_percent")
    }
    if not {"made_to_order", "lead_days", "deposit_percent"} & match.changes.keys():
        return
    if after["made_to_order"] and not after["lead_days"]:
        match.wrong("lead_days", "lead_days")
    if after["deposit_percent"] and not after["made_to_order"]:
        match.wrong("deposit_percent", "deposit")
