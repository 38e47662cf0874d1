import csv
import io
import re

import pytest
from python_calamine import CalamineWorkbook

from orders.models import Order
from reports.own.figures import Span, own_figures
from reports.own.files import own_file
from reports.own.ranked import conversion_plot, product_plot
from reports.own.sheets import all_sheets
from tests import factories
from tests.factories import wib
from tests.orders import shop
from tests.reports.own.test_figures import FAR, sell
from tests.visits.hours import booth_hour

pytestmark = pytest.mark.django_db
PAGE = "/dasbor/angka/"


@pytest.fixture
def figures(owner):
    """Figures with a name that a spreadsheet would calculate."""
    edition, before = factories.make_edition(), factories.make_edition(opens_at=wib(2020, 11, 17))
    booth = factories.make_booth(edition=edition, exhibitor=owner.exhibitor)
    booth_hour(booth=booth, hour=wib(2020, 11, 18, 9), visits=4)
    sell(edition, owner.exhibitor, "a", 1_250_000, wib(2020, 11, 18, 9), product="p1", label="=2+5", quantity=2)
    sell(edition, owner.exhibitor, "b", 50_000, wib(2020, 11, 19, 9))
    sell(before, owner.exhibitor, "c", 70_000, wib(2020, 11, 18, 9))
    return own_figures(owner.exhibitor, Span(edition=edition), before, now=FAR)


def test_the_workbook_has_real_numbers_and_calculates_nothing(figures):
    book = CalamineWorkbook.from_filelike(io.BytesIO(own_file(figures, "xlsx", "id")))
    assert book.sheet_names == [
        "Ringkasan", "Per hari", "Menurut saluran", "Produk terlaris", "Konversi", "Dibanding pameran lalu",
    ]  # fmt: skip
    days = book.get_sheet_by_name("Per hari").to_python()
    assert (days[1][1:], days[2][1:]) == ([1_250_000, 0, 2, 1, 4, ""], [50_000, 0, 1, 1, 0, 0])
    assert days[1][0].isoformat()[:10] == "2020-11-18"
    assert days[-1][1] == figures.total.realised == 1_300_000
    assert book.get_sheet_by_name("Produk terlaris").to_python()[1][0] == "'=2+5"
    assert book.get_sheet_by_name("Produk terlaris").to_python()[-1][1:] == [1_300_000, 0, 3, 2, 70_000]
    assert book.get_sheet_by_name("Ringkasan").to_python()[5][1] == 1_300_000
    conversion = book.get_sheet_by_name("Konversi").to_python()
    assert [row[:3] for row in conversion[1:]] == [
        ["Kunjungan stan", 4, 1], ["Pesanan dibuat", 0, 0], ["Pesanan dibayar", 2, 0.5],
    ]  # fmt: skip


def test_the_csv_says_the_same(figures):
    rows = list(csv.reader(io.StringIO(own_file(figures, "csv", "id").decode("utf-8-sig"))))
    said = {(section, row, figure): value for section, row, figure, value in rows[1:]}
    assert said["Per hari", "2020-11-18", "Omzet"] == "1250000"
    assert said["Produk terlaris", "'=2+5", "Omzet"] == "1250000"
    assert said["Dibanding pameran lalu", "Hari ke-1", figures.comparison.edition.name] == "0"
    assert said["Konversi", "Pesanan dibayar", figures.span.edition.name] == "2"
    assert said["Konversi", "Pesanan dibayar", f"{figures.span.edition.name}, dari kunjungan"] == "50.00"
    for sheet in all_sheets(figures):
        assert (sheet.total is None) == (sheet.name == "conversion")


def test_products_and_the_way_to_a_sale_are_drawn(owner, figures):
    """Both editions side by side; a name that is too long is cut, its bar says it whole."""
    edition, before = figures.span.edition, figures.comparison.edition
    sell(edition, owner.exhibitor, "d", 9_000_000, wib(2020, 11, 19), product="p2", label="Kain " * 20)
    sell(before, owner.exhibitor, "e", 4_500_000, wib(2020, 11, 18, 9), product="p2", label="Kain " * 20)
    found = own_figures(owner.exhibitor, Span(edition=edition), before, now=FAR)
    products, conversion = product_plot(found, "id").svg, conversion_plot(found, "id").svg
    assert f"Kain {'Kain ' * 10}" in products
    assert f">{('Kain ' * 20)[:46]}…</text>" in products
    assert ">Rp9.000.000</text>" in products
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height="(?:11|7)"', products)]
    assert widths[:2] == [224, 112]  # p2 now and then
    assert ">3 (75%)</text>" in conversion
    assert f"{before.display_name}, Pesanan dibayar: 2" in conversion


def test_the_page_helps_while_there_is_nothing(as_user, owner):
    page = as_user(owner).get(PAGE)
    assert page.context["figures"].is_empty
    assert "/dasbor/laporan-penjualan/baru/" in page.content.decode()


def test_the_page_shows_todays_sale_and_its_addresses(as_user, owner, outsider):
    placement = shop.sold(exhibitor=owner.exhibitor, price=100_000)
    shop.paid_order(placement, by=owner)
    client = as_user(owner)
    page = client.get(PAGE)
    shown = page.content.decode()
    assert page.context["figures"].total.realised + page.context["figures"].total.claimed == 100_000
    assert shown.count('<svg class="chart') == 5
    slug = placement.booth.edition.slug
    assert client.get(f"{PAGE}?pameran={slug}").status_code == 200
    assert client.get(f"{PAGE}?pameran=tidak-ada").status_code == 404
    assert client.get(f"{PAGE}xlsx/?pameran={slug}").headers["Content-Disposition"].endswith(f'angka-{slug}.xlsx"')
    assert client.get(f"{PAGE}pdf/").status_code == 404
    wrong = client.get(f"{PAGE}?dari=2026-02-02&sampai=2026-01-01")
    assert "sampai" in wrong.context["period"].errors
    assert as_user(outsider).get(f"{PAGE}?pameran={slug}").status_code == 404


def test_the_page_costs_the_same_for_one_and_for_many(
    as_user, owner, django_assert_num_queries, django_assert_max_num_queries
):
    placement = shop.sold(exhibitor=owner.exhibitor)
    shop.paid_order(placement, by=owner)
    client = as_user(owner)
    with django_assert_max_num_queries(30) as first:
        client.get(PAGE)
    for _ in range(2):
        shop.paid_order(shop.sold(exhibitor=owner.exhibitor, edition=None), by=owner)
    assert Order.objects.count() == 3
    with django_assert_num_queries(len(first.captured_queries) + 3):  # the edition to compare with
        client.get(PAGE)
