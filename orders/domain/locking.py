"""Taking hold of an order before changing it: every verb starts here, so that they happen one after the other.

Whoever needs several locks takes them in this order, so that two verbs never wait for each other in a circle:

1. the cart (checkout), the exhibitor (changes of its ways to be paid, sign-off of its cash, uploads of statements);
2. orders, several of them in id order;
3. what hangs on them: charges of the gateway, rows of bank statements;
4. products, in id order, then vouchers;
5. accounts and merchant numbers (advisory locks of their unique codes);
6. the journal, last of all: its shared lock is held to the end, and a seal waits for everyone who holds it.

A verb that starts from something later in this list (a row that is matched, a notification of the gateway) reads
without locks which orders it concerns, takes them, then the thing itself, and looks again whether all is as it was.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from orders.domain.errors import OrderError
from orders.models import Order, Payment


def lock_order(order: Order) -> Order:
    """The order as it is now, locked to the end of the transaction. The row is the lock of its payment as well."""
    return (
        Order.objects.select_for_update(of=("self",))
        .select_related("exhibitor__regency", "edition", "booth__edition", "destination__parent")
        .get(pk=order.pk)
    )


def payment_if_any(order: Order) -> Payment | None:
    """``payment_of``; None while the order's shipping fee is not agreed, for then nothing is to be paid yet."""
    return None if order.was_never_due else payment_of(order)


def lock_orders(pks: Iterable[int]) -> None:
    """Lock several orders to the end of the transaction, in id order. Read afterwards what is to be changed."""
    list(Order.objects.select_for_update().filter(pk__in=set(pks)).order_by("pk").values_list("pk", flat=True))


def payment_of(order: Order) -> Payment:
    """The payment of a locked order that is due now, or was the last. OrderError while there is nothing to pay yet."""
    payment = Payment.objects.filter(order=order, is_current=True).first()
    if payment is None:
        raise OrderError(_("Ongkos kirim pesanan ini belum disepakati, maka belum ada yang perlu dibayar."))
    payment.order = order
    return payment
