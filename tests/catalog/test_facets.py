"""Counts of filters agree with counting the products one by one."""

import datetime as dt
import random
import re
from html import unescape

import pytest
from django.http import QueryDict
from django.utils import timezone

from catalog.criteria import read_criteria
from catalog.models import Product
from catalog.moments import precedence_of
from catalog.pricing import lowered, sale_percent
from catalog.queries.choices import choices
from catalog.queries.facets import count_facets, price_range
from catalog.queries.matching import match_of
from catalog.search.terms import terms_of
from catalog.search.understanding import understand
from exhibitors.models import Certificate
from tests.cast import person
from tests.catalog.street import Street
from tests.factories import (
    make_booth,
    make_category,
    make_edition,
    make_exhibitor,
    make_placement,
    make_product,
    make_region,
    wib,
)

DAY = dt.timedelta(days=1)
QUERIES = (
    "", "q=kain", "kategori=fesyen", "kategori=batik", "wilayah=33.01", "wilayah=33.01&wilayah=33.02", "min=30000",
    "min=30000&maks=200000", "sedia=stok", "sedia=pesan", "grosir=1", "sertifikat=halal",
    "sertifikat=halal&sertifikat=sni",
    "q=kain&kategori=fesyen&wilayah=33.02&sedia=stok", "kategori=batik&maks=90000&grosir=1&sertifikat=sni",
    "q=merah&wilayah=33.01&wilayah=33.03&min=20000&sedia=pesan&sertifikat=halal", "q=zzz",
)  # fmt: skip


def stock_the_shelves(seed: int) -> None:
    """Eighty products over categories, regencies, prices and certificates; some of them not to be seen."""
    chance = random.Random(seed)
    street = Street(products=0)
    fashion = make_category(slug="fesyen", name="Fesyen")
    street.category.parent = fashion
    street.category.save()
    categories = [fashion, street.category, make_category(slug="kayu", name="Kayu")]
    staff = person("kurator")
    booths = []
    for number in range(5):
        regency = make_region(code=f"33.0{number}", name=f"Kabupaten {number}") if number else None
        exhibitor = make_exhibitor(regency=regency)
        booths.append(make_booth(edition=street.edition, hall=street.hall, exhibitor=exhibitor))
    fair = running_edition()
    stands = {booth.pk: make_booth(edition=fair, exhibitor=booth.exhibitor) for booth in booths}
    for number in range(80):
        booth = chance.choice(booths)
        product = make_product(
            exhibitor=booth.exhibitor,
            category=chance.choice(categories),
            name=f"{chance.choice(['Kain', 'Kursi', 'Kendi'])} {chance.choice(['merah', 'hijau'])} {number}",
            price=chance.choice([9_000, 24_999, 25_000, 60_000, 99_999, 180_000, 999_999, 1_000_000, 4_000_000]),
            stock=chance.choice([0, 1, 9]),
            minimum_quantity=chance.choice([1, 2]),
            made_to_order=chance.random() < 0.3,
            has_steps=chance.random() < 0.3,
            state=chance.choice(["approved"] * 9 + ["submitted"]),
        )
        if chance.random() < 0.4:
            Product.objects.filter(pk=product.pk).update(price_top=product.price * chance.choice([2, 5]))
        if chance.random() < 0.9:
            make_placement(booth=booth, product=product, **a_sale(chance))
        if chance.random() < 0.3:
            make_placement(booth=stands[booth.pk], product=product, **a_sale(chance))
        for kind in ("halal", "sni"):
            if chance.random() < 0.3:
                Certificate.objects.create(
                    exhibitor=booth.exhibitor, product=product, kind=kind, number=str(number),
                    verified_at=wib(2020, 1, 1), verified_by=staff,
                )  # fmt: skip
    whole = {"verified_at": wib(2020, 1, 1), "verified_by": staff}
    Certificate.objects.create(exhibitor=booths[2].exhibitor, kind="halal", number="whole", **whole)


def running_edition():
    now = timezone.now()
    return make_edition(sales_open=now - 9 * DAY, opens_at=now - DAY, closes_at=now + DAY, year=now.year)


def a_sale(chance) -> dict:
    """Half of all placements have one: some now, some over, some to come."""
    if chance.random() < 0.5:
        return {}
    begin = timezone.now() + chance.choice([-9, -1, -1, 1]) * DAY
    percent = chance.choice([1, 33, 60, 90])
    return {"sale_percent": percent, "sale_from": begin, "sale_until": begin + 3 * DAY, "sale_by": "exhibitor"}


def prices_of(product) -> tuple[int, int]:
    """The lowest and highest price that a visitor is shown now."""
    now = timezone.now()
    places = [place for place in product.placements.all() if place.shown_from <= now]
    place = max(places, key=lambda place: precedence_of(place.booth.edition, now))
    percent = sale_percent(place, now)
    return lowered(product.price, percent), lowered(product.price_top or product.price, percent)


