"""Stand sales as a device makes them. Plain functions, valid defaults."""

import datetime as dt
import uuid

from django.utils import timezone

from orders.cashdesk.content import NewSale, SoldLine
from orders.cashdesk.sales import record_sale
from orders.cashdesk.signing import sheet_of, sign_day
from orders.models import StandSale


def piece(product, quantity=1, *, price=None, variant=None) -> SoldLine:
    return SoldLine(
        product=product.pk,
        variant=variant.pk if variant else None,
        quantity=quantity,
        unit_price=product.price if price is None else price,
    )


def new_sale(*lines, way="cash", given=None, sold_at=None, sent_at=None, key=None) -> NewSale:
    sold_at = sold_at or timezone.now()
    return NewSale(
        key=key or uuid.uuid4(), way=way, lines=lines, given=given, sold_at=sold_at, sent_at=sent_at or sold_at
    )


def sell(exhibitor, *lines, by, now=None, **fields) -> StandSale:
    """Sold at ``now`` by a clock that is right, and sent at once."""
    now = now or timezone.now()
    return record_sale(exhibitor, new_sale(*lines, **{"sold_at": now, **fields}), by=by, now=now).sale


def sign(exhibitor, day: dt.date, *, by, **fields):
    """Sign the day off with a drawer that holds what it should."""
    sheet = sheet_of(exhibitor, day)
    return sign_day(exhibitor, day, **{"seen": sheet.stamp, "counted": sheet.expected, "by": by, **fields})


def message(sale: NewSale, owner: str) -> dict:
    """What the device posts for it."""
    lines = [
        {
            "product": line.product,
            "variant": line.variant,
            "name": line.name,
            "category": line.category,
            "unit_price": line.unit_price,
            "quantity": line.quantity,
        }
        for line in sale.lines
    ]
    return {
        "key": str(sale.key),
        "owner": owner,
        "way": sale.way,
        "given": sale.given,
        "sold_at": sale.sold_at.isoformat(),
        "sent_at": sale.sent_at.isoformat(),
        "lines": lines,
    }
