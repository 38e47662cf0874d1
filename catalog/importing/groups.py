"""Rows that are one product: one for each variant, with a row of the product itself or without.

Marketplaces write variants in three ways, all of which are read here: every row names the product (by our number, the
parent's SKU, or its name); only the first does and those below leave it empty; or a row of the product stands above.
A row keeps what it says of its variant under ``values["variant"]``; what is said of the product is kept by the first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.importing.columns import TEXTS
from catalog.importing.errors import ERROR, WARNING, problem
from catalog.importing.matching import plain
from catalog.importing.rows import Row

MOST_VARIANTS = 50
OF_VARIANT = ("variant", "variant_en", "variant_id", "sku", "price", "stock", "stock_seen", "steps", "is_sold")
NAMED = {"variant": "name", "variant_en": "name_en", "variant_id": "pk"}  # as the variant itself calls it
OF_PRODUCT = (
    *TEXTS, "category", "weight_grams", "length_mm", "width_mm", "height_mm", "minimum_quantity", "made_to_order",
    "lead_days", "deposit_percent", "photo_texts", "photo_texts_en",
)  # fmt: skip
STRONG = ("id", "sku")


@dataclass(slots=True)
class Group:
    """``keys``: what the product is called by, of each kind one."""

    rows: list[Row] = field(default_factory=list)
    keys: dict[str, Any] = field(default_factory=dict)
    has_variants: bool = False
    has_product_row: bool = False

    def takes(self, keys: dict[str, Any]) -> bool:
        return all(self.keys.get(kind, keys[kind]) == keys[kind] for kind in STRONG if kind in keys)


def grouped(rows: Iterable[Row]) -> list[Group]:
    """The rows by products, in the order of the file; each row knows the number of its group's first."""
    groups: list[Group] = []
    known: dict[tuple[str, Any], Group] = {}
    last: Group | None = None
    for row in rows:
        is_variant = "variant" in row.values or "variant_id" in row.values
        keys = _keys(row, is_variant=is_variant)
        group = _group_of(keys, known, is_variant=is_variant)
        if group is None and is_variant and not keys and last is not None and last.keys:
            group = last
        if group is None:
            group = Group()
            groups.append(group)
        _put(group, row, keys, is_variant=is_variant)
        for key in keys.items():
            known.setdefault(key, group)
        last = group
    _refuse_nameless(groups)
    for group in groups:
        _settle(group)
    return groups


def _keys(row: Row, *, is_variant: bool) -> dict[str, Any]:
    values = row.values
    sku = values.get("parent_sku") if is_variant else values.get("sku") or values.get("parent_sku")
    keys = {"id": values.get("id"), "sku": sku and sku.casefold()}
    if name := values.get("name"):
        keys["name"] = plain(name)
    return {kind: value for kind, value in keys.items() if value}


def _group_of(keys: dict[str, Any], known: dict, *, is_variant: bool) -> Group | None:
    """The group that is called so. Two rows of products without variants are never one product."""
    for key in keys.items():
        group = known.get(key)
        if group is None or not group.takes(keys):
            continue
        if is_variant or (group.has_variants and not group.has_product_row):
            return group
    return None


def _put(group: Group, row: Row, keys: dict[str, Any], *, is_variant: bool) -> None:
    if is_variant:
        group.has_variants = True
        row.values["variant"] = {
            NAMED.get(name, name): row.values.pop(name) for name in OF_VARIANT if name in row.values
        }
    else:
        group.has_product_row = True
    group.rows.append(row)
    group.keys = {**keys, **group.keys}


def _refuse_nameless(groups: list[Group]) -> None:
    """Rows that name a parent beside a SKU of their own, but no variant, where others have the same parent."""
    by_parent: dict[str, list[Row]] = {}
    with_variants = set()
    for group in groups:
        for row in group.rows:
            parent = row.values.get("parent_sku", "").casefold()
            if parent and "variant" in row.values:
                with_variants.add(parent)
            elif parent and row.values.get("sku", parent).casefold() != parent:
                by_parent.setdefault(parent, []).append(row)
    for parent, rows in by_parent.items():
        if len(rows) > 1 or parent in with_variants:
            for row in rows:
                row.wrong("variant", "variant_missing")


def _settle(group: Group) -> None:
    """Gather what the rows say of the product in the first, and mark what can't be."""
    first = group.rows[0]
    for row in group.rows:
        row.group = first.number
    parent = next((row.values["parent_sku"] for row in group.rows if "parent_sku" in row.values), "")
    own = next((row.values["sku"] for row in group.rows if "variant" not in row.values and "sku" in row.values), "")
    for row in group.rows:
        row.values.pop("parent_sku", None)
    if own or parent:
        first.values["sku"] = own or parent
    if not group.has_variants:
        return
    _gather(group, first)
    _name_variants(group)


def _gather(group: Group, first: Row) -> None:
    """The product's own row is asked first, wherever it stands, then the others from above."""
    said: dict[str, Row] = {}
    kept: dict[str, Any] = {}
    for row in sorted(group.rows, key=lambda row: "variant" in row.values):
        for name in OF_PRODUCT:
            if name not in row.values:
                continue
            value = row.values.pop(name)
            if name in said and kept[name] != value:
                row.wrong(name, "group_differs", WARNING, row=said[name].number)
            elif name not in said:
                said[name], kept[name] = row, value
        for name in ("id", "default_category"):
            if name in row.values:
                kept.setdefault(name, row.values.pop(name))
        if row is not first and "variant" not in row.values:  # the product's own row, further below
            kept |= {name: row.values.pop(name) for name in ("price", "stock", "steps") if name in row.values}
        if row is not first:
            row.values.pop("sku", None)
    if "category" in kept:
        kept.pop("default_category", None)
    first.values.update(kept)


def _name_variants(group: Group) -> None:
    names: dict[str, int] = {}
    count = 0
    for row in group.rows:
        if (variant := row.values.get("variant")) is None:
            continue
        count += 1
        if count > MOST_VARIANTS:
            row.wrong("variant", "variant_many", most=MOST_VARIANTS)
        if name := variant.get("name", "").casefold():
            before = names.setdefault(name, row.number)
            if before != row.number:
                row.wrong("variant", "variant_twice", row=before)


def hold_together(numbers: Sequence[int], problems: Sequence[list[dict]]) -> bool:
    """A product comes in whole: one wrong row keeps the others back, and they say so. Whether one is wrong."""
    bad = [any(found["level"] == ERROR for found in of_row) for of_row in problems]
    if not any(bad):
        return False
    for is_bad, of_row in zip(bad, problems, strict=True):
        if not is_bad:
            of_row.append(problem("variant", "group_bad", row=numbers[bad.index(True)]))
    return True
