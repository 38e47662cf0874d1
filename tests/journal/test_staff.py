import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from exhibitors.models import Membership
from journal.errors import JournalError
from journal.models import Channel, Entry, EntryDocument, Measure, SealedUntil
from journal.posting import left_of, reclassify, verify_claims
from journal.preview import preview
from journal.staff import Deal, classify, correct, give_back, may_be_given_back, may_be_paid, post_deal
from tests import factories
from tests.factories import make_exhibitor, make_product, wib
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


def on_paper(booth, **said):
    """What is typed into the form of a sale or promise."""
    typed = {
        "key": uuid.uuid4(), "edition": booth.edition_id, "exhibitor": booth.exhibitor_id, "measure": "financing",
        "channel": "reported", "amount": "250 juta", "day": "2020-11-19", "time": "00:00", "evidence": "B",
        "product": "", "name": "", "category": "", "quantity": "", "place": "", "note": "Surat bank nomor 7",
    }  # fmt: skip
    return typed | said


def looked_at(client, address, said, **more):
    """Press the first button, look, press the second; the answer to the second."""
    page = client.post(address, said)
    assert page.status_code == 200, page
    assert "shown" in page.context, dict(page.context["form"].errors)
    return client.post(address, said | {"seen": page.context["shown"].digest} | more)


def test_finance_writes_by_the_forms_of_the_admin(as_user, finance, entry, booth):
    client = as_user(finance)
    address = reverse("admin:journal_entry_deal")
    assert address in client.get("/admin/journal/entry/").content.decode()
    said = on_paper(booth)
    for _ in range(2):
        assert looked_at(client, address, said).status_code == 302
    made = Entry.objects.get(measure="financing")
    assert (made.amount, made.occurred_at, made.phase, made.note) == (
        250_000_000, wib(2020, 11, 19), "during", "Surat bank nomor 7",
    )  # fmt: skip
    page = client.get(address).content.decode()
    assert "admin-autocomplete" in page  # found by name, not by an address that has to be known
    assert "select2" in page
    found = client.get("/admin/autocomplete/", SEARCHED | {"term": booth.exhibitor.name}).json()["results"]
    assert [one["id"] for one in found] == [str(booth.exhibitor_id)]
    wrong = client.post(address, said | {"exhibitor": make_exhibitor().pk, "place": "99.99", "day": "2999-01-01"})
    assert set(wrong.context["form"].errors) == {"exhibitor", "place", "day"}
    change = client.get(f"/admin/journal/entry/{entry.pk}/change/").content.decode()
    correction = reverse("admin:journal_entry_correction", args=[entry.pk])
    assert correction in change
    looked_at(client, correction, {"key": uuid.uuid4(), "amount": -1_000, "quantity": 0, "note": "Salah hitung"})
    assert left_of(entry) == (99_000, 2)
    classification = reverse("admin:journal_entry_classification", args=[entry.pk])
    said = {"key": uuid.uuid4(), "category": "", "channel": "live", "place": "QA", "note": "Terjual di siaran"}
    assert looked_at(client, classification, said).status_code == 302
    moved = Entry.objects.get(channel="live")
    assert (moved.amount, moved.destination_label, moved.category_code) == (99_000, "Qatar", "batik")


@pytest.mark.parametrize("channel", Channel.values)
@pytest.mark.parametrize("measure", Measure.values)
def test_every_measure_in_every_channel(finance, booth, measure, channel):
    deal = Deal(
        key=uuid.uuid4(), booth=booth, measure=measure, channel=channel, amount=1_500_000, quantity=3, evidence="C",
        occurred_at=wib(2020, 11, 19, 9), note="Nota 12", product=make_product(exhibitor=booth.exhibitor),
    )  # fmt: skip
    for _ in range(2):
        (made,) = post_deal(deal, by=finance, now=timezone.now())
    assert Entry.objects.count() == 1
    assert (made.measure, made.channel, made.evidence, made.phase) == (measure, channel, "C", "during")
    assert made.product_key == f"p{deal.product.pk}"
    assert may_be_paid(made) == (measure == "committed")
    assert may_be_given_back(made) == (measure == "realised")


