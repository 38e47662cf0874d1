"""The picture that counts visits: one pixel, never cached, in every public page, needing no JavaScript."""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis import RedisError

from visits.domain.bots import is_bot, is_prefetch
from visits.domain.counting import PAGES, PAGES_OF_BOOTHS
from visits.domain.house import is_of_the_house
from visits.domain.live import BOT, STAFF, VIEW, count_hit
from visits.domain.places import find_place
from visits.domain.stage import shown_slot

logger = logging.getLogger(__name__)
GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


@require_safe
def pixel(request):
    """``?e=<edition>&h=<kind of page>&b=<booth id>&s=<slot of the lobby's stage>``. Unknown names count nothing and
    are answered with 404."""
    kind, booth = request.GET.get("h", ""), request.GET.get("b", "")
    booth_id = int(booth) if booth.isascii() and booth.isdigit() and len(booth) < 19 else None
    place = find_place(request.GET.get("e", ""), booth_id)
    wrong_booth = (booth and booth_id is None) or (booth_id and kind not in PAGES_OF_BOOTHS)
    if place is None or kind not in PAGES or wrong_booth:
        return gif(404)
    if not is_ours(request):
        return gif(200)
    try:
        browser = request.META.get("HTTP_USER_AGENT", "")
        now = timezone.now()
        slot = shown_slot(request.GET.get("s", ""), now) if kind == "lobby" else None
        count_hit(place, now, who(request), request.META.get("REMOTE_ADDR", ""), browser, booth_id, slot)
    except RedisError:  # a page is worth more than its count
        logger.exception("A visit was not counted")
    return gif(200)


def who(request) -> str:
    if is_bot(request.META.get("HTTP_USER_AGENT", ""), request.method) or is_prefetch(request.META):
        return BOT
    # Only someone who is signed in has a session at all: the store is asked for nobody else.
    if settings.SESSION_COOKIE_NAME in request.COOKIES and is_of_the_house(request.session.get(SESSION_KEY, "")):
        return STAFF
    return VIEW


def is_ours(request) -> bool:
    """Whether a page of ours asks for the picture: another site that shows it must not bring us visitors, nor does
    whoever opens the picture itself. Browsers that say neither are believed."""
    if request.headers.get("Sec-Fetch-Dest", "image") != "image":
        return False
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    referrer = request.headers.get("Referer", "")
    return not referrer or urlsplit(referrer).netloc == request.get_host()


def gif(status: int) -> HttpResponse:
    return HttpResponse(GIF, status=status, content_type="image/gif", headers={"Cache-Control": "no-store"})
