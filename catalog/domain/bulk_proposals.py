"""What exhibitors want of variants, prices for many pieces and sales on show, put before the curators at once.

Variants by the rules of ``propose_variant`` in ``assortment.py``, with a number of queries that does not grow.

Called inside a transaction that holds the products' locks; ``save`` writes all that was wanted.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count
from django.utils import timezone

from catalog.domain.bulk import photos_of
from catalog.domain.proposals import drop_empty, fresh_proposal, says_nothing, touched
from catalog.domain.waiting_offers import WaitingStep, steps_in
from catalog.models import Product, ProductChange, Variant, VariantChange
from exhibitors.domain.decisions import log_many
from exhibitors.states import CHANGE_PROPOSED

BATCH = 500
TEXTS = ("name", "name_en", "picture_id")
WRITTEN = ("name", "name_en", "picture", "price", "sells")


class GoodsProposals:
    """The proposals of these products, approved ones, as they are and as they shall be."""

    def __init__(self, products: Collection[int], *, by):
        self.by, self.now = by, timezone.now()
        self.changes = {change.product_id: change for change in ProductChange.objects.filter(product__in=products)}
        rows = VariantChange.objects.filter(variant__product__in=products)
        self.waiting: dict[int, VariantChange] = {row.variant_id: row for row in rows}
        self.fresh: list[ProductChange] = []
        self.written: dict[int, VariantChange] = {}
        self.gone: list[int] = []
        self.wanted: dict[int, Product] = {}

    def want(self, variant: Variant, product: Product, *, sells: bool | None = None, **values: Any) -> None:
        """What the variant shall say, beside what was proposed before. ``price`` None: no other than now."""
        there = self.waiting.get(variant.pk)
        said = {name: values.get(name, getattr(there or variant, name)) for name in TEXTS}
        price = values.get("price", there.price if there else None)
        sold = (there.sells if there else False) if sells is None else sells
        same = price is None and all(getattr(variant, name) == said[name] for name in TEXTS)
        if same and variant.is_approved and not sold:
            self._forget(variant, product)
            return
        row = there or VariantChange(variant=variant, change=self._change_of(product))
        for name, value in {**said, "price": price, "sells": sold}.items():
            setattr(row, name, value)
        self.waiting[variant.pk] = self.written[variant.pk] = row
        self.wanted[product.pk] = product

    def steps_of(self, product: Product) -> list[WaitingStep]:
        """Its prices for many pieces that wait already."""
        change = self.changes.get(product.pk)
        return steps_in(change.offers) if change else []

    def offer(self, product: Product, offers: Mapping[str, Any]) -> None:
        """Let these wait beside what waits already (``waiting_offers.py``); what is None waits no more."""
        if product.pk not in self.changes and all(value is None for value in offers.values()):
            return
        change = self._change_of(product)
        kept = {key: value for key, value in {**change.offers, **offers}.items() if value is not None}
        if kept != change.offers:
            change.offers = kept
            self.wanted[product.pk] = product

    def take_off(self, variant: Variant) -> None:
        """An approval must not put it on sale any more."""
        row = self.waiting.get(variant.pk)
        if row is not None and row.sells:
            row.sells = False
            self.written[variant.pk] = row

    def says(self, variant: Variant) -> Variant | VariantChange:
        """What its exhibitor wants it to say so far."""
        return self.waiting.get(variant.pk) or variant

    def is_proposed(self, product: Product) -> bool:
        """After ``save``: something about it waits."""
        return product.pk in self.changes

    def save(self) -> None:
        ProductChange.objects.bulk_create(self.fresh, batch_size=BATCH)
        log_many([(change.product, change.product.state, CHANGE_PROPOSED) for change in self.fresh], by=self.by)
        VariantChange.objects.filter(pk__in=self.gone).delete()
        rows = list(self.written.values())
        for row in rows:
            row.change_id = row.change.pk if row.pk is None else row.change_id
        VariantChange.objects.bulk_create([row for row in rows if row.pk is None], batch_size=BATCH)
        VariantChange.objects.bulk_update([row for row in rows if row.pk], WRITTEN, batch_size=BATCH)
        changes = [self.changes[pk] for pk in self.wanted if pk in self.changes]
        for change in changes:
            change.product = self.wanted[change.product_id]
        self._settle(changes)

    def _change_of(self, product: Product) -> ProductChange:
        if product.pk not in self.changes:
            change = fresh_proposal(product, by=self.by, now=self.now)
            self.fresh.append(change)
            self.changes[product.pk] = change
        return self.changes[product.pk]

    def _forget(self, variant: Variant, product: Product) -> None:
        there = self.waiting.pop(variant.pk, None)
        self.written.pop(variant.pk, None)
        if there is not None and there.pk:
            self.gone.append(there.pk)
        if product.pk in self.changes:
            self.wanted[product.pk] = product

    def _settle(self, changes: list[ProductChange]) -> None:
        """Proposals that would change nothing any more are dropped; the others wait for the curators again."""
        counts = VariantChange.objects.filter(change__in=changes).values_list("change").annotate(n=Count("pk"))
        with_variants = dict(counts.order_by())
        photos = photos_of([change.product_id for change in changes])
        empty = [
            change
            for change in changes
            if change.pk not in with_variants
            and says_nothing(change, change.product, photos.get(change.product_id, []))
        ]
        drop_empty(empty, by=self.by)
        for change in empty:
            del self.changes[change.product_id]
        kept = [change for change in changes if change not in empty]
        for change in kept:
            touched(change, by=self.by)
        written = ["state", "proposed_at", "proposed_by", "offers"]
        ProductChange.objects.bulk_update(kept, written, batch_size=BATCH)
