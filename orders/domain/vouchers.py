"""Vouchers: what one takes off an order, taken under the voucher's lock, and given back when the order ends."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.formats import rupiah
from orders.domain.deposits import prorate
from orders.domain.errors import OrderError
from orders.models import Benefit, Order, OrderLine, Voucher, VoucherUse


@dataclass(frozen=True, slots=True)
class Taken:
    """What a voucher takes off, in rupiah: of the goods or of the shipping, never of both."""

    voucher: Voucher
    goods: int = 0
    shipping: int = 0

    @property
    def amount(self) -> int:
        return self.goods + self.shipping


class VoucherError(OrderError):
    """This voucher takes nothing off this order; says why."""


def clean_code(text: str) -> str:
    """A code as it is stored: capitals, without blanks."""
    return "".join(text.split()).upper()[:24]


def find_vouchers(codes: Iterable[str], *, lock: bool = False) -> dict[str, Voucher]:
    """Vouchers by code; locked to the end of the transaction in id order if they are to be taken."""
    wanted = {clean_code(code) for code in codes} - {""}
    if not wanted:
        return {}
    rows = Voucher.objects.filter(code__in=wanted).order_by("pk")
    return {voucher.code: voucher for voucher in (rows.select_for_update() if lock else rows)}


def used_by(vouchers: Iterable[Voucher], phone: str) -> dict[int, int]:
    """How often this buyer's open and paid orders have taken each of these vouchers."""
    if not phone:
        return {}
    counted = VoucherUse.objects.filter(voucher__in=list(vouchers), buyer_phone=phone, returned_at=None)
    return dict(counted.values_list("voucher").annotate(uses=Count("pk")))


def take_off(
    voucher: Voucher, *, exhibitor_id: int, edition_id: int, goods: int, fee: int | None, used: int, now: dt.datetime
) -> Taken:
    """What ``voucher`` takes off an order of ``goods`` rupiah and a shipping ``fee`` (None: not known yet).

    ``used``: how often its buyer has taken it before. VoucherError when it does not count for this order.
    """
    if problem := refusal(voucher, exhibitor_id, edition_id, goods, used, now):
        raise VoucherError(problem)
    if voucher.benefit == Benefit.SHIPPING:
        if fee is None:
            raise VoucherError(_("Voucher ini memotong ongkos kirim, yang belum diketahui untuk pesanan ini."))
        taken = Taken(voucher, shipping=capped(voucher, fee))
    elif voucher.benefit == Benefit.PERCENT:
        taken = Taken(voucher, goods=capped(voucher, goods * voucher.value // 100))
    else:
        taken = Taken(voucher, goods=capped(voucher, min(voucher.value, goods)))
    if not taken.amount:
        raise VoucherError(_("Tidak ada yang dapat dipotong oleh voucher ini."))
    if voucher.budget_left is not None and taken.amount > voucher.budget_left:
        raise VoucherError(_("Voucher ini sudah habis dipakai."))
    return taken


def capped(voucher: Voucher, amount: int) -> int:
    return amount if voucher.most is None else min(amount, voucher.most)


def refusal(voucher: Voucher, exhibitor_id: int, edition_id: int, goods: int, used: int, now: dt.datetime) -> str:
    """Why this voucher does not count, before asking what it takes off; "" when it does."""
    if not voucher.is_active or now >= voucher.valid_until:
        return _("Voucher ini sudah berakhir.")
    if now < voucher.valid_from:
        return _("Voucher ini belum berlaku.")
    if voucher.exhibitor_id not in (None, exhibitor_id) or voucher.edition_id not in (None, edition_id):
        return _("Voucher ini tidak berlaku di stan ini.")
    if goods < voucher.minimum_spend:
        return _("Voucher ini berlaku mulai belanja %(minimum)s di stan ini.") % {
            "minimum": rupiah(voucher.minimum_spend)
        }
    if voucher.most_uses is not None and voucher.uses >= voucher.most_uses:
        return _("Voucher ini sudah habis dipakai.")
    if voucher.uses_per_buyer is not None and used >= voucher.uses_per_buyer:
        return _("Voucher ini sudah Anda pakai.")
    return ""


def record_use(order: Order, taken: Taken, now: dt.datetime) -> None:
    """Count a locked voucher's use by a new order."""
    VoucherUse.objects.create(
        voucher=taken.voucher, order=order, buyer_phone=order.buyer_phone, amount=taken.amount, at=now
    )
    count(taken.voucher.pk, 1, taken.amount)


def count(voucher_id: int, uses: int, amount: int) -> None:
    Voucher.objects.filter(pk=voucher_id).update(uses=F("uses") + uses, spent=F("spent") + amount)


def lock_voucher(order: Order) -> None:
    """Lock the voucher that a locked order took, for who gives it back after locks that come later."""
    if order.voucher_code:
        taken = VoucherUse.objects.filter(order=order, returned_at=None).values("voucher")
        list(Voucher.objects.select_for_update().filter(pk__in=taken).values_list("pk"))


def return_voucher(order: Order, *, now: dt.datetime | None = None) -> None:
    """Give back what a locked order took with its voucher, once: it expired, was cancelled or refunded in full."""
    if not order.voucher_code:
        return
    use = VoucherUse.objects.filter(order=order, returned_at=None).first()
    if use is None:
        return
    Voucher.objects.select_for_update().get(pk=use.voucher_id)
    use.returned_at = now or timezone.now()
    use.save(update_fields=["returned_at"])
    count(use.voucher_id, -1, -use.amount)


def retake_voucher(order: Order) -> None:
    """Take it again for an order that comes back to life. OrderError when too little of it is left."""
    if not order.voucher_code:
        return
    use = VoucherUse.objects.filter(order=order, returned_at__isnull=False).first()
    if use is None:
        return
    voucher = Voucher.objects.select_for_update().get(pk=use.voucher_id)
    spent = voucher.budget_left is not None and use.amount > voucher.budget_left
    if spent or (voucher.most_uses is not None and voucher.uses >= voucher.most_uses):
        raise OrderError(_("Voucher pesanan ini sudah habis dipakai orang lain. Kembalikan uang pembelinya."))
    use.returned_at = None
    use.save(update_fields=["returned_at"])
    count(voucher.pk, 1, use.amount)


def spread(lines: list[OrderLine], discount: int) -> None:
    """Write the goods' discount onto the (unsaved) lines of an order, in proportion, exact to the rupiah."""
    for line, part in zip(lines, prorate(discount, [line.full_amount for line in lines]), strict=True):
        line.discount = part
