"""What the app of the cash desk asks for: goods, the QRIS code, and a place to send each sale to."""

import base64
import json

from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exhibitors.permissions import exhibitor_required
from expo.errors import DomainError
from orders.cashdesk.content import read_sale
from orders.cashdesk.discards import discard_sale, read_discarded
from orders.cashdesk.errors import DifferentSaleError
from orders.cashdesk.goods import categories, goods_of
from orders.cashdesk.place import booth_at, refusal_to_sell
from orders.cashdesk.sales import record_sale
from orders.domain.methods import Ways, ways_of
from orders.models import StandSale
from orders.paying import qr_picture
from orders.qris import QrisError, read_qris, with_amount
from orders.views.desk import no_booth, owner_of


@require_safe
@exhibitor_required
def data(request):
    """Everything that selling needs while the network is gone, and the token for sending. Never kept by a cache."""
    now = timezone.now()
    exhibitor = request.exhibitor
    booth = booth_at(exhibitor, now)
    ways = ways_of([exhibitor.pk], now)[exhibitor.pk]
    return answer(
        {
            "owner": owner_of(request),
            "csrf": get_token(request),
            "exhibitor": exhibitor.name,
            "booth": {"number": booth.number, "edition": booth.edition.display_name} if booth else None,
            "refusal": refusal_to_sell(exhibitor) or ("" if booth else no_booth()),
            "goods": [good.as_json() for good in goods_of(exhibitor, booth, now)],
            "categories": [
                {"slug": category.slug, "name": category.display_name} for category in categories(exhibitor)
            ],
            "qris": shown_qris(ways),
            "bank": [exhibitor.bank_name, exhibitor.bank_account_number, exhibitor.bank_account_holder]
            if exhibitor.takes_transfers
            else None,
        }
    )


def shown_qris(ways: Ways) -> dict | None:
    """The exhibitor's code as a picture that needs no network; the amount is typed by the buyer's app then."""
    if ways.qris is None:
        return None
    picture = base64.b64encode(qr_picture(ways.qris.text, "svg")).decode()
    return {
        "merchant": ways.qris.merchant_name,
        "picture": f"data:image/svg+xml;base64,{picture}",
        "embeds": ways.settings.embeds_amount,
    }


@require_safe
@exhibitor_required
def qris(request):
    """The code with the amount inside (``jumlah``), where the exhibitor has switched that on."""
    ways = ways_of([request.exhibitor.pk], timezone.now())[request.exhibitor.pk]
    text = request.GET.get("jumlah", "")
    if ways.qris is None or not ways.settings.embeds_amount or not (text.isdecimal() and len(text) <= 8):
        raise Http404
    try:
        code = with_amount(read_qris(ways.qris.text), int(text))
    except QrisError as error:
        raise Http404 from error
    response = HttpResponse(qr_picture(code.text, "svg"), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@exhibitor_required
def delivery(request):
    """One sale of a device. 200 when it is recorded, now or before; 409 for another's queue or another content under
    its key; 422 with a reason when it can't be recorded. Whatever else happens, the device keeps it and tries again.
    """
    message, refusal = read_message(request)
    if refusal:
        return refusal
    try:
        found = record_sale(request.exhibitor, read_sale(message), by=request.user)
    except DifferentSaleError as error:
        return answer({"state": "refused", "reason": str(error)}, status=409)
    except DomainError as error:
        return answer({"state": "refused", "reason": str(error)}, status=422)
    return answer({"state": "recorded", "again": not found.is_new, **told(found.sale)})


@require_POST
@exhibitor_required
def discard(request):
    """A sale that its seller threw away, with the reason. 200 when that is kept, or when it is a recorded sale."""
    message, refusal = read_message(request)
    if refusal:
        return refusal
    try:
        found = discard_sale(request.exhibitor, read_discarded(message), by=request.user)
    except DomainError as error:
        return answer({"state": "refused", "reason": str(error)}, status=422)
    if isinstance(found, StandSale):
        return answer({"state": "recorded", "again": True, **told(found)})
    return answer({"state": "discarded", "number": found.number})


def read_message(request) -> tuple[dict, JsonResponse | None]:
    """What a device says, or the answer to what is unreadable or another's."""
    try:
        message = json.loads(request.body)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        return {}, answer({"state": "refused", "reason": _("Data penjualan tidak terbaca.")}, status=422)
    if message.get("owner") != owner_of(request):
        return {}, answer({"state": "owner", "owner": owner_of(request)}, status=409)
    return message, None


def told(sale: StandSale) -> dict:
    """What the device shows of a recorded sale; ``short`` are the pieces that the stock did not have."""
    return {
        "number": sale.number,
        "url": sale.get_absolute_url(),
        "short": [{"name": line.label, "pieces": line.short} for line in sale.lines.all() if line.short],
    }


def answer(content: dict, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "private, no-store"})
