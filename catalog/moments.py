"""The moments of an edition as a visitor reads them, and how long is left until the next."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from expo.models import Edition, Phase

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    label: str
    at: dt.datetime
    is_next: bool
    left: str


def moments_of(edition: Edition, now: dt.datetime) -> list[Moment]:
    """The edition's moments in order; the next one says how long it is away."""
    dates = [
        (_("Penjualan dibuka"), edition.sales_open),
        (_("Pembukaan"), edition.opens_at),
        (_("Penutupan"), edition.closes_at),
        (_("Mal ditutup"), edition.mall_closes_at),
    ]
    coming = next((at for _label, at in dates if at and at > now), None)
    return [
        Moment(label, at, is_next=at == coming, left=time_left(at - now) if at == coming else "")
        for label, at in dates
        if at is not None
    ]


def time_left(span: dt.timedelta) -> str:
    """ "3 hari lagi", "5 jam lagi": the largest unit, cut, so that nothing seems further away than it is."""
    if span >= DAY:
        count = span // DAY
        return ngettext("%(count)d hari lagi", "%(count)d hari lagi", count) % {"count": count}
    if span >= HOUR:
        count = span // HOUR
        return ngettext("%(count)d jam lagi", "%(count)d jam lagi", count) % {"count": count}
    count = max(1, span // MINUTE)
    return ngettext("%(count)d menit lagi", "%(count)d menit lagi", count) % {"count": count}


def status_of(edition: Edition, now: dt.datetime) -> tuple[str, str]:
    """What goes on there at ``now``, and the badge's kind."""
    phase = edition.phase_at(now)
    if phase == Phase.DURING:
        return _("Sedang berlangsung"), "success"
    if phase == Phase.BEFORE:
        return _("Penjualan sudah dibuka"), "highlight"
    if phase == Phase.MALL:
        return _("Mal tetap buka"), "action"
    return (_("Segera dibuka"), "highlight") if now < edition.sales_open else (_("Sudah berakhir"), "")


def precedence(opens_at, closes_at, sales_open, mall_closes_at, now: dt.datetime) -> tuple[int, dt.datetime]:
    """The edition to lead with has the highest: running over selling over others, then the newest."""
    running = opens_at <= now < closes_at
    selling = sales_open <= now and (mall_closes_at is None or now < mall_closes_at)
    return (2 if running else 1 if selling else 0, opens_at)


def precedence_of(edition: Edition, now: dt.datetime) -> tuple[int, dt.datetime]:
    return precedence(edition.opens_at, edition.closes_at, edition.sales_open, edition.mall_closes_at, now)
