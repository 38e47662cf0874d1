"""What unanswered inquiries ask of exhibitors and staff."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibitors.dashboard import Figure, Todo
from expo.formats import number
from inquiries.models import Inquiry, InquiryState
from inquiries.queries import unanswered


def inquiry_todos(exhibitor) -> list[Todo]:
    count = unanswered(exhibitor)
    if not count:
        return []
    title = ngettext("Jawab %(n)s permintaan", "Jawab %(n)s permintaan", count) % {"n": number(count)}
    return [Todo(title, reverse("inquiries:inbox") + "?status=open", order=40)]


def inquiry_figure(exhibitor) -> Figure:
    return Figure(_("Permintaan belum dijawab"), number(unanswered(exhibitor)), url=reverse("inquiries:inbox"))


def open_inquiries():
    """The queue of staff: real inquiries that wait, and the oldest."""
    waiting = Inquiry.objects.filter(state=InquiryState.OPEN, imported=False)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("sent_at"))
    return found["count"], found["oldest"]
