"""A worker is killed in the middle: whoever comes after it does the rest, and nothing twice."""

import pytest
from django.db import connection

from expo.models import OutgoingMail, Recipient
from expo.runtime.children import wait_until
from reports.models import Delivery, Recap, RecapEvent, Recount, SealCheck, SealWalk, Sending
from reports.sending import ask_to_send, send_asked
from reports.walk import walk_when_due
from tests.cast import person
from tests.database import append_only_lifted
from tests.reports.cases import make_history, seal_at
from tests.reports.children import SEND, WALK, kill_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "point",
    [
        "reports.recount.in_context",  # the first recap is looked at
        "reports.walk.count_again",  # its mark is written, not committed
        "reports.walk._take_step",  # committed, and the next step not begun
        "reports.walk.conclude",  # the end and its mails are written, not committed
    ],
)
def test_a_walk_ends_with_each_recap_once(point):
    edition, staff = make_history(), person("Kepala", is_superuser=True, is_staff=True)
    recaps = [seal_at(edition, 2020, 11, day) for day in (19, 20)]
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET amount = amount + 1 WHERE amount = 500000")
    kill_at(point, WALK)
    # The database may take a moment to see that the dead one's locks are nobody's.
    assert wait_until(lambda: walk_when_due() is not None, 30)
    assert walk_when_due() is None
    check, walk = SealCheck.objects.get(), SealWalk.objects.get()
    assert (check.recaps, walk.outcome) == (2, check)
    assert [finding["number"] for finding in check.findings].count(recaps[1].number) == 1
    assert sorted(Recount.objects.values_list("recap", flat=True)) == [recap.pk for recap in recaps]
    assert list(RecapEvent.objects.values_list("recap", "what")) == [(recaps[1].pk, "doubted")]
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == [staff.email]
    assert Recap.objects.in_doubt().get() == recaps[1]


@pytest.mark.parametrize(
    "point",
    [
        "reports.recount.count_again",  # counted, not committed
        "reports.dispatch.queue_mail",  # the first of two mails is written
        "reports.sending.send_to_missing",  # all is done, and nobody was told
    ],
)
def test_what_staff_asked_to_send_is_sent_once(point, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    edition, staff = make_history(), person("Kepala", is_superuser=True, is_staff=True)
    for address in ("kadin@contoh.test", "sekda@contoh.test"):
        Recipient.objects.create(edition=edition, email=address)
    recap = seal_at(edition, 2020, 11, 20)
    ask_to_send(recap, by=staff)
    kill_at(point, SEND)

    def finished():
        send_asked()
        return Sending.objects.get().finished_at is not None

    assert wait_until(finished, 30)
    assert (Sending.objects.get().sent, Delivery.objects.filter(recap=recap).count()) == (2, 2)
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == ["kadin@contoh.test", "sekda@contoh.test"]
    assert Recount.objects.get().holds
