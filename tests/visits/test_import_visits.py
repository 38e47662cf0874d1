import datetime as dt
import gzip
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from expo.commands import BadInputError
from tests.factories import make_booth, make_edition, make_hall, make_placement, wib
from tests.visits.hours import visit_hour
from visits.domain.accesslog import MalformedError, parse_line
from visits.domain.importing import LogImport
from visits.domain.salts import destroy_salts
from visits.domain.sketches import unique
from visits.domain.store import counting
from visits.models import BoothVisitHour, FlushedBucket, ImportedLog, Salt, VisitHour
from visits.queries import snapshot

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36"
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
NOON = wib(2020, 11, 18, 12)


@pytest.fixture
def edition():
    edition = make_edition(slug="uvo-2")
    make_hall(edition=edition, slug="uvo-2-fesyen")
    return edition


def page(at=NOON, path="/", address="36.80.1.2", browser=PHONE, status=200, method="GET", user="-"):
    if isinstance(at, int):
        at = NOON + dt.timedelta(minutes=at)
    stamp = at.strftime("%d/%b/%Y:%H:%M:%S %z")
    return f'{address} - {user} [{stamp}] "{method} {path} HTTP/1.1" {status} 5120 "-" "{browser}"'


def line(at=NOON, path="/", **said):
    """A page and the picture that counts, as a browser asks for them: two lines."""
    return f"{page(at, path, **said)}\n{page(at, '/kunjungan.gif?e=uvo-2&h=lobby', **said)}"