@pytest.mark.parametrize(
    "changed",
    [{"evidence": "D"}, {"note": " "}, {"occurred_at": wib(2999, 1, 1)}, {"occurred_at": wib(2000, 1, 1)}],
)
def test_what_staff_cannot_say_is_refused(finance, booth, changed):
    said = {
        "key": uuid.uuid4(), "booth": booth, "measure": "realised", "amount": 5_000, "evidence": "B", "note": "Nota",
        "occurred_at": wib(2020, 11, 19),
    }  # fmt: skip
    with pytest.raises(JournalError):
        post_deal(Deal(**said | changed), by=finance, now=timezone.now())
    with pytest.raises(JournalError, match="bukan milik"):
        post_deal(Deal(**said, product=make_product()), by=finance, now=timezone.now())


def test_nothing_is_written_before_somebody_has_looked(as_user, finance, booth, entry):
    client, address = as_user(finance), reverse("admin:journal_entry_deal")
    said = on_paper(booth, measure="realised", channel="onsite", amount="80.000", note="Nota 12")
    page = client.post(address, said)
    assert not Entry.objects.filter(source_kind="staff").exists()
    (change,) = page.context["shown"].changes
    assert (change.before, change.added, change.after) == (100_000, 80_000, 180_000)
    assert "Rp180.000" in page.content.decode()
    assert "sepertiga" in page.context["shown"].doubts[0]
    moved = client.post(address, said | {"amount": "81.000", "seen": page.context["shown"].digest})
    assert moved.context["has_moved"]
    unsure = looked_at(client, address, said)
    assert set(unsure.context["form"].errors) == {"sure"}
    back = client.post(address, said | {"mend": "1"})
    assert back.context["form"]["note"].value() == "Nota 12"
    assert not Entry.objects.filter(source_kind="staff").exists()
    for _ in range(2):
        assert looked_at(client, address, said, sure="on").status_code == 302
    made = Entry.objects.get(source_kind="staff")
    assert (made.measure, made.channel, made.amount) == ("realised", "onsite", 80_000)
    twin = client.post(address, said | {"key": uuid.uuid4()})
    assert any(made.transaction_key in doubt for doubt in twin.context["shown"].doubts)


def test_a_large_amount_is_looked_at_twice_and_a_sealed_day_is_named(finance, booth):
    SealedUntil.objects.create(edition=booth.edition, recorded_until=timezone.now())
    deal = Deal(
        key=uuid.uuid4(), booth=booth, measure="potential", amount=2_000_000_000, evidence="B", note="Surat minat",
        occurred_at=wib(2020, 11, 19, 9),
    )  # fmt: skip
    shown = preview(lambda: post_deal(deal, by=finance, now=timezone.now()), now=timezone.now())
    assert "Rp2.000.000.000" in shown.doubts[0]
    assert shown.late_since is not None
    assert not Entry.objects.exists()


def test_a_down_payment_and_the_balance_move_a_promise_to_turnover(as_user, finance, booth):
    client = as_user(finance)
    said = on_paper(booth, measure="committed", amount="10 juta", quantity="4")
    looked_at(client, reverse("admin:journal_entry_deal"), said)
    promise = Entry.objects.get()
    address = reverse("admin:journal_entry_payment", args=[promise.pk])
    assert address in client.get(f"/admin/journal/entry/{promise.pk}/change/").content.decode()
    paid = {"key": uuid.uuid4(), "day": "2020-11-20", "time": "09:00", "channel": "onsite", "evidence": "A"}
    paid |= {"amount": "3 juta", "note": "Mutasi bank"}
    page = client.post(address, paid)
    assert [(one.before, one.added) for one in page.context["shown"].changes] == [
        (0, 3_000_000), (10_000_000, -3_000_000),
    ]  # fmt: skip
    for _ in range(2):
        assert looked_at(client, address, paid, sure="on").status_code == 302
    assert left_of(promise) == (7_000_000, 4)
    early = client.post(address, paid | {"key": uuid.uuid4(), "day": "2020-11-18"})
    assert "lebih dahulu" in str(early.context["form"].errors)
    much = client.post(address, paid | {"key": uuid.uuid4(), "amount": "8 juta"})
    assert "tersisa Rp7.000.000" in str(much.context["form"].errors)
    balance = paid | {"key": uuid.uuid4(), "amount": "7 juta"}
    looked_at(client, address, balance, sure="on")
    assert left_of(promise) == (0, 0)
    paid = Entry.objects.filter(measure="realised", on_order=True).order_by("pk")
    assert list(paid.values_list("amount", "quantity")) == [(3_000_000, 0), (7_000_000, 4)]


