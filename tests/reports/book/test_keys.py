"""Lines over new entries, while others post, import, roll back and tick: never a false alarm, nothing left out."""

import threading
import time

import pytest
from django.db import connection, connections, transaction

from journal.barrier import last_final_key
from journal.models import Entry
from journal.posting import post_imported, post_sale
from reports.book import altered
from reports.book.keeping import keep_up
from reports.book.keys import noted_key
from reports.consistent import consistent_reading
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import history, make_sale

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(work):
    """Run it beside the test, with a connection of its own; what it raises is raised where it is joined."""
    failed = []

    def run():
        try:
            work()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def join():
        thread.join(60)
        assert not thread.is_alive()
        assert not failed, failed

    return join


def test_posters_and_ticks_at_the_same_time_raise_no_alarm():
    edition, exhibitor = make_edition(), make_exhibitor()
    of_both = {"edition": edition, "exhibitor": exhibitor}
    over = threading.Event()

    def poster(number):
        def post():
            for n in range(12):
                with transaction.atomic():
                    post_sale(make_sale(**of_both))
                    if n % 3 == number % 3:
                        transaction.set_rollback(True)  # its key is never seen again
                if n % 4 == 0:
                    post_imported([history(**of_both, occurred_at=wib(2020, 11, 18, number))])

        return post

    def tick():
        while not over.is_set():
            keep_up(walk=False)

    def look():
        while not over.is_set():
            with consistent_reading():
                assert list(altered.everything()) == []

    posters = [in_thread(poster(number)) for number in range(3)]
    others = [in_thread(tick), in_thread(tick), in_thread(look)]
    for join in posters:
        join()
    over.set()
    for join in others:
        join()
    keep_up(walk=False)
    assert Entry.objects.count() == 3 * (8 + 3)
    assert noted_key() == Entry.objects.latest("pk").pk
    assert list(altered.everything()) == []


def test_a_long_import_delays_the_line_and_nobody_waits_for_long():
    of_both = {"edition": make_edition(), "exhibitor": make_exhibitor()}
    post_sale(make_sale(**of_both))
    posted, release = threading.Event(), threading.Event()

    def post():
        with transaction.atomic():
            post_imported([history(**of_both, occurred_at=wib(2020, 11, 18))])
            posted.set()
            release.wait(30)

    join = in_thread(post)
    assert posted.wait(30)
    (later,) = post_sale(make_sale(**of_both))  # a higher key, and there first
    start = time.thread_time()
    keep_up(walk=False)
    assert time.thread_time() - start < 2
    assert noted_key() == 0
    release.set()
    join()
    keep_up(walk=False)
    assert noted_key() == later.pk
    assert list(altered.everything()) == []


def test_the_lock_is_let_go_of_and_an_old_view_is_not_trusted():
    of_both = {"edition": make_edition(), "exhibitor": make_exhibitor()}
    (entry,) = post_sale(make_sale(**of_both))
    with transaction.atomic():
        assert last_final_key(0) == entry.pk
        in_thread(lambda: post_sale(make_sale(**of_both)))()
    with consistent_reading(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert last_final_key(0) is None
