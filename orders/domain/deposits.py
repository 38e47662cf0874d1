"""Down payments for what is made to order: how much is asked at once, and how much when the goods are finished."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _

from catalog.models import Product
from orders.models import DepositRule, DepositTerms


class Priced(Protocol):
    """A line of a cart or of an order. ``amount`` is what the buyer pays for its goods, in rupiah."""

    @property
    def product(self) -> Product: ...

    @property
    def amount(self) -> int: ...


class Discounted(NamedTuple):
    """A line with what a voucher leaves of its price."""

    product: Product
    amount: int


def deposit_after(lines: Sequence[Priced], discount: int) -> int:
    """The deposit of these lines when a voucher takes ``discount`` off them."""
    parts = prorate(discount, [line.amount for line in lines])
    return deposit_due(Discounted(line.product, line.amount - part) for line, part in zip(lines, parts, strict=True))


def deposit_due(lines: Iterable[Priced]) -> int:
    """The part of the goods' price (rupiah) that is paid at once; 0 when all of it is, as without any deposit.

    Goods made to order with a deposit ask for their percentage, rounded up to a rupiah; whatever else is in the
    order is paid in full. Shipping belongs to the balance, as the parcel is sent after it.
    """
    lines = list(lines)
    due = sum(deposit_share(line) for line in lines)
    return due if due < sum(line.amount for line in lines) else 0


def deposit_share(line: Priced) -> int:
    """What is paid at once for one line, in rupiah."""
    percent = line.product.deposit_percent if line.product.made_to_order else 0
    return -(-line.amount * percent // 100) if percent else line.amount


def deposit_rules(exhibitor_ids: Iterable[int]) -> dict[int, str]:
    """What becomes of a deposit if the buyer cancels, by exhibitor; no query without exhibitors."""
    rules: dict[int, str] = dict.fromkeys(exhibitor_ids, DepositRule.RETURNED)
    if rules:
        rules |= dict(DepositTerms.objects.filter(exhibitor__in=rules).values_list("exhibitor_id", "rule"))
    return rules


def rule_sentence(rule: str) -> str:
    """What becomes of the deposit if the buyer cancels, for the buyer; "" without a rule."""
    if not rule:
        return ""
    if rule == DepositRule.FORFEITED:
        return _("Bila Anda membatalkan, uang muka tidak dikembalikan.")
    return _("Bila Anda membatalkan sebelum barang dikirim, uang muka dikembalikan.")


def prorate(amount: int, weights: Sequence[int]) -> list[int]:
    """Split ``amount`` over ``weights``: the parts sum to it exactly, and none is larger than its weight.

    ``amount`` is at most the sum of the weights. What rounding leaves goes to the largest remainders, the first of
    equals.
    """
    whole = sum(weights)
    if not 0 <= amount <= whole:
        raise ValueError(f"{amount} does not fit into {whole}")
    if not whole:
        return [0 for _weight in weights]
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(amount * weights[place] % whole), place))
    for place in by_remainder[: amount - sum(parts)]:
        parts[place] += 1
    return parts
