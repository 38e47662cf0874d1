import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from exhibitors.models import Membership
from journal.errors import JournalError
from journal.models import Entry
from journal.posting import left_of, reclassify, verify_claims
from journal.staff import classify, correct
from tests import factories
from tests.factories import make_exhibitor, wib
from tests.reports.own.test_figures import sell

pytestmark = pytest.mark.django_db
SEARCHED = {"app_label": "exhibitors", "model_name": "booth", "field_name": "exhibitor"}


@pytest.fixture
def booth():
    return factories.make_booth(edition=factories.make_edition())


@pytest.fixture
def entry(booth):
    return sell(booth.edition, booth.exhibitor, "a", 100_000, wib(2020, 11, 18, 10), quantity=2)


def test_a_correction_is_a_new_entry_once_and_never_below_nothing(entry, finance):
    said = {"key": uuid.uuid4(), "quantity": -1, "note": "Salah ketik", "by": finance}
    for hours in range(2):
        correct(entry, amount=-40_000, now=timezone.now() + dt.timedelta(hours=hours), **said)
    assert left_of(entry) == (60_000, 1)
    made = Entry.objects.get(nature="correction")
    assert (made.amount, made.recorded_by, made.source_kind, made.reverses) == (-40_000, finance, "staff", entry)
    for amount, note in ((-60_001, "Lebih"), (1, " "), (0, "Kosong")):
        with pytest.raises(JournalError):
            correct(entry, key=uuid.uuid4(), amount=amount, quantity=0, note=note, by=finance, now=timezone.now())


def test_another_classification_sums_to_zero_and_is_made_once(entry, finance):
    said = {"key": uuid.uuid4(), "note": "Dikirim ke Qatar", "by": finance}
    changed = {"channel": entry.channel, "destination_code": "QA", "destination_label": "Qatar"}
    for hours in range(2):
        classify(entry, now=timezone.now() + dt.timedelta(hours=hours), **said, **changed)
    assert dict(Entry.objects.values_list("destination_code", "amount").filter(reverses=entry)) == {
        "": -100_000, "QA": 100_000,
    }  # fmt: skip
    with pytest.raises(JournalError):
        classify(entry, key=uuid.uuid4(), note="x", by=finance, now=timezone.now(), channel=entry.channel)
    with pytest.raises(JournalError):  # nothing is left of it
        classify(entry, key=uuid.uuid4(), note="x", by=finance, now=timezone.now(), channel="live")


def test_what_has_its_own_way_of_being_verified_is_not_regraded_and_nobody_writes_their_own(entry, booth, finance):
    with pytest.raises(JournalError):
        classify(entry, key=uuid.uuid4(), note="x", by=finance, now=timezone.now(), evidence="A")
    Membership.objects.create(user=finance, exhibitor=booth.exhibitor)
    with pytest.raises(JournalError):
        correct(entry, key=uuid.uuid4(), amount=-1, quantity=0, note="x", by=finance, now=timezone.now())


def test_finance_writes_by_the_forms_of_the_admin(as_user, finance, entry, booth):
    client = as_user(finance)
    assert reverse("admin:journal_entry_promise") in client.get("/admin/journal/entry/").content.decode()
    change = client.get(f"/admin/journal/entry/{entry.pk}/change/").content.decode()
    assert reverse("admin:journal_entry_correction", args=[entry.pk]) in change
    said = {
        "key": uuid.uuid4(), "edition": booth.edition_id, "exhibitor": booth.exhibitor_id, "measure": "financing",
        "amount": "250 juta", "agreed_on": "2020-11-19", "agreed_time": "00:00", "evidence": "B", "place": "",
        "note": "Surat bank nomor 7",
    }  # fmt: skip
    address = reverse("admin:journal_entry_promise")
    for _ in range(2):
        assert client.post(address, said).status_code == 302
    made = Entry.objects.get(measure="financing")
    assert (made.amount, made.occurred_at, made.phase, made.note) == (
        250_000_000, wib(2020, 11, 19), "during", "Surat bank nomor 7",
    )  # fmt: skip
    page = client.get(address).content.decode()
    assert "admin-autocomplete" in page  # found by name, not by an address that has to be known
    assert "select2" in page
    found = client.get("/admin/autocomplete/", SEARCHED | {"term": booth.exhibitor.name}).json()["results"]
    assert [one["id"] for one in found] == [str(booth.exhibitor_id)]
    wrong = client.post(address, said | {"exhibitor": make_exhibitor().pk, "place": "99.99"})
    assert set(wrong.context["form"].errors) == {"exhibitor", "place"}
    correction = reverse("admin:journal_entry_correction", args=[entry.pk])
    client.post(correction, {"key": uuid.uuid4(), "amount": -1_000, "quantity": 0, "note": "Salah hitung"})
    assert left_of(entry) == (99_000, 2)
    classification = reverse("admin:journal_entry_classification", args=[entry.pk])
    said = {"key": uuid.uuid4(), "category": "", "channel": "live", "place": "QA", "note": "Terjual di siaran"}
    assert client.post(classification, said).status_code == 302
    moved = Entry.objects.get(channel="live")
    assert (moved.amount, moved.destination_label, moved.category_code) == (99_000, "Qatar", "batik")


def test_others_write_nothing(as_user, operator, curator, official, entry):
    for person in (operator, curator, official):
        client = as_user(person)
        for name in ("journal_entry_correction", "journal_entry_classification"):
            assert client.post(reverse(f"admin:{name}", args=[entry.pk]), {}).status_code in (302, 403)
        assert client.get(reverse("admin:journal_entry_promise")).status_code in (302, 403)
    assert Entry.objects.count() == 1


def test_what_took_the_place_of_an_entry_is_not_left_of_it(entry):
    """Otherwise a sale that was classified anew could be refunded twice, and a claim verified twice."""
    reclassify(entry.pk, key="k", occurred_at=timezone.now(), note="x", by_id=None, channel="live")
    on = Entry.objects.get(channel="live")
    assert (left_of(entry), left_of(on)) == ((0, 0), (100_000, 2))
    claim = sell(entry.edition, entry.exhibitor, "d", 7_000, wib(2020, 11, 18, 11), evidence="D")
    counts = [verify_claims([claim.pk], key=key, evidence="B", note="x", by_id=None) for key in ("one", "two")]
    assert counts == [1, 0]


def test_a_correction_is_not_corrected_but_what_it_corrects(entry, finance, as_user):
    now = timezone.now()
    correct(entry, key=uuid.uuid4(), amount=20_000, quantity=0, note="Kurang", by=finance, now=now)
    correction = Entry.objects.get(nature="correction")
    for verb, changes in ((correct, {"amount": -20_000, "quantity": 0}), (classify, {"channel": "live"})):
        with pytest.raises(JournalError, match="sebuah koreksi"):
            verb(correction, key=uuid.uuid4(), note="x", by=finance, now=now, **changes)
    address = reverse("admin:journal_entry_correction", args=[correction.pk])
    assert as_user(finance).get(address).status_code == 404


def test_a_new_classification_does_not_open_the_evidence_to_staff(entry, finance):
    said = {"note": "Bukan daring", "by": finance, "now": timezone.now()}
    classify(entry, key=uuid.uuid4(), channel="live", **said)
    replaced = Entry.objects.get(source_key__endswith="on")
    assert replaced.source_kind == "staff"
    with pytest.raises(JournalError, match="Bukti catatan ini"):
        classify(replaced, key=uuid.uuid4(), evidence="A", **said)
