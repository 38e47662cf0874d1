import datetime as dt
import hashlib

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from redis import ConnectionError as StoreIsGoneError

from exhibitors.models import Exhibitor
from expo.errors import DomainError
from expo.models import OutgoingMail, Recipient
from journal.models import Entry, SealedUntil
from journal.posting import post_imported, post_refund
from journal.totals import DIMENSIONS, Totals
from journal.values import Refund, Reversal
from reports.errors import RecapError
from reports.models import BookLine, IssueProblem, Recap
from reports.queries import envelope_of, figures_of
from reports.recompute import recompute
from reports.schedule import issue_due
from reports.seal import seal, withdraw
from reports.verify import verify_recaps
from tests.factories import make_edition, wib
from tests.journal.ledger import history, make_sale
from tests.reports.cases import make_history, seal_at
from visits.domain.live import VIEW, count_hit
from visits.domain.places import find_place

pytestmark = pytest.mark.django_db


def late_sale(edition, amount=30_000):
    """Happened during the event, recorded by the database now."""
    from journal.posting import post_sale

    return post_sale(
        make_sale(
            edition=edition, exhibitor=Exhibitor.objects.first(), amount=amount, occurred_at=wib(2020, 11, 19, 15)
        )
    )


def test_sealed_recap_carries_number_hash_and_code():
    edition = make_history()
    recap = seal_at(edition, 2020, 11, 20, 13)
    assert recap.number == "UVO-II/2020/0001"
    assert recap.sha256 == hashlib.sha256(recap.figures.encode()).hexdigest()
    assert figures_of(recap).realised.total == 1_650_000
    assert recap.entries == 7
    envelope = envelope_of(recap)
    assert envelope.previous_sha256 is None
    assert envelope.url.endswith(f"/verifikasi/{recap.code}/")
    assert SealedUntil.objects.get(edition=edition).recorded_until == wib(2020, 11, 20, 13)


def test_sealing_twice_is_one():
    edition = make_history()
    assert seal_at(edition, 2020, 11, 20, 13) == seal_at(edition, 2020, 11, 20, 13)
    assert Recap.objects.count() == 1


def test_recaps_are_numbered_and_chained():
    edition = make_history()
    recaps = [seal_at(edition, 2020, 11, day) for day in (18, 19, 20)]
    assert [recap.number for recap in recaps] == [f"UVO-II/2020/000{n}" for n in (1, 2, 3)]
    assert [recap.previous for recap in recaps] == [None, *recaps[:2]]
    assert recaps[2].previous_sha256 == recaps[1].chain_sha256


def test_numbers_start_again_each_year_in_wib():
    edition = make_history()
    # Midnight of the new year closes the old one.
    assert seal_at(edition, 2021, 1, 1).number == "UVO-II/2020/0001"
    assert seal_at(edition, 2021, 1, 2).number == "UVO-II/2021/0001"


def test_together_recap_names_both_codes():
    first, second = make_edition(slug="uvo-1", code="UVO-I"), make_history()
    recap = seal([second, first, first], occurred_cutoff=wib(2020, 11, 20, 13))
    assert (recap.number, recap.scope) == ("UVO-I+UVO-II/2020/0001", "uvo-1+uvo-2")
    assert set(recap.editions.all()) == {first, second}


@pytest.mark.parametrize("which", ["occurred_cutoff", "recorded_cutoff"])
def test_cutoff_in_the_future_is_refused(which):
    edition = make_history()
    cutoffs = {"occurred_cutoff": wib(2020, 11, 20), which: timezone.now() + dt.timedelta(minutes=1)}
    if which == "occurred_cutoff":
        cutoffs["recorded_cutoff"] = wib(2020, 11, 20)
    with pytest.raises(DomainError, match="belum lewat"):
        seal([edition], **cutoffs)
    assert not Recap.objects.exists()


def test_old_recap_is_the_same_after_refunds_and_late_entries():
    edition = make_history()
    recap = seal_at(edition, 2020, 11, 20, 13)
    late_sale(edition)
    entry = Entry.objects.get(amount=1_000_000)
    post_refund(Refund(key="r", occurred_at=wib(2020, 11, 19), lines=(Reversal(entry_id=entry.pk, amount=300_000),)))
    edition.name = "Nama lain"
    edition.save()
    Exhibitor.objects.update(name="Lain")
    assert recompute(recap).to_json().decode() == recap.figures
    revision = seal_at(edition, 2020, 11, 20, 13, recorded=timezone.now())
    assert figures_of(revision).realised.total == 1_650_000 + 30_000 - 300_000
    assert recompute(recap).to_json().decode() == recap.figures
    assert not verify_recaps().findings


def test_revision_supersedes_and_bridges():
    edition = make_history()
    recap = seal_at(edition, 2020, 11, 20, 13)
    late_sale(edition)
    revision = seal_at(edition, 2020, 11, 20, 13, recorded=timezone.now())
    recap.refresh_from_db()
    assert (revision.number, revision.revision) == ("UVO-II/2020/0001/R1", 1)
    assert (recap.state, recap.superseded_by, revision.state) == ("superseded", revision, "current")
    assert envelope_of(recap).superseded_by == revision.number
    assert (envelope_of(revision).number, envelope_of(revision).revision) == ("UVO-II/2020/0001", 1)
    bridge = figures_of(revision).bridge
    assert (bridge.previous.number, bridge.opening, bridge.late_entries) == (recap.number, 1_650_000, 30_000)
    with pytest.raises(DomainError, match="lebih baru"):
        seal_at(edition, 2020, 11, 20, 13, recorded=wib(2020, 11, 21))


