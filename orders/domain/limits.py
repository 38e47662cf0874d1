"""How much one buyer may hold without paying, so that nobody empties the stands' stock for a day."""

from functools import cache

from django.db.models import Q
from django.utils.translation import gettext as _

from expo.prepared import Prepared, text_slot
from orders.domain.errors import OrderError
from orders.models import Order
from orders.states import OrderState, PaymentState

MOST_BY_PHONE = 5
MOST_BY_ADDRESS = 8  # a family, a boarding house: more than one telephone
"""Purchases (of any number of booths) that are neither paid nor said to be paid."""


@cache
def _unpaid_query() -> Prepared:
    phone, address = text_slot("phone"), text_slot("address")
    same = Q(buyer_phone=phone) | (Q(address_key=address) & ~Q(address_key=""))
    unpaid = Order.objects.filter(same, state=OrderState.PLACED).exclude(
        payments__is_current=True, payments__state=PaymentState.PROOF_SUBMITTED
    )
    rows = unpaid.order_by().values_list("checkout_id", "buyer_phone", "address_key")
    return Prepared(rows, phone=phone, address=address)


def require_few_open(phone: str, address_key: str) -> None:
    """OrderError when this telephone or this address has too many unpaid purchases already."""
    rows = _unpaid_query().rows(phone=phone, address=address_key)
    by_phone = {checkout for checkout, its_phone, _address in rows if its_phone == phone}
    by_address = {checkout for checkout, _phone, its_address in rows if address_key and its_address == address_key}
    if len(by_phone) >= MOST_BY_PHONE:
        raise OrderError(
            _("Nomor ini sudah punya %(n)s pembelian yang belum dibayar. Bayar atau batalkan salah satunya dahulu.")
            % {"n": len(by_phone)}
        )
    if len(by_address) >= MOST_BY_ADDRESS:
        raise OrderError(
            _("Alamat ini sudah punya %(n)s pembelian yang belum dibayar. Bayar atau batalkan salah satunya dahulu.")
            % {"n": len(by_address)}
        )
