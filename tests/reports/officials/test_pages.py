"""Officials' pages as they are asked for: who may, what they show, what nonsense gets."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exhibitors.models import Exhibitor
from expo.formats import rupiah
from expo.memo import forget
from expo.models import Edition
from reports.seal import withdraw
from reports.snapshot import Snapshot
from tests.factories import make_edition, wib
from tests.journal.ledger import history, post_history
from tests.reports.cases import make_history, seal_at
from tests.reports.test_rules import first_world, golden

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]
MOMENT = {"pameran": "uvo-2", "terjadi": "2020-11-20T13:00"}
PAGES = ["live", "moment", "sides", "comparison", "entries", "entries-file", "list"]


@pytest.fixture
def edition(db):
    return make_history()


@pytest.fixture
def recap(edition):
    return seal_at(edition, 2020, 11, 20, 13)


@pytest.fixture
def desk(as_user, official):
    return as_user(official)


def page(client, name, *args, **asked) -> str:
    response = client.get(reverse(f"reports:{name}", args=args), asked)
    assert response.status_code == 200, (name, asked)
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_officials_with_a_second_factor(request, client, as_user, settings, official, recap, name):
    address = reverse(f"reports:{name}")
    assert "/akun/login/" in client.get(address)["Location"]
    for person in ("shopper", "owner", "curator"):
        assert as_user(request.getfixturevalue(person)).get(address).status_code == 403
    settings.SECOND_FACTOR_REQUIRED = True
    assert "/2fa/" in as_user(official).get(address)["Location"]


def test_today_so_far_counts_what_was_sold_today_and_is_marked(desk, recap, edition):
    now = timezone.now()
    exhibitor = Exhibitor.objects.first()
    post_history(
        history(edition=edition, exhibitor=exhibitor, occurred_at=now - dt.timedelta(seconds=2), amount=123_456)
    )
    shown = page(desk, "live")
    assert "Belum disegel. Jangan dikutip." in shown
    assert rupiah(1_650_000 + 123_456) in shown
    assert 'hx-trigger="refresh"' in shown
    assert reverse("reports:moment") in shown


def test_the_poll_answers_with_the_middle_part_alone(desk, edition):
    address = reverse("reports:live")
    fragment = desk.get(address, {"pameran": edition.slug}, headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<div class="stack stack--loose" id="live"')
    assert "<html" not in fragment
    assert desk.get(address, {"pameran": "tidak-ada"}).status_code == 404


def test_many_polls_ask_the_journal_once(desk, edition):
    address = reverse("reports:live")
    desk.get(address)
    with CaptureQueriesContext(connection) as queries:
        desk.get(address, headers={"HX-Request": "true"})
    assert not [query["sql"] for query in queries if "journal_entry" in query["sql"]]
    forget()
    with CaptureQueriesContext(connection) as queries:
        desk.get(address, headers={"HX-Request": "true"})
    assert [query["sql"] for query in queries if "journal_entry" in query["sql"]]


def test_without_editions_today_leads_to_the_recaps(desk):
    assert desk.get(reverse("reports:live"))["Location"] == reverse("reports:list")


def test_any_moment_is_answered_and_says_whether_it_is_sealed(desk, recap):
    shown = page(desk, "moment", **MOMENT)
    assert rupiah(1_650_000) in shown
    assert recap.number in shown
    assert "Belum disegel" not in shown
    shown = page(desk, "moment", **{**MOMENT, "terjadi": "2020-11-19T00:00"})
    assert rupiah(1_000_000) in shown
    assert "Belum disegel" in shown


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"pameran": "uvo-2", "terjadi": "2999-01-01T00:00"}, "Saat ini belum tiba."),
        ({"pameran": "uvo-2", "terjadi": "0001-01-01T00:00"}, "Pilih saat sesudah tahun 2000."),
        ({"pameran": "lain", "terjadi": "2020-11-20T13:00"}, "lain"),
        ({"terjadi": "kemarin"}, "kemarin"),
    ],
)
def test_an_impossible_moment_is_said_at_its_field(desk, recap, asked, said):
    shown = page(desk, "moment", **asked)
    assert said in shown
    assert "Catatan jurnal" not in shown


@pytest.mark.parametrize(("format", "start"), [("json", b'{"bridge"'), ("csv", b"PK")])
def test_an_unsealed_moment_is_downloaded_as_such(desk, recap, format, start):
    address = reverse("reports:moment-file", args=[format])
    response = desk.get(address, {**MOMENT, "terjadi": "2020-11-19T00:00"})
    assert response.content.startswith(start)
    assert "belum-disegel" in response["Content-Disposition"]
    assert desk.get(address, MOMENT)["Location"] == reverse("reports:file", args=[recap.pk, format])
    assert (
        desk.get(address).status_code
        == desk.get(reverse("reports:moment-file", args=["exe"]), MOMENT).status_code
        == 404
    )


def test_a_recap_leads_from_every_row_to_its_entries(desk, recap):
    shown = page(desk, "detail", recap.pk)
    address = f"{reverse('reports:entries')}?rekap={recap.pk}&amp;"
    for asked in (
        "angka=realised.total",
        "angka=bridge.new_sales",
        "tabel=regency&amp;baris=33.73",
        "tabel=category&amp;baris=",
    ):
        assert f"{address}{asked}" in shown


def test_entries_say_their_sum_their_filter_and_nothing_of_buyers(desk, recap):
    shown = page(desk, "entries", rekap=recap.pk, tabel="destination", baris="QA")
    for text in (rupiah(900_000), rupiah(400_000), rupiah(500_000), "Qatar", "Keramik", recap.number):
        assert text in shown
    assert "/admin/" not in shown
    shown = page(desk, "entries", rekap=recap.pk, angka="realised.refunds")
    assert rupiah(250_000) in shown


def test_links_into_the_administration_are_for_those_who_may(as_user, finance, recap):
    shown = page(as_user(finance), "entries", rekap=recap.pk, angka="realised.total")
    assert "/admin/journal/entry/" in shown
    assert "/admin/exhibitors/exhibitor/" in shown


def test_entries_as_a_file_are_all_of_them(desk, recap):
    response = desk.get(reverse("reports:entries-file"), {"rekap": recap.pk, "angka": "realised.total"})
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert sum(int(line.rsplit(",", 1)[1]) for line in lines[1:]) == 1_650_000
    assert lines[0].endswith("quantity,amount")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"rekap": "999999"},
        {"rekap": "x"},
        {"rekap": "1", "angka": "visits.visits"},
        {"tabel": "planet", "baris": "x"},
        {"tabel": "day", "baris": "kemarin"},
        {"tabel": "exhibitor", "baris": "9" * 30},
        {"tanpa": "999999"},
    ],
)
def test_entries_of_nothing_are_not_found(desk, recap, asked):
    known = {} if "rekap" in asked or not asked else {"rekap": recap.pk}
    assert desk.get(reverse("reports:entries"), {**known, **asked}).status_code == 404
    assert desk.get(reverse("reports:entries-file"), {**known, **asked}).status_code == 404


def test_editions_stand_side_by_side_on_the_same_day_of_their_run(desk, edition):
    later = make_edition(
        slug="uvo-3",
        name="UVO III",
        opens_at=wib(2021, 3, 1, 9),
        closes_at=wib(2021, 3, 3, 16),
        sales_open=wib(2021, 2, 1),
    )
    post_history(
        history(edition=later, exhibitor=Exhibitor.objects.first(), occurred_at=wib(2021, 3, 2, 10), amount=5_000),
        history(edition=later, exhibitor=Exhibitor.objects.first(), occurred_at=wib(2021, 3, 3, 10), amount=7_000),
    )
    shown = page(desk, "sides", pameran=[edition.slug, later.slug], hari=2)
    # Day 2 of one is 19 November, of the other 2 March: 1,000,000 + 500,000 + 400,000 beside 5,000.
    for text in ("20 November 2020", "3 Maret 2021", rupiah(1_900_000), rupiah(5_000), rupiah(900_000)):
        assert text in shown
    assert rupiah(7_000) not in shown
    shown = page(desk, "sides", pameran=[edition.slug, later.slug], hari=2, jam="09:30")
    assert rupiah(1_400_000) in shown
    assert rupiah(5_000) not in shown


def test_two_recaps_differ_by_entries_that_are_listed(desk, recap, edition):
    exhibitor = Exhibitor.objects.first()
    post_history(
        history(edition=edition, exhibitor=exhibitor, occurred_at=wib(2020, 11, 20, 14), amount=60_000),
        history(
            edition=edition,
            exhibitor=exhibitor,
            occurred_at=wib(2020, 11, 19),
            recorded_at=wib(2020, 11, 20, 15),
            amount=9_000,
        ),
    )
    second = seal_at(edition, 2020, 11, 20, 16)
    shown = page(desk, "comparison", dari=recap.pk, ke=second.pk)
    for text in (rupiah(1_650_000), rupiah(1_719_000), rupiah(60_000), rupiah(9_000), rupiah(69_000)):
        assert text in shown
    assert "Jurnal tidak lagi" not in shown
    assert rupiah(60_000) in page(desk, "entries", rekap=second.pk, angka="bridge.new_sales", tanpa=recap.pk)
    back = page(desk, "comparison", dari=second.pk, ke=recap.pk)
    assert "hanya di rekap pertama" in back
    assert "Jurnal tidak lagi" not in back


def test_recaps_of_different_scope_are_compared_too(desk, recap, edition):
    from reports.seal import seal

    other = make_edition(slug="uvo-1")
    post_history(
        history(edition=other, exhibitor=Exhibitor.objects.first(), occurred_at=wib(2020, 11, 18), amount=77_000)
    )
    both = seal([edition, other], occurred_cutoff=wib(2020, 11, 20, 13))
    shown = page(desk, "comparison", dari=recap.pk, ke=both.pk)
    assert rupiah(1_727_000) in shown
    assert "Jurnal tidak lagi" not in shown


def test_newest_recap_and_the_one_before_it_are_offered_first(desk, recap, edition):
    from reports.seal import seal

    second = seal_at(edition, 2020, 11, 20, 14)
    alone = make_edition(slug="uvo-1")
    seal([alone], occurred_cutoff=wib(2020, 11, 20, 13))
    shown = page(desk, "comparison")
    for chosen in (recap, second):
        assert shown.count(f'<option value="{chosen.pk}" selected>') == 1


def test_a_recap_beside_itself_is_said_kindly(desk, recap):
    shown = page(desk, "comparison", dari=recap.pk, ke=recap.pk)
    assert "Ini rekap yang sama" in shown
    assert "Angka yang berbeda" not in shown


def test_a_recap_of_old_rules_is_compared_in_both_directions(desk, monkeypatch):
    cutoffs = first_world()
    (edition,) = Edition.objects.filter(pk__in=cutoffs.editions)
    with monkeypatch.context() as patch:
        patch.setattr("reports.seal.capture", lambda *_: Snapshot.from_json(golden("rules-1-snapshot.json")))
        old = seal_at(edition, 2020, 11, 20, 13)
    assert (old.rules, old.figures.encode()) == (1, golden("rules-1-figures.json"))
    new = seal_at(edition, 2020, 11, 20, 12)
    for first, second in ((old, new), (new, old)):
        shown = page(desk, "comparison", dari=first.pk, ke=second.pk)
        assert f"Menurut jangkauan: tabel ini tidak ada di {old.number}" in shown
        assert shown.count("tabel ini tidak ada") == 1
        versions = {old: 1, new: 3}
        assert f"{first.number} dihitung dengan aturan versi {versions[first]}, {second.number} dengan" in shown
    revision = page(desk, "detail", seal_at(edition, 2020, 11, 20, 13, recorded=wib(2020, 11, 21)).pk)
    assert "Rekap sebelumnya dihitung dengan aturan versi 1, rekap ini dengan versi 3." in revision


def test_a_recap_is_quoted_in_both_languages_until_it_is_withdrawn(desk, recap):
    shown = page(desk, "detail", recap.pk)
    assert shown.count(f"kode {recap.code}") == 2  # the sentence and what its button copies
    assert shown.count(f"code {recap.code}") == 2
    withdraw(recap, by=None, reason="salah pameran")
    shown = page(desk, "detail", recap.pk)
    assert "data-copy" not in shown
    assert "salah pameran" in shown


@pytest.mark.parametrize("name", ["moment", "entries", "sides", "comparison", "detail", "live"])
def test_queries_do_not_grow_with_the_entries(desk, recap, edition, name):
    second = seal_at(edition, 2020, 11, 20, 12)
    asked = {
        "moment": MOMENT,
        "entries": {**MOMENT, "angka": "realised.total"},
        "sides": {"pameran": [edition.slug], "hari": 2},
        "comparison": {"dari": second.pk, "ke": recap.pk},
    }.get(name, {})
    args = [recap.pk] if name == "detail" else []

    def cost() -> int:
        forget()
        with CaptureQueriesContext(connection) as queries:
            page(desk, name, *args, **asked)
        return len(queries)

    cost()
    few = cost()
    exhibitor = Exhibitor.objects.first()
    late = wib(2020, 11, 21)
    post_history(
        *(
            history(edition=edition, exhibitor=exhibitor, occurred_at=wib(2020, 11, 19, hour), recorded_at=late)
            for hour in range(24)
        )
    )
    assert cost() == few <= 50
