"""What inquiries add to the page of a product."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.product_sections import Fact
from expo.formats import number
from inquiries.replies import kept_reply_time

HOUR, DAY = 3600, 86400


def reply_fact(page, now: dt.datetime) -> Fact | None:
    """How soon the booth answers questions."""
    found = kept_reply_time(page.product.exhibitor_id, now)
    return None if found is None else Fact(_("Membalas pertanyaan"), reply_text(found))


def reply_text(time: dt.timedelta) -> str:
    """In words that promise nothing: rounded up to what people reckon in."""
    seconds = int(time.total_seconds())
    if seconds <= HOUR:
        return _("biasanya dalam satu jam")
    if seconds <= DAY:
        hours = -(-seconds // HOUR)
        return ngettext("biasanya dalam %(n)s jam", "biasanya dalam %(n)s jam", hours) % {"n": number(hours)}
    days = -(-seconds // DAY)
    return ngettext("biasanya dalam %(n)s hari", "biasanya dalam %(n)s hari", days) % {"n": number(days)}
