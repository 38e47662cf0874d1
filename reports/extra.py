"""Cut-offs that staff set beside the schedule: the recap of 13.00 on the closing day, read out at 14.00."""

import datetime as dt
from collections import defaultdict

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.models import Edition
from reports.consistent import lock_chain
from reports.errors import RecapError
from reports.models import ExtraCutoff, Recap
from reports.problems import forget_sealed

# What lies further back is no recap to come, but a mistyped year.
LATEST_BACK = dt.timedelta(days=7)


def add_cutoff(edition: Edition, moment: dt.datetime, *, reason: str, by) -> ExtraCutoff:
    """Have a recap issued and mailed at ``moment``, or at once where it has passed."""
    moment = moment.replace(second=0, microsecond=0)
    if not reason.strip():
        raise RecapError(_("Tulis untuk apa rekap ini."))
    if moment <= edition.sales_open:
        raise RecapError(_("Penjualan pameran ini belum dibuka pada saat itu."))
    if moment < timezone.now() - LATEST_BACK:
        raise RecapError(_("Saat itu sudah lebih dari tujuh hari lewat; segel rekapnya dengan tangan."))
    if is_sealed(edition, moment):
        raise RecapError(_("Rekap dengan batas waktu ini sudah terbit."))
    try:
        with transaction.atomic():
            return ExtraCutoff.objects.create(edition=edition, moment=moment, reason=reason.strip()[:250], added_by=by)
    except IntegrityError as error:
        raise RecapError(_("Batas waktu ini sudah ada.")) from error


@transaction.atomic
def cancel_cutoff(extra: ExtraCutoff, *, by) -> ExtraCutoff:
    """Take a cut-off back whose recap is not issued yet. The row stays. Waits for a seal that is under way."""
    lock_chain()
    extra = ExtraCutoff.objects.select_for_update().get(pk=extra.pk)
    if extra.cancelled_at:
        raise RecapError(_("Batas waktu ini sudah dibatalkan."))
    if is_sealed(extra.edition, extra.moment):
        raise RecapError(_("Rekapnya sudah terbit; tarik rekap itu bila keliru."))
    extra.cancelled_at, extra.cancelled_by = timezone.now(), by
    extra.save(update_fields=["cancelled_at", "cancelled_by"])
    forget_sealed(extra.edition, extra.moment)
    return extra


def is_set(edition: Edition, moment: dt.datetime) -> bool:
    return ExtraCutoff.objects.filter(edition=edition, moment=moment, cancelled_at=None).exists()


def waiting_cutoffs(now: dt.datetime) -> dict[int, list[dt.datetime]]:
    """By edition, the extra cut-offs that have passed by ``now``, issued or not."""
    found = defaultdict(list)
    passed = ExtraCutoff.objects.filter(moment__lte=now, cancelled_at=None).order_by("moment")
    for edition, moment in passed.values_list("edition_id", "moment"):
        found[edition].append(moment)
    return found


def is_sealed(edition: Edition, moment: dt.datetime) -> bool:
    return Recap.objects.filter(scope=edition.slug, occurred_cutoff=moment).exists()
