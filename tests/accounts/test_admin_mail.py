"""What staff see of outgoing mail, and what they decide about it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from expo.models import OutgoingMail

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]
LIST, PAGE = "/admin/expo/outgoingmail/", "/admin/expo/outgoingmail/kepastian/"


def make_mail(address, state, **changes):
    values = {"key": address, "subject": "Rekap", "body": "Rahasia", "handed_over_at": timezone.now(), "once": True}
    return OutgoingMail.objects.create(to=address, state=state, **values | changes)


@pytest.fixture
def mails(db):
    return [
        make_mail(f"{state}@contoh.test", state)
        for state in ("sent", "failed", "bounced", "uncertain", "handed", "cancelled")
    ]


def test_the_queue_shows_what_did_not_arrive_or_perhaps_not(mails, as_user, operator):
    client = as_user(operator)
    assert "sampai=tidak" in client.get("/admin/").content.decode()
    shown = client.get(f"{LIST}?sampai=tidak").content.decode()
    found = [mail.to for mail in mails if mail.to in shown]
    assert found == ["failed@contoh.test", "bounced@contoh.test", "uncertain@contoh.test"]


def test_what_is_chosen_in_the_list_is_decided_on_a_page(mails, as_user, operator):
    client, uncertain = as_user(operator), mails[3]
    make_mail("lain@contoh.test", "uncertain")
    chosen = {"action": "decide", "_selected_action": [mail.pk for mail in mails]}
    page = client.post(LIST, chosen)["Location"]
    assert page == f"{PAGE}?surel={uncertain.pk}"
    shown = client.get(page).content.decode()
    assert "uncertain@contoh.test" in shown
    assert "lain@contoh.test" not in shown
    assert "Rahasia" not in shown
    assert client.post(page, {"mails": [uncertain.pk], "reason": "Ditelepon", "again": "1"}).status_code == 302
    uncertain.refresh_from_db()
    assert (uncertain.state, uncertain.round) == ("pending", 1)
    own = client.get(reverse("admin:expo_outgoingmail_change", args=[uncertain.pk])).content.decode()
    assert "Ditelepon" in own
    assert PAGE not in own


def test_a_mail_leads_to_the_page_that_settles_it(mails, as_user, operator):
    own = as_user(operator).get(reverse("admin:expo_outgoingmail_change", args=[mails[3].pk])).content.decode()
    assert f"{PAGE}?surel={mails[3].pk}" in own


def test_only_uncertain_ones_are_settled(mails, as_user, operator):
    answer = as_user(operator).post(PAGE, {"mails": [mails[2].pk], "reason": "x", "again": "1"})
    assert answer.status_code == 200
    mails[2].refresh_from_db()
    assert mails[2].state == "bounced"


def test_without_any_it_leads_back(as_user, operator):
    assert as_user(operator).get(PAGE)["Location"] == f"{LIST}?sampai=tidak"
    none = {"action": "decide", "_selected_action": [make_mail("a@contoh.test", "sent").pk]}
    assert PAGE not in as_user(operator).post(LIST, none)["Location"]


def test_what_failed_is_sent_again_and_that_is_noted(mails, as_user, operator):
    as_user(operator).post(LIST, {"action": "send_again", "_selected_action": [mail.pk for mail in mails]})
    again = set(OutgoingMail.objects.filter(state="pending").values_list("to", flat=True))
    assert again == {"failed@contoh.test", "bounced@contoh.test"}
    assert [(event.what, event.by) for mail in mails[1:3] for event in mail.events.all()] == [("again", operator)] * 2


@pytest.mark.parametrize("name", ["finance", "official", "owner"])
def test_others_are_refused(request, mails, as_user, name):
    answer = as_user(request.getfixturevalue(name)).post(PAGE, {"mails": [mails[3].pk], "reason": "x"})
    assert answer.status_code in (302, 403)
    mails[3].refresh_from_db()
    assert mails[3].state == "uncertain"
