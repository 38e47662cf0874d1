"""Posting, sealing and dying at the same time, over real connections."""

import datetime as dt
import threading

import pytest
from django.db import connections, transaction
from django.utils import timezone

from exhibitors.models import Exhibitor
from expo.models import OutgoingMail, Recipient
from journal.posting import post_sale
from reports import seal as seal_module
from reports.errors import RecapError
from reports.extra import add_cutoff, cancel_cutoff
from reports.models import Dispatch, IssueProblem, Recap
from reports.queries import figures_of
from reports.recompute import recompute
from reports.schedule import issue_due, seal_due
from reports.seal import seal
from reports.verify import verify_recaps
from tests.cast import person
from tests.factories import wib
from tests.journal.ledger import make_sale
from tests.reports.cases import make_history
from tests.reports.children import ISSUE, kill_at, start_child

pytestmark = pytest.mark.django_db(transaction=True)
READERS = ["kadin@contoh.test", "sekda@contoh.test"]


class Worker(threading.Thread):
    """A thread with a connection of its own that keeps what its function returned or raised."""

    def __init__(self, function):
        super().__init__(daemon=True)
        self.function, self.result, self.error = function, None, None
        self.start()

    def run(self):
        try:
            self.result = self.function()
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()

    def get(self):
        self.join(60)
        assert not self.is_alive()
        if self.error:
            raise self.error
        return self.result


def test_a_seal_waits_for_a_posting_that_is_under_way():
    edition = make_history()
    exhibitor = Exhibitor.objects.first()
    posted, release = threading.Event(), threading.Event()

    def post():
        with transaction.atomic():
            post_sale(make_sale(edition=edition, exhibitor=exhibitor, amount=77))
            posted.set()
            assert release.wait(60)

    poster = Worker(post)
    assert posted.wait(60)
    # The entry is stamped and not committed: a recap that knows of this moment must count it.
    cutoff = timezone.now()
    sealer = Worker(lambda: seal([edition], occurred_cutoff=wib(2020, 11, 20, 13), recorded_cutoff=cutoff))
    sealer.join(1.2)
    assert sealer.is_alive()
    release.set()
    poster.get()
    recap = sealer.get()
    assert figures_of(recap).realised.total == 1_650_000 + 77
    assert recompute(recap).to_json().decode() == recap.figures


def test_postings_go_on_while_a_seal_waits_for_a_long_one():
    edition = make_history()
    exhibitor = Exhibitor.objects.first()
    posted, release = threading.Event(), threading.Event()

    def long_import():
        with transaction.atomic():
            post_sale(make_sale(edition=edition, exhibitor=exhibitor))
            posted.set()
            assert release.wait(60)

    importer = Worker(long_import)
    assert posted.wait(60)
    sealer = Worker(lambda: seal([edition], occurred_cutoff=wib(2020, 11, 20)))
    for _ in range(3):
        Worker(lambda: post_sale(make_sale(edition=edition, exhibitor=exhibitor))).get()
    assert sealer.is_alive()
    release.set()
    importer.get()
    sealer.get()


def test_entries_posted_around_a_seal_are_in_it_or_after_it():
    edition = make_history()
    exhibitor = Exhibitor.objects.first()
    stop = threading.Event()

    def post_until_stopped():
        count = 0
        while not stop.is_set():
            post_sale(make_sale(edition=edition, exhibitor=exhibitor, amount=1, quantity=0))
            count += 1
        return count

    posters = [Worker(post_until_stopped) for _ in range(2)]
    recaps = []
    for _ in range(4):
        cutoff = timezone.now()
        recaps.append(seal([edition], occurred_cutoff=cutoff))
    stop.set()
    count = sum(poster.get() for poster in posters)
    last = seal([edition], occurred_cutoff=timezone.now())
    assert figures_of(last).realised.total == 1_650_000 + count
    for recap in recaps:
        assert recompute(recap).to_json().decode() == recap.figures


def test_two_sealers_at_once_make_one_recap():
    edition = make_history()
    start = threading.Barrier(3)

    def seal_now():
        start.wait(60)
        return seal([edition], occurred_cutoff=wib(2020, 11, 20, 13)).pk

    workers = [Worker(seal_now) for _ in range(3)]
    assert len({worker.get() for worker in workers}) == 1
    assert Recap.objects.count() == 1


def test_sealers_of_different_cutoffs_do_not_fork_the_chain():
    edition = make_history()
    workers = [
        Worker(lambda hour=hour: seal([edition], occurred_cutoff=wib(2020, 11, 20, hour))) for hour in range(9, 14)
    ]
    numbers = {worker.get().number for worker in workers}
    assert numbers == {f"UVO-II/2020/{n:04}" for n in range(1, 6)}
    assert not verify_recaps().findings