def test_bridge_starts_from_the_current_recap_before():
    edition = make_history()
    first = seal_at(edition, 2020, 11, 19)
    second = seal_at(edition, 2020, 11, 20)
    withdraw(second, by=None, reason="keliru")
    bridge = figures_of(seal_at(edition, 2020, 11, 20, 13)).bridge
    assert bridge.previous.number == first.number
    assert (bridge.opening, bridge.new_sales, bridge.refunds) == (1_000_000, 900_000, 250_000)


def test_importer_cannot_add_behind_a_seal():
    edition = make_history()
    seal_at(edition, 2020, 11, 20, 13)
    entry = history(edition=edition, exhibitor=Exhibitor.objects.first(), occurred_at=wib(2020, 11, 20, 12))
    with pytest.raises(IntegrityError, match="behind a seal"), transaction.atomic():
        post_imported([entry])


@pytest.mark.parametrize("table", DIMENSIONS)
def test_recap_with_a_table_that_does_not_add_up_is_not_sealed(monkeypatch, table):
    """Every table in turn loses the last row that has an amount, as a wrong query would lose it."""
    whole = Totals.tables.func

    def short(known):
        cells = whole(known)
        found = [cell for cell in cells[table] if cell.realised or cell.committed]
        return cells | {table: [cell for cell in cells[table] if cell is not found[-1]]}

    monkeypatch.setattr(Totals, "tables", property(short))
    with pytest.raises(DomainError, match=rf"tables\.({table}|reach)\b"):
        seal_at(make_history(), 2020, 11, 20, 13)
    assert not Recap.objects.exists()


def test_withdrawal_needs_a_reason_and_stays():
    recap = seal_at(make_history(), 2020, 11, 20, 13)
    with pytest.raises(DomainError):
        withdraw(recap, by=None, reason=" ")
    recap = withdraw(recap, by=None, reason="salah pameran")
    assert (recap.state, recap.withdrawal_reason) == ("withdrawn", "salah pameran")
    with pytest.raises(DomainError):
        withdraw(recap, by=None, reason="lagi")
    assert not verify_recaps().findings


def test_a_withdrawn_recap_can_be_followed_by_a_revision():
    edition = make_history()
    recap = withdraw(seal_at(edition, 2020, 11, 20, 13), by=None, reason="keliru")
    revision = seal_at(edition, 2020, 11, 20, 13, recorded=wib(2020, 11, 21))
    recap.refresh_from_db()
    assert (recap.state, recap.superseded_by) == ("withdrawn", revision)
    assert not verify_recaps().findings


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reports_recap SET figures = replace(figures, '1650000', '9650000')",
        "UPDATE reports_recap SET snapshot = '{}'",
        "UPDATE reports_recap SET number = 'X'",
        "UPDATE reports_recap SET code = '0000-0000-0'",
        "UPDATE reports_recap SET sha256 = repeat('0', 64)",
        "UPDATE reports_recap SET sealed_at = now()",
        "DELETE FROM reports_recap",
        "TRUNCATE reports_recap CASCADE",
    ],
)
def test_sealed_recap_cannot_be_changed(change):
    seal_at(make_history(), 2020, 11, 20, 13)
    with pytest.raises(IntegrityError), transaction.atomic():
        run(change)


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def test_withdrawn_recap_cannot_become_current_again():
    recap = withdraw(seal_at(make_history(), 2020, 11, 20, 13), by=None, reason="keliru")
    sql = "UPDATE reports_recap SET state='current', withdrawn_at=NULL, withdrawal_reason=''"
    with pytest.raises(IntegrityError), transaction.atomic():
        run(sql)
    recap.refresh_from_db()
    assert recap.state == "withdrawn"


def test_visits_that_still_lie_in_the_store_are_sealed():
    """Nobody has moved them into the database yet; after the seal they could not be added any more."""
    edition = make_history()
    place = find_place(edition.slug)
    for minute, address in ((58, "36.80.1.2"), (59, "36.80.1.3")):
        count_hit(place, wib(2020, 11, 20, 12, minute), VIEW, address, "Mozilla/5.0 (Linux; Android 10)", None)
    count_hit(place, wib(2020, 11, 20, 13), VIEW, "36.80.1.4", "Mozilla/5.0 (Linux; Android 10)", None)
    visits = figures_of(seal_at(edition, 2020, 11, 20, 13)).visits
    assert (visits.visits, visits.unique_total) == (2, 2)


def test_without_the_store_nothing_is_sealed(monkeypatch):
    def gone(*_):
        raise StoreIsGoneError

    monkeypatch.setattr("visits.domain.flush.redis_client", gone)
    with pytest.raises(RecapError, match="kunjungan"):
        seal_at(make_history(), 2020, 11, 20, 13)
    assert not Recap.objects.exists()


@pytest.mark.parametrize("name", ["call_off", "keep_up"])
def test_what_fails_after_the_seal_leaves_it_whole_and_on_its_way(name, settings, tmp_path, monkeypatch):
    """It is not told as a recap that waits, is shown among the statistics and mailed by the same tick."""
    settings.PRIVATE_ROOT = tmp_path
    edition = make_history()
    edition.recaps_from = wib(2020, 11, 20)
    edition.save()
    Recipient.objects.create(edition=edition, email="kadin@contoh.test")

    def failing(**options):
        raise OSError("no space left")

    for module in ("seal", "dispatch", "schedule"):
        monkeypatch.setattr(f"reports.{module}.{name}", failing, raising=False)
    (recap,) = issue_due(wib(2020, 11, 20, 1))
    assert not IssueProblem.objects.exists()
    assert Recap.objects.to_show().get() == recap
    assert OutgoingMail.objects.get().to == "kadin@contoh.test"
    monkeypatch.undo()
    assert issue_due(wib(2020, 11, 20, 1)) == []
    assert BookLine.objects.filter(kind="row").exists()
    assert OutgoingMail.objects.count() == 1
