"""What the buyer saw when they pressed the button, and how it differs from what is true now.

The page carries it as text. Nobody gains by forging it: orders are made at today's prices, and only if the text
says exactly those.
"""

import json
from typing import Any

from django.utils.translation import gettext as _

from expo.formats import rupiah
from orders.domain.content import CartContent, ShownLine


def snapshot(content: CartContent) -> dict[str, Any]:
    """Pieces and price of each line that can be bought; fee, account and pick-up of each booth."""
    lines, booths = {}, {}
    for part in content.payable:
        exhibitor = part.booth.exhibitor
        booths[str(part.booth.pk)] = [
            part.shipping_fee,
            exhibitor.bank_name,
            exhibitor.bank_account_number,
            part.allows_pickup,
        ]
        for line in part.available:
            lines[line.key] = figures_of(line)
    return {"lines": lines, "booths": booths}


def figures_of(line: ShownLine) -> list[int]:
    return [line.quantity, line.price.unit]


def encode(content: CartContent) -> str:
    return json.dumps(snapshot(content), separators=(",", ":"), sort_keys=True)


def decode(text: str) -> dict[str, Any]:
    """The snapshot in ``text``; an empty one when it is none, so that the buyer is asked again."""
    try:
        seen = json.loads(text)
        pairs = {key: [int(number) for number in value] for key, value in seen["lines"].items()}
        booths = {
            key: [int(fee), str(bank), str(account), bool(pickup)]
            for key, (fee, bank, account, pickup) in seen["booths"].items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return {"lines": {}, "booths": {}}
    if any(len(pair) != 2 for pair in pairs.values()):
        return {"lines": {}, "booths": {}}
    return {"lines": pairs, "booths": booths}


def changes_since(seen: dict[str, Any], content: CartContent) -> list[str]:
    """One sentence for each thing that is no longer as the buyer saw it; empty when all is as it was."""
    if snapshot(content) == seen:
        return []
    sentences = [*line_changes(seen["lines"], content), *booth_changes(seen["booths"], content)]
    return sentences or [_("Isi keranjang berubah. Periksa kembali sebelum membayar.")]


def line_changes(seen: dict[str, list[int]], content: CartContent):
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


def figures_changed(name: str, before: list[int], after: list[int]):
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


def booth_changes(seen: dict[str, list], content: CartContent):
    for part in content.payable:
        before = seen.get(str(part.booth.pk))
        if before is None:
            continue
        exhibitor = part.booth.exhibitor
        if before[0] != part.shipping_fee:
            yield _("Ongkos kirim %(name)s berubah dari %(before)s menjadi %(after)s.") % {
                "name": exhibitor.name,
                "before": rupiah(before[0]),
                "after": rupiah(part.shipping_fee),
            }
        if before[3] and not part.allows_pickup:
            yield _("Barang dari %(name)s tidak dapat diambil di stan lagi.") % {"name": exhibitor.name}
        if before[1:3] != [exhibitor.bank_name, exhibitor.bank_account_number]:
            yield _("Rekening %(name)s berubah.") % {"name": exhibitor.name}
