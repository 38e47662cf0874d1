import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from expo.models import OutgoingMail
from inquiries.counts import inquiry_counts
from inquiries.domain.inquiries import answer, hold_inquiry, release_inquiry
from inquiries.models import Inquiry
from tests.factories import make_edition, wib

numbers = iter(range(10_000))


def make_inquiry(exhibitor, **fields):
    number = next(numbers)
    values = {
        "token": f"{number:043}",
        "name": f"Penanya {number}",
        "email": "tanya@contoh.test",
        "message": "Ada stok?",
        "sent_at": timezone.now(),
        "exhibitor": exhibitor,
        **fields,
    }
    return Inquiry.objects.create(**{"edition": values.pop("edition", None) or make_edition(), **values})


def url(inquiry):
    return reverse("inquiries:inbox-inquiry", args=[inquiry.pk])


def test_answer_reaches_the_asker(as_user, helper, client):
    inquiry = make_inquiry(helper.exhibitor, language="en")
    as_user(helper).post(url(inquiry), {"body": "Ada, 20 buah."})
    inquiry.refresh_from_db()
    assert inquiry.state == "answered"
    assert inquiry.answers.get().by == helper
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == (inquiry.email, "en")
    assert "Ada, 20 buah." in mail.body
    assert f"/en/permintaan/{inquiry.token}/" in mail.body
    assert "Ada, 20 buah." in client.get(f"/permintaan/{inquiry.token}/").content.decode()


def test_first_answer_stops_the_clock(owner):
    inquiry = make_inquiry(owner.exhibitor)
    first = answer(inquiry, "Ada.", by=owner)
    answer(inquiry, "Masih ada.", by=owner)
    inquiry.refresh_from_db()
    assert inquiry.answered_at == first.at
    assert OutgoingMail.objects.count() == 2


def test_empty_answer_is_refused(as_user, owner):
    inquiry = make_inquiry(owner.exhibitor)
    response = as_user(owner).post(url(inquiry), {"body": "  "})
    assert response.status_code == 200
    assert response.context["form"].errors["body"]
    assert not inquiry.answers.exists()


def test_a_language_that_the_site_does_not_speak_gets_english(owner):
    answer(make_inquiry(owner.exhibitor, language="ja"), "Hai.", by=owner)
    assert OutgoingMail.objects.get().language == "en"


def test_other_peoples_and_spam_do_not_exist(as_user, owner, outsider):
    inquiry = make_inquiry(owner.exhibitor)
    assert as_user(outsider).get(url(inquiry)).status_code == 404
    assert as_user(outsider).post(url(inquiry), {"body": "Curi."}).status_code == 404
    hold_inquiry(inquiry)
    assert as_user(owner).get(url(inquiry)).status_code == 404
    assert not inquiry.answers.exists()


def test_releasing_tells_the_exhibitor_once(owner):
    inquiry = make_inquiry(owner.exhibitor, state="spam")
    assert release_inquiry(inquiry)
    assert not release_inquiry(inquiry)
    assert OutgoingMail.objects.get().to == owner.email
    answer(inquiry, "Ada.", by=owner)
    assert not hold_inquiry(inquiry)


def test_list_pages_and_filters(as_user, owner, outsider, django_assert_max_num_queries):
    edition = make_edition()
    make_inquiry(outsider.exhibitor, name="Bukan untukku", edition=edition)
    make_inquiry(owner.exhibitor, name="Spam", state="spam", edition=edition)
    for day in range(1, 32):
        make_inquiry(owner.exhibitor, sent_at=wib(2020, 10, day), edition=edition)
    client = as_user(owner)
    with django_assert_max_num_queries(12):
        response = client.get(reverse("inquiries:inbox"))
    page = response.content.decode()
    assert "Bukan untukku" not in page
    assert "Spam" not in page
    first = response.context["listing"]
    rest = client.get(reverse("inquiries:inbox") + f"?sesudah={first.after}").context["listing"]
    assert (len(first.inquiries), len(rest.inquiries)) == (30, 1)
    assert client.get(reverse("inquiries:inbox") + "?sesudah=x_y&status=spam").status_code == 200
    assert not client.get(reverse("inquiries:inbox") + "?status=answered").context["listing"].inquiries


@pytest.mark.parametrize(
    ("sent", "answered", "expected"),
    [
        (dt.timedelta(0), None, (0, 0, None)),
        (-dt.timedelta(microseconds=1), None, (1, 0, None)),
        (-dt.timedelta(minutes=30), dt.timedelta(0), (1, 0, None)),
        (-dt.timedelta(minutes=30), -dt.timedelta(minutes=10), (1, 1, 20)),
    ],
)
def test_counts_are_half_open_at_the_cutoff(owner, sent, answered, expected):
    edition, cutoff = make_edition(), wib(2020, 11, 20, 13)
    moment = cutoff + answered if answered is not None else None
    state = "open" if moment is None else "answered"
    make_inquiry(owner.exhibitor, edition=edition, sent_at=cutoff + sent, answered_at=moment, state=state)
    make_inquiry(owner.exhibitor, edition=edition, sent_at=cutoff - dt.timedelta(1), state="spam")
    counts = inquiry_counts([edition.pk], cutoff)
    assert (counts["sent"], counts["answered"], counts["median_first_answer_minutes"]) == expected
