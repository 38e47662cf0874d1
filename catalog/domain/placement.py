"""Which products stand in which booths.

An approved product of an approved exhibitor stands in each of its booths in editions that still sell or
will: from now on, or from the moment an edition's sales open. Leaving a booth closes the placement; the row stays,
since sales are credited through it.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalog.models import Placement, Product
from exhibitors.models import Booth, Exhibitor
from exhibitors.states import CurationState


def place_product(product: Product, *, at: dt.datetime | None = None) -> None:
    """Put an approved product into its exhibitor's booths; where it stands already, nothing changes."""
    _place([product.pk], open_booths(product.exhibitor_id, at or timezone.now()), at or timezone.now())


def place_all(exhibitor: Exhibitor, *, booth: Booth | None = None, at: dt.datetime | None = None) -> None:
    """Put all approved products of an exhibitor into its booths, or into one of them."""
    at = at or timezone.now()
    products = Product.objects.filter(exhibitor=exhibitor, state=CurationState.APPROVED).values_list("pk", flat=True)
    booths = open_booths(exhibitor.pk, at)
    _place(list(products), booths.filter(pk=booth.pk) if booth else booths, at)


def withdraw_product(product: Product, *, at: dt.datetime | None = None) -> None:
    _withdraw(Placement.objects.filter(product=product), at or timezone.now())


def withdraw_all(exhibitor: Exhibitor, *, at: dt.datetime | None = None) -> None:
    _withdraw(Placement.objects.filter(product__exhibitor=exhibitor), at or timezone.now())


def open_booths(exhibitor_id: int, at: dt.datetime):
    """Booths of an approved exhibitor in editions that have not ended at ``at``."""
    return Booth.objects.filter(
        Q(edition__mall_closes_at__isnull=True) | Q(edition__mall_closes_at__gt=at),
        exhibitor=exhibitor_id,
        exhibitor__state=CurationState.APPROVED,
        is_open=True,
    ).select_related("edition")


@transaction.atomic
def _place(product_ids: list[int], booths, at: dt.datetime) -> None:
    for booth in booths:
        shown_from = max(at, booth.edition.sales_open)
        Placement.objects.filter(booth=booth, product__in=product_ids, shown_until__isnull=False).update(
            shown_until=None
        )
        Placement.objects.bulk_create(
            [Placement(booth=booth, product_id=pk, shown_from=shown_from) for pk in product_ids],
            ignore_conflicts=True,
            batch_size=500,
        )


def _withdraw(placements, at: dt.datetime) -> None:
    placements.filter(shown_until__isnull=True).update(shown_until=at)
