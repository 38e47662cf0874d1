"""What the rows of one product would do, variants included. Pure, as ``matching.py``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.importing.cells import clean
from catalog.importing.errors import WARNING
from catalog.importing.groups import MOST_VARIANTS, OF_PRODUCT
from catalog.importing.matching import (
    CHANGE,
    NEW,
    NEW_VARIANT,
    SAME,
    Known,
    KnownVariant,
    Match,
    Shelves,
    VariantMatch,
    match_row,
    match_steps,
    match_stock,
)

WRITTEN = ("name", "name_en", "sku", "price", "stock", "picture_id")
CLEANED = frozenset({"name", "name_en", "sku"})
OF_GOODS = ("price", "stock", "stock_seen", "steps")


@dataclass(frozen=True, slots=True)
class Said:
    """A row of a product: what it says, which row of the file it is, and the stock that was seen when it was looked at.

    Of the product itself only the first row speaks."""

    number: int
    values: dict[str, Any]
    stock_then: int | None = None


def match_product(rows: Sequence[Said], photos: list[int], shelves: Shelves, *, photos_named: bool) -> list[Match]:
    """One for each row; that of the first is about the product, too."""
    rows = [_of_variant(rows[0], shelves), *rows[1:]]
    first = rows[0]
    if not any("variant" in row.values for row in rows):
        match = match_row(first.values, photos, shelves, photos_named=photos_named, stock_then=first.stock_then)
        return [match]
    known = shelves.find(Match(NEW), first.values)
    if known is None and not {"name", "sku"} & first.values.keys():
        match = Match(NEW)
        match.wrong("variant", "variant_alone")
        return [match, *(Match(NEW) for _row in rows[1:])]
    default = first.values.get("price") or (known.values["price"] if known and not known.has_variants else None)
    match = match_row(_of_product(rows, known, default), photos, shelves, photos_named=photos_named)
    if "stock" in first.values:
        match.wrong("stock", "variants", WARNING)
    matches = [match, *(Match(SAME, match.known) for _row in rows[1:])]
    names = Names(known)
    for row, one in zip(rows, matches, strict=True):
        if "variant" in row.values and not (known and not known.is_editable):
            _match_variant(one, row, default, names, shelves, is_made=_is_made_to_order(match))
    return matches


def _of_variant(row: Said, shelves: Shelves) -> Said:
    """A row that names no product, but the SKU of a variant: a list of prices by SKU."""
    values = row.values
    if "variant" in values and not {"id", "name", "sku"} & values.keys():
        owner = shelves.variant_with_sku(values["variant"].get("sku", ""))
        return Said(row.number, {**values, "id": owner[0].pk}, row.stock_then) if owner else row
    owner = shelves.variant_with_sku(values.get("sku", ""))
    if "variant" in values or owner is None or shelves.find(Match(NEW), values) is not None:
        return row
    product, variant = owner
    own = {name: values[name] for name in OF_GOODS if name in values}
    told = {"told": [name for name in OF_PRODUCT if name in values and name != "name"]}
    return Said(row.number, {"id": product.pk, "variant": {"pk": variant.pk, **own, **told}}, row.stock_then)


def _of_product(rows: Sequence[Said], known: Known | None, default: int | None) -> dict[str, Any]:
    """What is said of the product, whose price and stock will be those of its variants."""
    values = {name: value for name, value in rows[0].values.items() if name not in ("price", "stock", "stock_seen")}
    if known is None:
        prices = [row.values["variant"].get("price", default) for row in rows if "variant" in row.values]
        lowest = min((price for price in prices if price), default=default)
        values |= {"stock": 0} | ({"price": lowest} if lowest else {})
    return values


def _is_made_to_order(match: Match) -> bool:
    there = match.known.values["made_to_order"] if match.known else False
    return bool(match.changes.get("made_to_order", there))


@dataclass
class Names:
    """The variants that a product has, and what they are called."""

    product: Known | None
    used: dict[int, int] = field(default_factory=dict)
    fresh: int = 0

    @property
    def there(self) -> Sequence[KnownVariant]:
        return self.product.variants if self.product else ()

    def find(self, match: Match, values: dict[str, Any]) -> KnownVariant | None:
        """By our number, by SKU, by name."""
        if pk := values.get("pk"):
            if found := next((one for one in self.there if one.pk == pk), None):
                return found
            match.wrong("variant_id", "variant_unknown", WARNING)
        sku, name = values.get("sku", "").casefold(), values.get("name", "").casefold()
        by_sku = next((one for one in self.there if sku and one.values["sku"].casefold() == sku), None)
        return by_sku or next((one for one in self.there if name and name in one.names), None)

    def is_taken(self, name: str, but: KnownVariant | None) -> bool:
        return any(name.casefold() in one.names for one in self.there if one is not but)


def _match_variant(match: Match, row: Said, default, names: Names, shelves: Shelves, *, is_made: bool) -> None:
    values = row.values["variant"]
    known = names.find(match, values)
    match.variant = variant = VariantMatch(CHANGE if known else NEW, known)
    if known is None:
        _as_new(match, variant, values, default, names, is_made=is_made)
    else:
        _as_change(match, variant, values, names, row)
    if "sku" in variant.changes and shelves.sku_is_taken(
        variant.changes["sku"], names.product.pk if names.product else 0
    ):
        match.wrong("sku", "sku_taken")
    price = variant.changes.get("price", known.values["price"] if known else None)
    variant.steps = match_steps(match, values.get("steps"), known.steps if known else (), price)
    there = known.is_sold if known else True
    variant.sells = values["is_sold"] if values.get("is_sold", there) != there else None
    if values.get("told"):
        match.wrong("sku", "variant_only", WARNING, text=known.values["name"])
    if known and not variant.changes and variant.steps is None and variant.sells is None:
        variant.action = SAME
    if match.action == SAME and variant.action != SAME:
        match.action = NEW_VARIANT if variant.action == NEW else CHANGE


def _as_new(match: Match, variant: VariantMatch, values, default, names: Names, *, is_made: bool) -> None:
    names.fresh += 1
    variant.changes = changes = {name: values[name] for name in WRITTEN if name in values}
    if "name" not in changes:
        match.wrong("variant", "missing")
    if len(names.there) + names.fresh > MOST_VARIANTS:
        match.wrong("variant", "variant_many", most=MOST_VARIANTS)
    if not changes.setdefault("price", default):
        match.wrong("price", "missing")
    if "stock" not in changes:
        changes["stock"] = 0
        if not is_made:
            match.wrong("stock", "no_stock", WARNING)


def _as_change(match: Match, variant: VariantMatch, values, names: Names, row: Said) -> None:
    known = variant.known
    before = names.used.setdefault(known.pk, row.number)
    if before != row.number:
        match.wrong("variant", "variant_twice", row=before)
    there = known.values | {name: clean(known.values[name], lines=False) for name in CLEANED}
    variant.changes = changes = {
        name: values[name] for name in WRITTEN if name in values and values[name] != there[name]
    }
    if "name" in changes and names.is_taken(changes["name"], known):
        match.wrong("variant", "variant_there", text=changes["name"])
    match_stock(match, changes, values, known.values["stock"], row.stock_then)
