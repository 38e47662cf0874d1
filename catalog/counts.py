"""Named counts that recaps ask of the catalogue when they are sealed."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q

from catalog.models import Placement
from exhibitors.states import CurationState


def products_on_show(edition_ids: Sequence[int], cutoff: dt.datetime) -> int:
    """Distinct approved products that stood in a booth of these editions when the cut-off came."""
    shown = Placement.objects.filter(
        Q(shown_until__isnull=True) | Q(shown_until__gte=cutoff),
        booth__edition_id__in=edition_ids,
        product__state=CurationState.APPROVED,
        shown_from__lt=cutoff,
    )
    return shown.values("product_id").distinct().count()
