"""The buyer's way to Midtrans, and what Midtrans tells us."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from expo.errors import DomainError
from expo.limits import check_rate
from expo.private import personal, secret_link
from orders.domain.gateway import LONGEST_BODY, hear, open_page
from orders.gateway import GatewayError
from orders.models import GatewayAccount, Order

PAGES_PER_HOUR = 10
HEARD_PER_HOUR = 5000


@require_POST
@secret_link
def page(request, token):
    """Have the payment page made; the order's page then links to it (our policy lets no form lead elsewhere)."""
    order = get_object_or_404(Order, token=token)
    try:
        check_rate("gateway-page", token, PAGES_PER_HOUR, 3600)
        open_page(order)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("orders:tracking", token)


@csrf_exempt
@require_POST
@personal
def notification(request, token):
    """200 once it is kept and acted on; anything unexpected is a 500, after which Midtrans sends it again."""
    if not settings.GATEWAY:
        raise Http404
    account = get_object_or_404(GatewayAccount, token=token)
    try:
        body = request.body
    except RequestDataTooBig:
        body = b"x" * (LONGEST_BODY + 1)
    if len(body) > LONGEST_BODY:
        return JsonResponse({"error": "too large"}, status=413)
    try:
        check_rate("midtrans", token, HEARD_PER_HOUR, 3600)
    except DomainError:
        return JsonResponse({"error": "later"}, status=503)
    try:
        trusted = hear(account, body)
    except GatewayError:  # it is kept; sent again, it is asked about again
        return JsonResponse({"error": "later"}, status=503)
    if not trusted:
        return JsonResponse({"error": "not trusted"}, status=403)
    return JsonResponse({"ok": True})