def test_money_is_given_back_once_and_never_more_than_is_left(as_user, finance, booth, entry):
    client = as_user(finance)
    said = on_paper(booth, measure="realised", amount="90.000", quantity="2")
    looked_at(client, reverse("admin:journal_entry_deal"), said, sure="on")
    sale = Entry.objects.get(source_kind="staff")
    address = reverse("admin:journal_entry_giving_back", args=[sale.pk])
    back = {
        "key": uuid.uuid4(),
        "amount": "40.000",
        "quantity": 1,
        "day": "2020-11-19",
        "time": "10:00",
        "note": "Cacat",
    }
    for _ in range(2):
        assert looked_at(client, address, back).status_code == 302
    assert left_of(sale) == (50_000, 1)
    for wrong in ({"amount": "50.001"}, {"quantity": 2}):
        assert client.post(address, back | {"key": uuid.uuid4()} | wrong).context["form"].errors
    order = reverse("admin:journal_entry_giving_back", args=[entry.pk])  # refunded where it was ordered
    assert client.get(order).status_code == 404
    given = {"key": uuid.uuid4(), "amount": 1, "quantity": 0, "occurred_at": timezone.now(), "note": "x"}
    with pytest.raises(JournalError, match="kasirnya"):
        give_back(entry, **given, by=finance, now=timezone.now())


def test_the_paper_is_kept_with_the_entry_and_shown_to_staff_alone(as_user, finance, curator, booth):
    client, address = as_user(finance), reverse("admin:journal_entry_deal")
    refused = looked_at(client, address, on_paper(booth), file=SimpleUploadedFile("a.jpg", b"no picture"))
    assert refused.context["form"].errors
    assert not Entry.objects.exists()  # the entry and its paper, or neither
    said, pdf = on_paper(booth), b"%PDF-1.4 surat"
    for _ in range(2):
        assert looked_at(client, address, said, file=SimpleUploadedFile("a.pdf", pdf)).status_code == 302
    made = Entry.objects.get()
    more = reverse("admin:journal_entry_paper", args=[made.pk])
    for content in (pdf, b"%PDF-1.4 lampiran"):
        assert client.post(more, {"file": SimpleUploadedFile("b.pdf", content)}).status_code == 302
    first, second = EntryDocument.objects.order_by("pk")
    assert (first.entry, first.by) == (made, finance)
    shown = reverse("admin:journal_entry_document", args=[made.pk, second.pk])
    assert shown in client.get(f"/admin/journal/entry/{made.pk}/change/").content.decode()
    assert b"".join(client.get(shown).streaming_content) == b"%PDF-1.4 lampiran"
    assert as_user(curator).get(shown).status_code == 403
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        EntryDocument.objects.filter(pk=first.pk).delete()


def test_others_write_nothing(as_user, operator, curator, official, entry):
    for person in (operator, curator, official):
        client = as_user(person)
        for name in ("correction", "classification", "payment", "giving_back", "paper"):
            assert client.post(reverse(f"admin:journal_entry_{name}", args=[entry.pk]), {}).status_code in (302, 403)
        assert client.get(reverse("admin:journal_entry_deal")).status_code in (302, 403)
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
