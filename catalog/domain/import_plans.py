"""What the good rows of one product are about to do, and what became of each of them."""

from collections.abc import Collection, Sequence

from catalog.domain.bulk import Wanted
from catalog.domain.bulk_variants import WantedSteps, WantedVariant
from catalog.importing.matching import NEW, SAME, Match, key_of
from catalog.models import ImportRow, Outcome, Product

STRONGEST = (Outcome.PROPOSED, Outcome.ADDED, Outcome.CHANGED, Outcome.SAME)


class Plan:
    """``wanted``: what the product shall say, None when that is nothing new; ``variants``: one for each row that wants
    something of one."""

    def __init__(self, rows: Sequence[ImportRow], matches: Sequence[Match], product: Product | None):
        self.rows, self.matches, self.product = rows, matches, product
        first = matches[0]
        self.is_new = first.known is None
        self.wanted: Wanted | None = None
        key = key_of(rows[0].values)
        if self.is_new or first.changes or first.photos is not None:
            self.wanted = Wanted(first.changes, first.photos, product, key)
        self.variants = [_variant(match) for match in matches]
        self.stepped: dict[int, WantedSteps] = {}  # by variant; 0: of the product itself

    def aim(self) -> None:
        """After the products are there, say which one the variants are of."""
        if self.is_new:
            self.product = self.wanted.product
        for variant in filter(None, self.variants):
            variant.product = self.product

    def steps(self) -> Collection[WantedSteps]:
        """After the variants are there."""
        if self.matches[0].steps is not None:
            self.stepped[0] = WantedSteps(self.product, None, self.matches[0].steps)
        for match, variant in zip(self.matches, self.variants, strict=True):
            if match.variant and match.variant.steps is not None:
                pk = match.variant.known.pk if match.variant.known else variant.made.pk
                self.stepped[pk] = WantedSteps(self.product, pk, match.variant.steps)
        return self.stepped.values()

    def tell(self, *, texts_wait: bool) -> None:
        """Write into the rows what became of them."""
        for number, (row, match, variant) in enumerate(zip(self.rows, self.matches, self.variants, strict=True)):
            row.product_id = self.product.pk
            row.outcome = self._of_product(texts_wait) if number == 0 else Outcome.SAME
            if row.outcome not in (Outcome.CREATED, Outcome.DRAFTED):
                row.outcome = min(row.outcome, self._of_variant(match, variant), key=STRONGEST.index)

    def _of_product(self, texts_wait: bool) -> Outcome:
        if self.is_new:
            return Outcome.CREATED if self.wanted.outcome == "submitted" else Outcome.DRAFTED
        if texts_wait or self._waits(0) or (self.wanted is not None and self.wanted.outcome == "proposed"):
            return Outcome.PROPOSED
        first = self.matches[0]
        is_changed = self.wanted is not None or first.steps is not None or bool(first.texts)
        return Outcome.CHANGED if is_changed else Outcome.SAME

    def _of_variant(self, match: Match, variant: WantedVariant | None) -> Outcome:
        known = match.variant.known if match.variant else None
        if (variant is not None and variant.outcome == "proposed") or (known and self._waits(known.pk)):
            return Outcome.PROPOSED
        if match.variant is None or match.variant.action == SAME:
            return Outcome.SAME
        return Outcome.ADDED if match.variant.action == NEW else Outcome.CHANGED

    def _waits(self, goods: int) -> bool:
        return goods in self.stepped and self.stepped[goods].outcome == "proposed"


def _variant(match: Match) -> WantedVariant | None:
    found = match.variant
    if found is None or (found.action == SAME or not (found.changes or found.sells is not None)):
        return None
    return WantedVariant(found.changes, found.known.pk if found.known else None, found.sells)
