"""What the buyer saw when they pressed the button, and how it differs from what is true now.

The page carries it as text. Nobody gains by forging it: orders are made at today's prices, and only if the text
says exactly those.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from expo.formats import rupiah
from orders.domain.content import CartContent, ShownLine
from orders.domain.offers import Offer
from orders.domain.shipping import Choice
from orders.models import Delivery

UNKNOWN, TO_CONFIRM = -1, -2
"""In the place of a fee: the address was not known yet; the exhibitor names it after the order."""

NOTHING: dict[str, Any] = {"lines": {}, "booths": {}}


def snapshot(offers: Sequence[Offer]) -> dict[str, Any]:
    """Pieces and price of each line; fee, service, account, pick-up and discount of each booth."""
    return {
        "lines": {line.key: figures_of(line) for offer in offers for line in offer.part.available},
        "booths": {str(offer.booth.pk): booth_of(offer) for offer in offers},
    }


def figures_of(line: ShownLine) -> list[int]:
    return [line.quantity, line.price.unit]


def booth_of(offer: Offer) -> list:
    """Fee of every way to send it, account, pick-up, and what a voucher takes off."""
    seller = offer.booth.exhibitor
    fees = {choice.value: fee_of(choice) for choice in offer.choices}
    off = offer.discount + offer.shipping_discount
    return [fees, seller.bank_name, seller.bank_account_number, offer.part.allows_pickup, off]


def fee_of(choice: Choice) -> int:
    return UNKNOWN if choice.is_unknown else TO_CONFIRM if choice.fee is None else choice.fee


def encode(offers: Sequence[Offer]) -> str:
    return json.dumps(snapshot(offers), separators=(",", ":"), sort_keys=True)


def decode(text: str) -> dict[str, Any]:
    """The snapshot in ``text``; an empty one when it is none, so that the buyer is asked again."""
    try:
        seen = json.loads(text)
        pairs = {key: [int(number) for number in value] for key, value in seen["lines"].items()}
        booths = {
            key: [{name: int(fee) for name, fee in fees.items()}, str(bank), str(account), bool(pickup), int(off)]
            for key, (fees, bank, account, pickup, off) in seen["booths"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return NOTHING
    return {"lines": pairs, "booths": booths} if all(len(pair) == 2 for pair in pairs.values()) else NOTHING


def changes_since(seen: dict[str, Any], content: CartContent, offers: Sequence[Offer]) -> list[str]:
    """One sentence for each thing that is no longer as the buyer saw it; empty when all is as it was.

    What the buyer chose among the things on the page is no change.
    """
    lines = list(line_changes(seen["lines"], content))
    if not lines and seen["lines"] != snapshot(offers)["lines"]:
        lines = [_("Isi keranjang berubah. Periksa kembali sebelum membayar.")]
    return [*lines, *(sentence for _first, sentence in booth_changes(seen["booths"], offers))]


def is_first_fee(seen: dict[str, Any], content: CartContent, offers: Sequence[Offer]) -> bool:
    """Nothing has changed but that a fee, not known before the address was, is known now."""
    booths = list(booth_changes(seen["booths"], offers))
    return bool(booths) and all(first for first, _sentence in booths) and not any(line_changes(seen["lines"], content))


def line_changes(seen: dict[str, list[int]], content: CartContent) -> Iterator[str]:
    for part in content.parts:
        for line in part.lines:
            name, before = line.name, seen.get(line.key)
            if line.problem:
                if before:
                    yield _("%(name)s tidak dapat dibeli lagi: %(problem)s") % {"name": name, "problem": line.problem}
            elif before is None:
                yield _("%(name)s ditambahkan ke pesanan ini.") % {"name": name}
            else:
                yield from figures_changed(name, before, figures_of(line))
    here = {line.key for part in content.parts for line in part.lines}
    if set(seen) - here:
        yield _("Sebagian barang sudah dikeluarkan dari keranjang.")


def figures_changed(name: str, before: list[int], after: list[int]) -> Iterator[str]:
    if before[1] != after[1]:
        yield _("Harga %(name)s berubah dari %(before)s menjadi %(after)s.") % {
            "name": name,
            "before": rupiah(before[1]),
            "after": rupiah(after[1]),
        }
    if before[0] != after[0]:
        yield _("Jumlah %(name)s berubah dari %(before)s menjadi %(after)s.") % {
            "name": name,
            "before": before[0],
            "after": after[0],
        }


def booth_changes(seen: dict[str, list], offers: Sequence[Offer]) -> Iterator[tuple[bool, str]]:
    """Sentences; each with whether it only tells a fee that was not known before."""
    for offer in offers:
        words = {"name": offer.booth.exhibitor.name}
        before = seen.get(str(offer.booth.pk))
        if before is None:
            continue
        fees, bank, account, pickup, off = before
        if offer.asked == Delivery.PICKUP and not offer.picked_up and pickup:
            yield False, _("Barang dari %(name)s tidak dapat diambil di stan lagi.") % words
        elif not offer.picked_up and offer.choice:
            yield from fee_changes(offer, offer.choice, fees, words)
        if [bank, account] != booth_of(offer)[1:3]:
            yield False, _("Rekening %(name)s berubah.") % words
        if off != booth_of(offer)[4]:
            yield False, voucher_changed(offer, off, words)


def fee_changes(
    offer: Offer, choice: Choice, fees: dict[str, int], words: dict[str, str]
) -> Iterator[tuple[bool, str]]:
    before, after = fees.get(choice.value), fee_of(choice)
    words = words | {"service": choice.name, "before": fee_text(before), "after": fee_text(after)}
    first = before == UNKNOWN or UNKNOWN in fees.values()
    if offer.asked not in ("", Delivery.SHIP, Delivery.PICKUP, choice.value):
        yield first, _("Pengiriman dari %(name)s ke alamat itu: %(service)s, %(after)s.") % words
    elif before is None or before == UNKNOWN != after:
        yield first, _("Ongkos kirim %(name)s: %(after)s.") % words
    elif before != after:
        yield False, _("Ongkos kirim %(name)s berubah dari %(before)s menjadi %(after)s.") % words


def fee_text(fee: int | None) -> str:
    if fee is None or fee == UNKNOWN:
        return _("belum diketahui")
    return _("ditetapkan penjual setelah pesanan") if fee == TO_CONFIRM else rupiah(fee)


def voucher_changed(offer: Offer, before: int, words: dict[str, str]) -> str:
    after = offer.discount + offer.shipping_discount
    words = words | {"before": rupiah(before), "after": rupiah(after), "why": offer.voucher_problem}
    if offer.voucher_problem:
        return _("Voucher untuk %(name)s tidak dapat dipakai: %(why)s") % words
    return _("Potongan voucher untuk %(name)s berubah dari %(before)s menjadi %(after)s.") % words
