"""Throwing away a sale that can't be recorded: never unseen, with a reason, told at the sign-off of its day."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.models import Exhibitor
from expo.formats import WIB
from orders.cashdesk.clock import moment_of
from orders.cashdesk.content import MOST_RUPIAH, read_key, read_moment, read_number, read_text
from orders.cashdesk.errors import DeskError
from orders.cashdesk.locking import lock_key
from orders.models import StandDiscard, StandSale, Way

LONGEST = 250
LONGEST_CONTENT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarded:
    """What a device throws away, as far as it can be read: what made it fail may be its content."""

    key: uuid.UUID
    reason: str
    amount: int
    sold_at: dt.datetime
    sent_at: dt.datetime
    way: str = ""
    what: str = ""
    refusal: str = ""
    replaced_by: uuid.UUID | None = None


def read_discarded(data: dict[str, Any]) -> Discarded:
    """Raises DeskError for what nobody could look up later: no key, no amount, no reason."""
    reason = read_text(data.get("reason"), LONGEST)
    if not reason:
        raise DeskError(_("Tulis alasannya: tercatat dan tampil saat tutup kas."))
    way = data.get("way")
    return Discarded(
        key=read_key(data.get("key")),
        reason=reason,
        amount=read_number(data.get("amount"), most=MOST_RUPIAH * 100),
        sold_at=read_moment(data.get("sold_at")),
        sent_at=read_moment(data.get("sent_at")),
        way=way if isinstance(way, str) and way in Way.values else "",
        what=read_text(data.get("what", ""), LONGEST_CONTENT),
        refusal=read_text(data.get("refusal") or "", LONGEST),
        replaced_by=None if data.get("replaced_by") is None else read_key(data["replaced_by"]),
    )


@transaction.atomic
def discard_sale(
    exhibitor: Exhibitor, gone: Discarded, *, by, now: dt.datetime | None = None
) -> StandDiscard | StandSale:
    """Keep that it was thrown away, once for each key. The sale, if it had been recorded after all: it stays."""
    now = now or timezone.now()
    lock_key(exhibitor, gone.key)
    if sale := StandSale.objects.filter(exhibitor=exhibitor, key=gone.key).first():
        return sale
    sold_at = moment_of(gone.sold_at, gone.sent_at, now).occurred_at
    said = {name: getattr(gone, name) for name in ("way", "amount", "what", "refusal", "reason", "replaced_by")}
    found, _is_new = StandDiscard.objects.get_or_create(
        exhibitor=exhibitor,
        key=gone.key,
        defaults={
            **said,
            "sold_at": sold_at,
            "day": sold_at.astimezone(WIB).date(),
            "discarded_at": now,
            "discarded_by": by,
        },
    )
    return found


def refuse_discarded(exhibitor: Exhibitor, key: uuid.UUID) -> None:
    """Raises DeskError for a sale that was thrown away: another tab may still hold it."""
    if StandDiscard.objects.filter(exhibitor=exhibitor, key=key).exists():
        raise DeskError(_("Penjualan ini sudah dibuang. Catat sebagai penjualan baru bila ternyata benar."))