def test_many_beats_issue_each_recap_once():
    edition = due_edition()
    workers = [Worker(lambda: issue_due(wib(2020, 11, 20, 1))) for _ in range(3)]
    for worker in workers:
        worker.get()
    assert issued(edition) == [wib(2020, 11, 19), wib(2020, 11, 20)]
    assert OutgoingMail.objects.count() == 4


def test_beats_in_processes_of_their_own_issue_each_recap_once():
    edition = due_edition()
    children = [start_child(ISSUE) for _ in range(3)]
    for child in children:
        assert child.wait(60) == 0
    assert issued(edition) == [wib(2020, 11, 19), wib(2020, 11, 20)]
    assert Dispatch.objects.count() == 2
    assert (
        sorted(OutgoingMail.objects.values_list("to", flat=True))
        == ["kadin@contoh.test"] * 2 + ["sekda@contoh.test"] * 2
    )
    assert not verify_recaps().findings


def extra_cutoff():
    edition, by = make_history(), person("Hadi")
    moment = timezone.now().replace(second=0, microsecond=0) - dt.timedelta(hours=1)
    return add_cutoff(edition, moment, reason="Sambutan", by=by), by


def test_a_cutoff_that_is_being_cancelled_is_not_issued():
    extra, by = extra_cutoff()
    cancelled, release = threading.Event(), threading.Event()

    def cancel():
        with transaction.atomic():
            cancel_cutoff(extra, by=by)
            cancelled.set()
            assert release.wait(60)

    canceller = Worker(cancel)
    assert cancelled.wait(60)
    beat = Worker(issue_due)  # finds it due, as nothing is committed yet
    beat.join(1.2)
    assert beat.is_alive()
    release.set()
    canceller.get()
    assert beat.get() == []
    assert not Recap.objects.exists()
    assert not IssueProblem.objects.exists()


def test_a_cutoff_that_is_being_issued_is_not_cancelled(monkeypatch):
    extra, by = extra_cutoff()
    sealing, release = threading.Event(), threading.Event()
    real = seal_module.compute

    def slow(*args, **options):
        sealing.set()
        assert release.wait(60)
        return real(*args, **options)

    monkeypatch.setattr(seal_module, "compute", slow)
    beat = Worker(issue_due)
    assert sealing.wait(60)
    canceller = Worker(lambda: cancel_cutoff(extra, by=by))
    canceller.join(1.2)
    assert canceller.is_alive()
    release.set()
    assert len(beat.get()) == 1
    with pytest.raises(RecapError, match="sudah terbit"):
        canceller.get()


def test_a_seal_that_takes_long_holds_up_one_worker_alone(monkeypatch):
    """Another one leaves what is due to it and to the next tick; that is no problem of which staff is told."""
    due_edition()
    sealing, release = threading.Event(), threading.Event()
    real = seal_module.compute

    def slow(*args, **options):
        sealing.set()
        assert release.wait(60)
        return real(*args, **options)

    monkeypatch.setattr(seal_module, "compute", slow)
    monkeypatch.setattr(seal_module, "PATIENCE_MS", 50)
    long = Worker(lambda: seal_due(wib(2020, 11, 20, 1)))
    assert sealing.wait(60)
    assert Worker(lambda: seal_due(wib(2020, 11, 20, 1))).get() == []
    release.set()
    assert len(long.get()) == 2
    assert not IssueProblem.objects.exists()


def due_edition():
    edition = make_history()
    edition.recaps_from = wib(2020, 11, 19)
    edition.save()
    for address in READERS:
        Recipient.objects.create(edition=edition, email=address)
    return edition


def issued(edition):
    return list(Recap.objects.order_by("pk").values_list("occurred_cutoff", flat=True))


@pytest.mark.parametrize(
    "point",
    [
        "reports.seal.close_journal",
        "reports.seal.compute",
        "reports.seal._seal",  # everything is written, nothing committed
        "reports.schedule.seal",  # sealed and committed, nothing mailed
        "reports.dispatch._attachment",
        "reports.dispatch.queue_mail",
    ],
)
def test_killed_while_sealing_there_is_exactly_one_after_a_restart(point):
    edition = due_edition()
    kill_at(point, ISSUE)
    issue_due(wib(2020, 11, 20, 1))
    issue_due(wib(2020, 11, 20, 1))
    assert issued(edition) == [wib(2020, 11, 19), wib(2020, 11, 20)]
    assert Dispatch.objects.count() == 2
    assert OutgoingMail.objects.count() == 4
    assert not verify_recaps().findings