def shelves() -> list[Product]:
    """All products that stand in a booth, with what counting them one by one needs."""
    shown = Product.objects.filter(state="approved", placements__isnull=False).distinct()
    return list(
        shown.select_related("category__parent", "exhibitor").prefetch_related(
            "certificates", "exhibitor__certificates", "placements__booth__edition"
        )
    )


def recount(products: list[Product], criteria, leaving_out: str) -> list[Product]:
    """The products that pass all filters but one, in plain Python."""
    found = []
    for product in products:
        low, top = prices_of(product)
        kinds = kinds_of(product)
        parent = product.category.parent
        passes = {
            "category": not criteria.category
            or criteria.category in (product.category.slug, parent.slug if parent else ""),
            "regencies": not criteria.regencies or product.exhibitor.regency_id in criteria.regencies,
            "price": (criteria.low or 0) <= top and low <= (criteria.high or 10**12),
            "supply": not criteria.supply or criteria.supply == supply_of(product),
            "certificates": not criteria.certificates or bool(kinds & set(criteria.certificates)),
            "wholesale": not criteria.wholesale or product.has_steps,
        }
        has_words = all(word in product.name.lower().split() for word in criteria.words)
        if has_words and all(passed for name, passed in passes.items() if name != leaving_out):
            found.append(product)
    return found


def kinds_of(product) -> set[str]:
    own = {certificate.kind for certificate in product.certificates.all()}
    return own | {one.kind for one in product.exhibitor.certificates.all() if one.product_id is None}


def supply_of(product) -> str:
    return "pesan" if product.made_to_order else "stok" if product.stock >= product.minimum_quantity else ""


CHOICES = {
    "category": lambda product: [str(product.category_id)],
    "regencies": lambda product: [product.exhibitor.regency_id or ""],
    "supply": lambda product: [supply_of(product)],
    "wholesale": lambda product: ["1" if product.has_steps else ""],
    "certificates": lambda product: sorted(kinds_of(product)),
    "price": lambda product: [b for b in "012345" if within(prices_of(product), *price_range(b))],
}


def within(prices, low, high):
    return (low or 0) <= prices[1] and prices[0] <= (high or prices[0])


@pytest.mark.parametrize("words", ["", "q=kain&", "maks=90000&"])
def test_sorted_by_the_price_that_is_shown(client, db, words):
    """Page after page, forwards and back, nothing twice and nothing left out."""
    stock_the_shelves(seed=5)
    expected = recount(shelves(), read_criteria(QueryDict(words.rstrip("&"))), "")
    for order, sign in (("termurah", 1), ("termahal", -1)):
        wanted = [prices_of(product)[0] for product in sorted(expected, key=lambda p: sign * prices_of(p)[0])]
        address, pages = f"/cari/?{words}urut={order}", []
        while address:
            html = client.get(address).content.decode()
            pages.append(shown_prices(html))
            found = re.search(r'<a [^>]*href="([^"]*)"[^>]*rel="next"|rel="next"[^>]*href="([^"]*)"', html)
            address = unescape(found[1] or found[2]) if found else ""
        assert [price for page in pages for price in page] == wanted
        assert len(pages) > 1 or words


def shown_prices(html: str) -> list[int]:
    return [
        int(price.replace(".", ""))
        for price in re.findall(r'class="price">(?:<span[^>]*>[^<]*</span> )?Rp([\d.]+)', html)
    ]


def test_counts_agree_with_counting_one_by_one(db):
    stock_the_shelves(seed=7)
    now = timezone.now()
    options, shown = choices(), shelves()
    for query in QUERIES:
        criteria = read_criteria(QueryDict(query))
        terms = terms_of(understand(criteria.words), options)
        facets = count_facets(match_of(criteria, terms, options, now))
        assert facets.total == len(recount(shown, criteria, "")), query
        for name, choices_of in CHOICES.items():
            expected: dict[str, int] = {}
            products = recount(shown, criteria, name)
            for product in products:
                for choice in choices_of(product):
                    expected[choice] = expected.get(choice, 0) + 1
            assert facets.counts.get(name, {}) == expected, (query, name)
            assert facets.without.get(name, 0) == len(products), (query, name)


def test_each_count_is_what_its_choice_shows(client, db):
    """Follow what the panel offers and count what comes."""
    stock_the_shelves(seed=3)
    html = client.get("/cari/?q=kain").content.decode()
    offered = re.findall(r'<a class="option[^"]*" href="([^"]*)".*?option__count">([\d.]+)<', html)
    for name, value, count in re.findall(r'name="(\w+)" id="[^"]*" value="([^"]*)".*?option__count">([\d.]+)<', html):
        offered.append((f"/cari/?q=kain&{name}={value}", count))
    assert len(offered) > 12
    for url, count in offered:
        page = client.get(unescape(url)).content.decode()
        shown = re.search(r'role="status">([\d.]+) produk', page)
        assert (shown[1] if shown else "0") == count, url