@pytest.fixture
def count(tmp_path, edition, capsys):
    """Import files of these lines; returns the command's JSON."""

    def run(*files, name="access.log", add=False):
        paths = []
        for number, lines in enumerate(files):
            paths.append(tmp_path / f"{number}-{name}")
            paths[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
        call_command("import_visits", *map(str, paths), edition="uvo-2", format="json", add=add)
        return json.loads(capsys.readouterr().out)

    return run


def part(result, *names):
    return {name: result[name] for name in names}


def test_counts_visits_by_the_rules_of_live_traffic(count, edition):
    result = count([line(0), line(29, "/cari/?q=batik"), line(59), line(60, address="36.80.1.3")])
    assert part(result, "lines", "visits", "page_views") == {"lines": 8, "visits": 3, "page_views": 4}
    assert snapshot([edition.pk], wib(2020, 11, 19))["visits"] == 3
    assert snapshot([edition.pk], wib(2020, 11, 19))["unique_total"] == 2


def test_a_crowd_of_one_address_is_left_out_as_in_live_traffic(count, edition, monkeypatch):
    """The same hits as in tests/visits/test_pixel.py, and a log that has grown since."""
    monkeypatch.setattr("visits.domain.counting.MOST_OF_AN_ADDRESS", 2)
    lines = [line(number, browser=f"{PHONE} {number}") for number in range(5)]
    lines += [line(6, browser=f"{PHONE} 0"), line(7, address="36.80.1.3"), line(61, browser=f"{PHONE} 4")]
    assert part(count(lines), "visits", "page_views", "bots") == {"visits": 4, "page_views": 5, "bots": 3}
    assert snapshot([edition.pk], wib(2020, 11, 19))["unique_total"] == 4
    grown = count([*lines, line(8, browser=f"{PHONE} 9"), line(70, browser=f"{PHONE} 9")], name="access.log")
    assert part(grown, "visits", "page_views", "bots") == {"visits": 1, "page_views": 1, "bots": 1}


def test_order_of_lines_does_not_matter(count):
    lines = [line(minute, address=f"36.80.1.{minute % 3}") for minute in range(0, 200, 7)]
    first = count(lines)
    with counting():
        VisitHour.objects.all().delete()
    ImportedLog.objects.all().delete()
    assert count(lines[::-1]) == first


def test_booths_and_their_products_are_found_by_address(count, edition):
    booth = make_booth(edition=edition)
    product = make_placement(booth=booth).product
    paths = [
        f"/stan/uvo-2/{booth.slug}/",
        f"/en/stan/uvo-2/{booth.slug}/",
        f"/produk/{product.slug}/?stan=uvo-2",
        f"/en/produk/{product.slug}/",
        "/aula/uvo-2-fesyen/",
        "/pameran/uvo-2/",
    ]
    result = count([line(minute, path) for minute, path in enumerate(paths)])
    assert part(result, "visits", "page_views", "booth_visits") == {"visits": 1, "page_views": 6, "booth_visits": 1}
    row = BoothVisitHour.objects.get()
    assert (row.visits, row.period, unique([row.sketch])) == (1, "run", 1)


STYLES = "/static/css/site.css"


@pytest.mark.parametrize(
    ("lines", "visits", "unconfirmed"),
    [
        ([page(0)], 0, 1),
        ([page(0), page(0, address="36.80.1.3")], 0, 2),
        ([page(0), page(31)], 0, 2),
        ([page(0), page(29)], 1, 0),
        ([page(0), page(1, STYLES)], 1, 0),
        ([page(1, "/kunjungan.gif?e=uvo-2&h=lobby"), page(0)], 1, 0),
        ([page(0), page(1, "/robots.txt"), page(2, STYLES, status=404), page(3, STYLES, method="HEAD")], 0, 1),
        ([page(0), page(1, STYLES, browser=BOT)], 0, 1),
        ([page(0), page(1, STYLES), page(90)], 1, 1),
    ],
)
def test_a_page_that_nothing_followed_is_no_visit(count, lines, visits, unconfirmed):
    result = count(lines)
    assert part(result, "visits", "unconfirmed", "bots") == {"visits": visits, "unconfirmed": unconfirmed, "bots": 0}
    assert result["lines"] == result["page_views"] + result["unconfirmed"] + result["other"]


def test_what_is_confirmed_by_a_log_that_has_grown_counts_then(count):
    assert part(count([page(0), line(1, address="36.80.1.3")]), "visits", "unconfirmed") == {
        "visits": 1, "unconfirmed": 1,
    }  # fmt: skip
    grown = count([page(0), line(1, address="36.80.1.3"), page(5), page(7, address="36.80.1.3")])
    assert part(grown, "known", "visits", "page_views") == {"known": 3, "visits": 1, "page_views": 3}
    assert sum(VisitHour.objects.values_list("visits", flat=True)) == 2
    assert sum(VisitHour.objects.values_list("page_views", flat=True)) == 4


def test_other_addresses_and_failures_are_told_apart(count):
    lines = [
        page(path="/static/css/site.css"),
        page(path="/kunjungan.gif?e=uvo-2&h=lobby"),
        page(path="/stan/uvo-1/siapa/"),
        page(path="/produk/tidak-ada/"),
        page(path="/pameran/uvo-1/"),
        page(path="http://[kacau/"),
        page(status=404),
        page(status=302),
        page(method="POST"),
        page(status=304),
    ]
    assert part(count(lines), "other", "page_views") == {"other": 9, "page_views": 1}


@pytest.mark.parametrize("path", ["/dasbor/", "/en/dasbor/pesanan/", "/admin/orders/order/", "/laporan/hari-ini/"])
def test_who_was_shown_what_lies_behind_the_sign_in_is_of_the_house_that_day(count, path):
    owner, other = "36.80.1.9", "36.80.1.8"
    early, behind, late = line(address=owner), page(5, path, address=owner), line(at=8 * 60, address=owner)
    next_day = line(at=24 * 60, address=owner)
    turned_away = page(5, path, address=other, status=302)
    result = count([early, behind, late, next_day, turned_away, line(address=other)])
    assert part(result, "staff", "visits", "page_views") == {"staff": 2, "visits": 2, "page_views": 2}
    assert sum(VisitHour.objects.values_list("staff", flat=True)) == 2


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/jsi18n/", "/dasbor/unggahan/abc/", "/admin.php", "/laporan"])
def test_what_anybody_is_shown_tells_nothing(count, path):
    assert part(count([line(), page(2, path)]), "staff", "visits") == {"staff": 0, "visits": 1}


def test_bots_heads_and_people_who_signed_in_are_counted_apart(count):
    result = count([line(browser=BOT), line(browser="-"), line(method="HEAD"), line(user="kurator"), line()])
    assert part(result, "bots", "staff", "visits") == {"bots": 3, "staff": 1, "visits": 1}
    assert (VisitHour.objects.get().bots, VisitHour.objects.get().staff) == (3, 1)


def test_outside_the_moments_is_counted_apart(count):
    result = count([line(wib(2020, 11, 15, 23, 59, 59)), line(wib(2020, 11, 16))])
    assert part(result, "outside", "visits") == {"outside": 1, "visits": 1}


def test_malformed_lines_are_named_and_skipped(count):
    lines = ["", "not a line", line(), page().replace("18/Nov", "31/Nov"), page().replace("Nov", "Nop"), "\x00\x16\x03"]
    result = count(lines)
    assert part(result, "lines", "malformed", "visits") == {"lines": 7, "malformed": 5, "visits": 1}
    assert [bad["line"] for bad in result["first_malformed"]] == [1, 2, 5, 6, 7]
    assert result["first_malformed"][2]["reason"] == "no such moment"


def test_same_file_twice_adds_nothing(count):
    lines = [line(0), line(browser=BOT), line(90)]
    count(lines)
    again = count(lines)
    assert part(again, "known", "visits", "bots") == {"known": 6, "visits": 0, "bots": 0}
    assert sum(VisitHour.objects.values_list("visits", flat=True)) == 2
    assert ImportedLog.objects.count() == 1


def test_a_log_that_has_grown_adds_what_is_new(count):
    lines = [line(0), line(10)]
    count(lines)
    grown = count([*lines, line(20), line(60)])
    assert part(grown, "known", "visits", "page_views") == {"known": 4, "visits": 1, "page_views": 2}
    assert sum(VisitHour.objects.values_list("visits", flat=True)) == 2


def test_packed_is_the_same_file(count, tmp_path, edition, capsys):
    lines = [line(0), line(10)]
    count(lines)
    packed = tmp_path / "access.log.gz"
    packed.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode()))
    call_command("import_visits", str(packed), edition="uvo-2", format="json")
    assert json.loads(capsys.readouterr().out)["known"] == 4


