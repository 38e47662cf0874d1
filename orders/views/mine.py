"""Orders of somebody with an account: those placed with an e-mail address that they have verified."""

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import signed_in_required
from expo.private import secret_link
from orders.models import Order
from orders.views.pages import newest_first

PER_PAGE = 20


def verified_addresses(user) -> list[str]:
    """Only these: whoever types another's address at sign-up has not proved that it is theirs."""
    found = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({address.lower() for address in found})


def orders_of(user) -> QuerySet[Order]:
    """Orders placed with an address that this person has verified, whoever placed them."""
    orders = Order.objects.alias(lower_email=Lower("buyer_email"))
    return orders.filter(lower_email__in=verified_addresses(user)).exclude(buyer_email="")


@signed_in_required
@require_safe
@secret_link
def index(request):
    orders = orders_of(request.user).select_related("exhibitor", "booth__edition").prefetch_related("payments", "lines")
    listed = newest_first(orders, request.GET.get("sebelum", ""), PER_PAGE)
    context = {
        "listed": listed,
        "addresses": verified_addresses(request.user),
        "is_exhibitor": request.user.memberships.exists(),
    }
    return render(request, "orders/mine.html", context)
