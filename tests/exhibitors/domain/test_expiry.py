"""Certificates that end: what shoppers see around midnight WIB, and who is warned when."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from exhibitors.domain.certificates import renewal_of, return_certificate, submit_certificate, verify_certificate
from exhibitors.domain.expiry import stage_on, warn_of_expiry
from exhibitors.models import Certificate, ExpiryNotice, Standing
from exhibitors.todos import certificate_todos
from expo.formats import WIB
from expo.models import OutgoingMail
from tests.factories import wib

LAST = dt.date(2026, 8, 31)
DAY = dt.timedelta(days=1)
TICK = dt.timedelta(microseconds=1)


def certificate(exhibitor, **fields) -> Certificate:
    return Certificate.objects.create(
        **{"exhibitor": exhibitor, "kind": "pirt", "number": "206337401012326", "expires_on": LAST, **fields}
    )


def at(days_before: int, hour: int = 8) -> dt.datetime:
    return wib(2026, 8, 31, hour) - days_before * DAY


def subjects(to: str) -> list[str]:
    mails = OutgoingMail.objects.filter(key__startswith="certificate:", to=to).order_by("pk")
    return [mail.subject for mail in mails]


@pytest.mark.parametrize(
    ("left", "stage"), [(61, None), (60, 60), (15, 60), (14, 14), (1, 14), (0, 0), (-1, 0), (-30, 0), (-31, None)]
)
def test_the_most_urgent_warning_of_a_day(left, stage):
    assert stage_on(LAST, LAST - left * DAY) == stage


@pytest.mark.django_db
def test_valid_to_the_last_moment_of_its_last_day(owner, curator):
    found = certificate(owner.exhibitor, verified_at=timezone.now(), verified_by=curator)
    midnight = wib(2026, 9, 1)
    valid = lambda moment: Certificate.objects.valid_on(moment.astimezone(WIB).date()).filter(pk=found.pk).exists()  # noqa: E731
    assert valid(midnight - TICK)
    assert not valid(midnight)


@pytest.mark.django_db
def test_warned_at_60_14_and_0_days_in_each_ones_language(owner, helper):
    helper.language = "en"
    helper.save()
    certificate(owner.exhibitor)
    midnight = wib(2026, 7, 2)  # 60 days before the last day
    assert warn_of_expiry(midnight - TICK) == 0
    assert warn_of_expiry(midnight) == 1
    for days in (60, 59, 15, 14, 14, 13, 1, 0, 0, -1):
        warn_of_expiry(at(days))
    assert subjects(owner.email) == [
        "P-IRT 206337401012326 berakhir 60 hari lagi",
        "P-IRT 206337401012326 berakhir 14 hari lagi",
        "P-IRT 206337401012326 berakhir hari ini",
    ]
    assert subjects(helper.email)[1] == "P-IRT 206337401012326 ends in 14 days"
    assert sorted(ExpiryNotice.objects.values_list("days", flat=True)) == [0, 14, 60]


@pytest.mark.django_db
def test_missed_nights_are_made_up_without_saying_everything_at_once(owner):
    certificate(owner.exhibitor)
    assert [warn_of_expiry(at(days)) for days in (9, 9, -3, -3)] == [1, 0, 1, 0]
    assert subjects(owner.email) == [
        "P-IRT 206337401012326 berakhir 9 hari lagi",
        "P-IRT 206337401012326 tidak berlaku lagi",
    ]


@pytest.mark.django_db
def test_nothing_about_what_ended_long_ago_was_returned_or_never_ends(owner, curator):
    certificate(owner.exhibitor)
    certificate(owner.exhibitor, number="206337401012327", expires_on=None)
    back = certificate(owner.exhibitor, number="2" * 15, expires_on=LAST + 60 * DAY)
    return_certificate(back, by=curator, reason="Nama tidak cocok")
    assert warn_of_expiry(wib(2026, 10, 5)) == 0


@pytest.mark.django_db
def test_a_moved_last_day_is_warned_about_anew(owner):
    found = certificate(owner.exhibitor)
    warn_of_expiry(at(0))
    Certificate.objects.filter(pk=found.pk).update(expires_on=LAST + 40 * DAY)
    assert warn_of_expiry(at(0)) == 1
    assert subjects(owner.email)[-1].endswith("40 hari lagi")


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_warn_once(owner):
    certificate(owner.exhibitor)
    start, warned = threading.Barrier(2), []

    def work():
        try:
            start.wait()
            warned.append(warn_of_expiry(at(14)))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert sorted(warned) == [0, 1]
    assert len(subjects(owner.email)) == 1


@pytest.mark.django_db
def test_a_renewal_ends_the_warnings_and_the_old_one_stays(owner, curator):
    today = timezone.now().astimezone(WIB).date()
    soon = today + 10 * DAY
    old = certificate(
        owner.exhibitor, kind="merek", number="IDM000123456", expires_on=soon, verified_at=timezone.now(),
        verified_by=curator,
    )  # fmt: skip
    assert [todo.url for todo in certificate_todos(owner.exhibitor)] == [f"/dasbor/sertifikat/{old.pk}/pembaruan/"]
    new = renewal_of(old)
    new.expires_on = soon + 3650 * DAY
    submit_certificate(new, by=owner)
    assert (new.number, new.renews) == ("IDM000123456", old)
    assert certificate_todos(owner.exhibitor) == []
    assert warn_of_expiry(timezone.now()) == 0
    assert Certificate.objects.valid_on(today).get() == old
    verify_certificate(new, by=curator)
    assert Certificate.objects.valid_on(soon + DAY).get() == new
    return_certificate(new, by=curator, reason="Foto tidak terbaca")
    assert warn_of_expiry(timezone.now()) == 1


@pytest.mark.django_db
def test_what_does_not_end_is_not_warned_about(owner):
    certificate(owner.exhibitor, kind="halal", number="", standing=Standing.PROCESS)
    assert warn_of_expiry(at(0)) == 0