def test_a_visit_over_the_border_of_two_files_is_one(count):
    midnight = wib(2020, 11, 19)
    before, after = line(midnight - dt.timedelta(minutes=10)), line(midnight + dt.timedelta(minutes=10))
    assert count([before], [after])["visits"] == 1


def test_midnight_belongs_to_the_day_that_begins(count, edition):
    midnight = wib(2020, 11, 19)
    count([line(midnight - dt.timedelta(seconds=1)), line(midnight, address="36.80.1.9")])
    days = snapshot([edition.pk], wib(2020, 11, 20))["days"]
    assert [(day["day"], day["visits"]) for day in days] == [("2020-11-18", 1), ("2020-11-19", 1)]


def test_offsets_are_understood(count, edition):
    count([line().replace("12:00:00 +0700", "17:30:00 +0000")])
    assert VisitHour.objects.get().hour == wib(2020, 11, 19, 0)


def test_after_the_salt_is_gone_nobody_is_recognised(count, edition):
    Salt.objects.create(edition=edition, period="run", secret=None, destroyed_at=NOON)
    count([line()])
    assert VisitHour.objects.get().period == "run/2"


def test_a_log_of_hours_that_were_counted_live_is_refused(count, edition):
    visit_hour(edition=edition, hour=NOON, period="run", visits=5, page_views=9)
    with pytest.raises(BadInputError, match="counted live already: 1, the first at 2020-11-18 12"):
        count([line(), line(at=90)])
    assert VisitHour.objects.get().visits == 5
    assert not ImportedLog.objects.exists()
    count([line(at=90)])  # of another hour
    count([line(at=90), line(at=95)])  # and grown
    assert VisitHour.objects.count() == 2
    FlushedBucket.objects.create(edition=edition, bucket=f"run@{int(NOON.timestamp())}", began="1")
    with pytest.raises(BadInputError, match="counted live already: 1"):
        count([line(at=150), line()])


def test_live_counts_and_imported_ones_are_added_if_that_is_meant(count, edition):
    visit_hour(edition=edition, hour=NOON, period="run", visits=5, page_views=9)
    count([line()], add=True)
    assert (VisitHour.objects.get().visits, VisitHour.objects.get().page_views) == (6, 10)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["x.log", "--edition", "nirgends"], "no edition"), (["gone.log", "--edition", "uvo-2"], "No such file")],
)
def test_bad_input_is_one_sentence(edition, arguments, sentence):
    with pytest.raises(BadInputError, match=sentence) as error:
        call_command("import_visits", *arguments)
    assert error.value.returncode == 2


def test_a_damaged_file_changes_nothing(tmp_path, edition):
    path = tmp_path / "access.log.gz"
    packed = gzip.compress("\n".join([page()] * 5000).encode())
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(BadInputError, match="damaged"):
        call_command("import_visits", str(path), edition="uvo-2")
    assert not VisitHour.objects.exists()


def test_quotes_within_quotes_and_extra_fields_are_read():
    hit = parse_line(page(browser=r"Mozilla/5.0 \"odd\" browser") + ' "203.0.113.9" 0.012')
    assert hit.browser == r"Mozilla/5.0 \"odd\" browser"
    with pytest.raises(MalformedError):
        parse_line(page() + "x")


def test_two_logs_of_one_size_are_each_known_again(count, edition):
    first, second = [line(0)], [line(0, address="36.80.1.3")]
    assert len("".join(first)) == len("".join(second))
    assert count(first)["visits"] == count(second)["visits"] == 1
    for again in (first, second):
        assert part(count(again), "visits", "known") == {"visits": 0, "known": 2}
    assert sum(hour.visits for hour in VisitHour.objects.all()) == 2


@pytest.mark.django_db(transaction=True)
def test_a_fair_goes_on_selling_while_its_log_is_imported(count, edition, monkeypatch):
    """What is sold refers to the edition and has to be stored meanwhile; the salt in use is not destroyed."""
    count([line(0)])
    tried, go_on = [], LogImport.leave_out_unconfirmed

    def sell(self):
        with ThreadPoolExecutor(1) as other:
            tried.append(other.submit(in_a_connection_of_its_own, refer_to, edition).result())
            tried.append(other.submit(in_a_connection_of_its_own, destroy_salts, edition).result())
        go_on(self)

    monkeypatch.setattr(LogImport, "leave_out_unconfirmed", sell)
    count([line(0, address="36.80.1.3")])
    assert tried == ["done", "waits"]
    assert Salt.objects.filter(secret__isnull=False).exists()


def refer_to(edition):
    make_hall(edition=edition, slug="uvo-2-kriya", letter="K")


def in_a_connection_of_its_own(work, *arguments) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            work(*arguments)
    except OperationalError:
        return "waits"
    finally:
        connection.close()
    return "done"
