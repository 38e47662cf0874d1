"""Counts of filters agree with counting the products one by one."""

import random
import re
from html import unescape

from django.http import QueryDict
from django.utils import timezone

from catalog.criteria import read_criteria
from catalog.models import Product
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
    make_exhibitor,
    make_placement,
    make_product,
    make_region,
    wib,
)

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
        if chance.random() < 0.9:
            make_placement(booth=booth, product=product)
        for kind in ("halal", "sni"):
            if chance.random() < 0.3:
                Certificate.objects.create(
                    exhibitor=booth.exhibitor, product=product, kind=kind, number=str(number),
                    verified_at=wib(2020, 1, 1), verified_by=staff,
                )  # fmt: skip
    whole = {"verified_at": wib(2020, 1, 1), "verified_by": staff}
    Certificate.objects.create(exhibitor=booths[2].exhibitor, kind="halal", number="whole", **whole)


def recount(criteria, leaving_out: str) -> list[Product]:
    """The products that pass all filters but one, in plain Python."""
    shown = Product.objects.filter(state="approved", placements__isnull=False).distinct()
    found = []
    for product in shown.select_related("category__parent", "exhibitor").prefetch_related("certificates"):
        kinds = kinds_of(product)
        parent = product.category.parent
        passes = {
            "category": not criteria.category
            or criteria.category in (product.category.slug, parent.slug if parent else ""),
            "regencies": not criteria.regencies or product.exhibitor.regency_id in criteria.regencies,
            "price": (criteria.low or 0) <= product.price <= (criteria.high or 10**12),
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
    return own | set(product.exhibitor.certificates.filter(product=None).values_list("kind", flat=True))


def supply_of(product) -> str:
    return "pesan" if product.made_to_order else "stok" if product.stock >= product.minimum_quantity else ""


CHOICES = {
    "category": lambda product: [str(product.category_id)],
    "regencies": lambda product: [product.exhibitor.regency_id or ""],
    "supply": lambda product: [supply_of(product)],
    "wholesale": lambda product: ["1" if product.has_steps else ""],
    "certificates": lambda product: sorted(kinds_of(product)),
    "price": lambda product: [next(b for b in "012345" if within(product.price, *price_range(b)))],
}


def within(price, low, high):
    return (low or 0) <= price <= (high or price)


def test_counts_agree_with_counting_one_by_one(db):
    stock_the_shelves(seed=7)
    now = timezone.now()
    options = choices()
    for query in QUERIES:
        criteria = read_criteria(QueryDict(query))
        terms = terms_of(understand(criteria.words), options)
        facets = count_facets(match_of(criteria, terms, options, now))
        assert facets.total == len(recount(criteria, "")), query
        for name, choices_of in CHOICES.items():
            expected: dict[str, int] = {}
            products = recount(criteria, name)
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
