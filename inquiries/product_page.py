"""What inquiries add to the page of a product."""

import datetime as dt

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.product_sections import Fact, Section
from expo.formats import number
from inquiries.public import QuestionPage, first_questions
from inquiries.replies import reply_time

HOUR, DAY = 3600, 86400
KEPT = 60  # seconds


def reply_fact(page, now: dt.datetime) -> Fact | None:
    """How soon the booth answers questions."""
    found = reply_time(page.product.exhibitor_id)
    return None if found is None else Fact(_("Membalas pertanyaan"), reply_text(found))


def questions_section(page, now: dt.datetime) -> Section | None:
    """The newest questions with their answers, and where to ask. A query a minute, where there are any."""
    product = page.product
    if not product.question_count and page.placement is None:
        return None
    found = kept_questions(product) if product.question_count else None
    every = reverse("inquiries:questions", args=[product.slug])
    return Section(
        name="tanya-jawab",
        title=_("Tanya jawab"),
        template="inquiries/questions/section.html",
        context={
            "questions": found.questions if found else [],
            "more": f"{every}?sesudah={found.after}" if found and found.after else "",
            "ask": reverse("inquiries:product", args=[product.slug]) if page.placement else "",
        },
        count=product.question_count,
    )


def kept_questions(product) -> QuestionPage:
    """At most a minute old, and new at once when one is shown or hidden: the page has six queries in all."""
    key = f"questions:{product.pk}:{product.question_count}"
    found: QuestionPage | None = cache.get(key)
    if found is None:
        found = first_questions(product.pk)
        cache.set(key, found, KEPT)
    return found


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
