"""The demonstration reproduces what was published, whatever the file says."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Max, Sum

from catalog.models import ImportJob, Placement, Product
from demo.editions import TODAY
from demo.figures import FILE, Figure, FiguresError, read_figures
from demo.gallery import NoGallery
from demo.load import build_shows, load_demo, replay
from exhibitors.models import Booth, Exhibitor
from expo.commands import BadInputError
from expo.formats import WIB
from expo.models import Edition
from inquiries.models import Inquiry
from journal.models import Entry
from orders.models import Method, Order, StandReturn, StandSale
from orders.states import FeeState, OrderState, PaymentState
from reports.models import Recap
from reports.newsroom import keep_check, result_of
from reports.queries import figures_of
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


def quietly(_line):
    pass


def load(path=FILE):
    return load_demo(path, progress=quietly, gallery=NoGallery)


def counted(measure, ids, cutoff):
    entries = Entry.objects.filter(edition__in=ids, measure=measure, occurred_at__lt=cutoff, recorded_at__lt=cutoff)
    return entries.exclude(evidence="D").aggregate(total=Sum("amount"))["total"] or 0


def shown(figure: Figure) -> int:
    """What the recap says that was sealed at the moment of the figure."""
    recap = figures_of(Recap.objects.get(scope="+".join(sorted(figure.editions)), occurred_cutoff=figure.as_of))
    return {
        "realised": recap.realised.total,
        "committed": recap.committed.total,
        "visits": recap.visits.visits,
        "booth_visits_max": recap.visits.busiest_booth.visits if recap.visits.busiest_booth else 0,
        "inquiries": recap.inquiries.sent,
        "products_on_show": recap.products.on_show,
    }[figure.measure]


def check_everything_published(path=FILE):
    figures = [figure for show in read_figures(path) for figure in show.figures]
    off = {f.id: shown(f) for f in figures if f.measure != "destinations" and not f.low <= shown(f) <= f.high}
    assert off == {}
    return {figure.id for figure in figures}


def test_everything_published_comes_out_and_a_second_run_changes_nothing(django_assert_max_num_queries):
    assert load()
    ids = check_everything_published()
    assert {"uvo1-total-1120", "uvo2-total-1120", "uvo12-total-1120", "uvo1-orders-1028"} <= ids
    for show in read_figures():
        edition = Edition.objects.get(slug=show.slug)
        assert edition.booths.count() == show.exhibitors
        assert Placement.objects.filter(booth__edition=edition).count() == show.products
        assert Entry.objects.filter(edition=edition).exclude(source_kind="import").count() == 0
        regencies = Booth.objects.filter(edition=edition).values("exhibitor__regency").distinct()
        assert regencies.count() == 35
        assert max(edition.halls.values_list("pk").annotate(n=Max("booths__row")).values_list("n", flat=True)) <= 3
    check_the_order_to_qatar()
    check_destinations()
    check_today()
    check_the_news()
    check_the_month()
    before = Entry.objects.count(), Product.objects.count(), Exhibitor.objects.count()
    with django_assert_max_num_queries(2):
        assert not load()
    assert before == (Entry.objects.count(), Product.objects.count(), Exhibitor.objects.count())


def check_the_order_to_qatar():
    promises = Entry.objects.filter(edition__slug="uvo-1", measure="committed", nature="sale")
    assert {(e.destination_code, e.regency_label, e.category_code) for e in promises} == {
        ("QA", "Kota Salatiga", "keramik")
    }
    assert promises.aggregate(total=Sum("amount"))["total"] == 1_200_000_000
    paid = Entry.objects.filter(edition__slug="uvo-1", measure="realised", on_order=True)
    assert paid.aggregate(total=Sum("amount"))["total"] == 1_200_000_000
    assert {entry.reverses.measure for entry in paid} == {"committed"}
    end = dt.datetime(2020, 11, 20, 6, tzinfo=dt.UTC)
    assert counted("committed", [promises[0].edition_id], end) == 0


def check_destinations():
    entries = Entry.objects.filter(edition__slug="uvo-2", recorded_at__lt=dt.datetime(2020, 11, 20, 6, tzinfo=dt.UTC))
    far = entries.exclude(destination_code__startswith="3").exclude(destination_code="")
    assert set(far.values_list("destination_code", flat=True)) == {"62.71", "HK", "SG"}


def check_the_news():
    """What the papers wrote of the closing day, in our own words: the replay tells right from wrong."""
    text = (
        "Dua gelaran UKM Virtual Expo membukukan total transaksi Rp4,8 miliar hingga Jumat (20/11/2020). UVO I meraih "
        "Rp3,48 miliar dan UVO II Rp230 juta. Panitia lain menyebut gabungan UVO I dan UVO II Rp3.715.382.000. "
        "UVO II dikunjungi puluhan ribu orang; lebih dari 2.700 item terjual."
    )
    result, _book = result_of(keep_check(text))
    found = {text[each.start : each.end]: each for each in result.findings}
    assert {words: str(each.status) for words, each in found.items()} == {
        "Rp4,8 miliar": "contradicted",
        "Jumat (20/11/2020)": "match",
        "Rp3,48 miliar": "match",
        "Rp230 juta": "match",
        "Rp3.715.382.000": "match",
        "puluhan ribu": "contradicted",
        "lebih dari 2.700": "other",
    }
    assert found["Rp4,8 miliar"].verdict.figures[0].recap.scope == ("uvo-1", "uvo-2")
    assert found["puluhan ribu"].verdict.sealed == 9_500


def check_the_month():
    """What one month of two editions together counts is what its days count, each once."""
    month = Recap.objects.get(since__isnull=False)
    assert month.number == "UVO-I+UVO-II/2020/P0001"
    since, until = month.since, month.occurred_cutoff
    assert [moment.astimezone(WIB).isoformat() for moment in (since, until)] == [
        "2020-11-01T00:00:00+07:00",
        "2020-12-01T00:00:00+07:00",
    ]
    entries = Entry.objects.filter(edition__in=month.editions.all(), measure="realised").exclude(evidence="D")
    within = entries.filter(occurred_at__gte=since, occurred_at__lt=until, recorded_at__lt=until)
    assert figures_of(month).realised.total == within.aggregate(total=Sum("amount"))["total"] > 0


def check_today():
    edition = Edition.objects.get(slug=TODAY)
    assert edition.phase == "during"
    assert edition.recaps_from < edition.opens_at
    assert edition.booths.count() == 24
    assert all(booth.exhibitor.takes_transfers for booth in edition.booths.select_related("exhibitor"))
    assert Inquiry.objects.filter(edition=edition, state="open").count() == 3
    assert Entry.objects.filter(edition=edition).exists()
    assert Exhibitor.objects.filter(state="submitted", booths=None).count() == 3
    orders = Order.objects.filter(edition=edition)
    assert set(orders.values_list("state", flat=True)) == set(OrderState.values)
    to_quote = orders.filter(fee_state=FeeState.WAITING)
    assert to_quote.exists()
    asked = orders.exclude(pk__in=to_quote.values("pk"))
    assert set(asked.values_list("payments__state", flat=True)) == set(PaymentState.values)
    assert set(asked.values_list("payments__method", flat=True)) == {Method.TRANSFER, Method.QRIS, Method.CASH}
    assert ImportJob.objects.get().counts["outcomes"] == {"drafted": 3, "added": 1, "left": 2}
    check_the_stand(edition)


def check_the_stand(edition):
    """One day signed off, one open, one mistake and one piece taken back; the journal says the same."""
    sales = StandSale.objects.filter(edition=edition)
    assert (sales.count(), sales.filter(voided_at=None, sign_off=None).count()) == (9, 3)
    returned = sum(StandReturn.objects.filter(sale__in=sales).values_list("amount", flat=True))
    assert returned
    signed = sum(sale.amount for sale in sales.exclude(sign_off=None)) - returned
    onsite = Entry.objects.filter(edition=edition, transaction_key__startswith="kasir/")
    assert onsite.filter(evidence="C").aggregate(total=Sum("amount"))["total"] == signed


@pytest.fixture
def changed_file(tmp_path):
    """The published file with other numbers: other sums, other counts, a promise that nobody has paid."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    first, second = content["editions"][:2]
    content["editions"] = [first, second]
    first |= {"exhibitors": 37, "products": 51, "categories": ["furnitur", "kerajinan tangan"]}
    second |= {"exhibitors": 12, "products": 40}
    numbers = {
        "uvo1-paid-1025": 21_000_000,
        "uvo1-retail-1028": 30_000_000,
        "uvo1-total-1120": 777_777_777,
        "uvo1-visits-1028": 311,
        "uvo1-busiest-booth-1028": 29,
        "uvo2-total-1120": 37,
        "uvo12-total-1120": 777_777_814,
        "uvo2-visits-1120": 77,
        "uvo2-products-1120": 40,
        "uvo2-inquiries-1120": 5,
    }
    for figure in [*first["figures"], *second["figures"]]:
        key = "idr" if "idr" in figure else "count"
        figure[key] = numbers.get(figure["id"], figure.get(key))
        figure["precision"] = 1_000_000
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_replay_follows_the_file_and_is_deterministic(changed_file):
    with transaction.atomic():  # the past alone, all that the file says: what follows is today, and no part of it
        *past, _today = build_shows(read_figures(changed_file))[2]
        for stand in past:
            replay(stand, quietly)
        first = essence()
        transaction.set_rollback(True)
    assert first
    load(changed_file)
    assert essence() == first
    check_everything_published(changed_file)
    edition = Edition.objects.get(slug="uvo-1")
    assert (edition.booths.count(), edition.halls.count()) == (37, 2)
    later = dt.datetime(2021, 6, 1, tzinfo=dt.UTC)
    assert counted("committed", [edition.pk], later) == 1_200_000_000, "no stretch has room for its payment"


def essence() -> list[tuple]:
    entries = Entry.objects.exclude(edition__slug=TODAY).order_by("source_key")
    return list(entries.values_list("source_key", "amount", "occurred_at", "exhibitor_label", "product_label"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"idr": 1}, "its parts add up to 3715382000"),
        ({"as_of": "2020-11-20T13:00:00"}, "no offset from UTC"),
        ({"editions": ["uvo-1", "uvo-9"]}, "has no figure of that moment"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(tmp_path, change, sentence):
    content = json.loads(FILE.read_text(encoding="utf-8"))
    both = next(f for e in content["editions"] for f in e["figures"] if f["id"] == "uvo12-total-1120")
    both |= change
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(FiguresError, match=sentence):
        read_figures(path)


def test_refuses_to_load_over_other_editions():
    make_edition(slug="uvo-1")
    with pytest.raises(FiguresError, match="uvo-1 exists already"):
        load()


def test_refuses_outside_the_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(BadInputError, match="not the demonstration"):
        call_command("load_demo", no_pictures=True)
    assert not Edition.objects.exists()
