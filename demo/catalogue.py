"""Products of the exhibitors and where they stand, as many as the published figures say."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator

from django.db import connection
from django.utils.text import slugify

from catalog.models import Category, Placement, Product, ProductPhoto
from demo.exhibitors import Maker
from demo.figures import Show
from demo.goods import CATEGORIES, GOODS, SERIES, Good, Variant
from exhibitors.models import Booth
from exhibitors.states import CurationState
from expo.models import Picture

SOLD_OUT = 0.03
TWO_PHOTOS = 0.35
FOOD = "makanan-minuman"


def load_categories() -> dict[str, Category]:
    """The tree of categories by slug; what staff changed in it stays."""
    found = {}
    for position, (root, (name, name_en, leaves)) in enumerate(CATEGORIES.items(), 1):
        found[root] = category(root, name, name_en, position)
        for place, (leaf, (leaf_name, leaf_name_en)) in enumerate(leaves.items(), 1):
            found[leaf] = category(leaf, leaf_name, leaf_name_en, place, parent=found[root])
    return found


def category(slug: str, name: str, name_en: str, position: int, parent: Category | None = None) -> Category:
    defaults = {"name": name, "name_en": name_en, "position": position, "parent": parent}
    defaults["is_food"] = True if slug == FOOD else None
    return Category.objects.get_or_create(slug=slug, defaults=defaults)[0]


class Shelf:
    """Products of all exhibitors; makes new ones when a show has more than there are."""

    def __init__(self, categories: dict[str, Category]):
        self.categories = categories
        self.random = random.Random("products")
        self.products: dict[str, list[Product]] = {}
        self.goods: dict[str, Good] = {}
        self.choices: dict[str, Iterator[tuple[Good, Variant, str]]] = {}
        self.new: list[Product] = []

    def fill(self, show: Show, makers: list[Maker]) -> list[tuple[str, Product]]:
        """Which product stands at whose booth: (slug of the exhibitor, product), as many as the show had."""
        standing = []
        for maker, number in zip(makers, self.numbers(show.products, len(makers)), strict=True):
            slug = maker.exhibitor.slug
            mine = self.products.setdefault(slug, [])
            while len(mine) < number:
                mine.append(self.make(maker, show.sales_open))
            standing += [(slug, product) for product in mine[:number]]
        return standing

    def numbers(self, total: int, parts: int) -> list[int]:
        """``parts`` numbers of at least one that add up to ``total``, some three times as large as others."""
        weights = [self.random.uniform(0.55, 1.6) for _ in range(parts)]
        spare = total - parts
        numbers = [1 + int(spare * weight / sum(weights)) for weight in weights]
        for place in self.random.sample(range(parts), total - sum(numbers)):
            numbers[place] += 1
        return numbers

    def make(self, maker: Maker, sales_open: dt.datetime) -> Product:
        slug = maker.exhibitor.slug
        if slug not in self.choices:
            self.choices[slug] = self.combinations(maker)
        good, variant, series = next(self.choices[slug])
        product = self.product(maker, good, variant, series, sales_open)
        self.goods[product.slug] = good
        self.new.append(product)
        return product

    def combinations(self, maker: Maker) -> Iterator[tuple[Good, Variant, str]]:
        """Goods, variants and series of an exhibitor, mixed, without end and without a repeat."""
        start = self.random.randrange(len(SERIES))
        for number in itertools.count(1):
            for name in SERIES[start:] + SERIES[:start]:
                block = [(good, variant) for good in maker.goods for variant in good.variants]
                self.random.shuffle(block)
                yield from ((good, variant, name if number == 1 else f"{name} {number}") for good, variant in block)

    def product(self, maker: Maker, good: Good, variant: Variant, series: str, sales_open: dt.datetime) -> Product:
        words = " ".join(part for part in (good.name, variant.words, series) if part)
        words_en = ", ".join(part for part in (good.name_en, variant.words_en, series) if part)
        place = maker.exhibitor.regency.name
        approved = sales_open - dt.timedelta(minutes=self.random.randint(600, 14_000))
        return Product(
            exhibitor=maker.exhibitor,
            category=self.categories[good.leaf],
            slug=slugify(f"{words} {maker.exhibitor.slug}")[:120],
            name=words,
            name_en=words_en,
            description=f"{good.text} Dibuat di {place}.",
            description_en=f"{good.text_en} Made in {place}.",
            price=self.price(good, variant),
            stock=0 if good.slow or self.random.random() < SOLD_OUT else self.random.randint(6, 80),
            made_to_order=good.slow,
            lead_days=self.random.choice((5, 7, 14)) if good.slow else 0,
            weight_grams=int(good.weight * variant.factor**0.8) // 50 * 50 or 50,
            state=CurationState.APPROVED,
            approved_at=approved,
        )

    def price(self, good: Good, variant: Variant) -> int:
        """Rounded as on a price tag: to 500, to 1.000 or to 5.000 rupiah."""
        price = self.random.uniform(*good.price) * variant.factor
        step = 500 if price < 50_000 else 1_000 if price < 250_000 else 5_000
        return max(step, int(price / step) * step)


def hang_pictures(shelf: Shelf, pictures: dict[tuple[str, int, str], Picture]) -> None:
    """Give every product the pictures of its kind of goods."""
    chance = random.Random("photos")
    photos = []
    for product in shelf.new:
        good = shelf.goods[product.slug]
        chosen = chance.sample(good.pictures, min(len(good.seeds), 2 if chance.random() < TWO_PHOTOS else 1))
        shown = [pictures[picture] for picture in chosen if picture in pictures]
        product.cover = shown[0] if shown else None
        photos += [ProductPhoto(product=product, picture=picture, position=n) for n, picture in enumerate(shown)]
    ProductPhoto.objects.bulk_create(photos, batch_size=2000)
    covers = [(product.pk, product.cover_id) for product in shelf.new if product.cover_id]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalog_product SET cover_id = hung.cover "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS hung (product, cover) WHERE id = hung.product",
            [[product for product, _ in covers], [cover for _, cover in covers]],
        )


def place_products(booths: dict[str, Booth], standing: list[tuple[str, Product]], since: dt.datetime) -> None:
    placements = [Placement(booth=booths[slug], product=product, shown_from=since) for slug, product in standing]
    Placement.objects.bulk_create(placements, batch_size=2000)


def pictures_needed() -> list[tuple[str, int, str]]:
    """(motif, seed, word of its label) of every picture that the goods show."""
    return sorted({picture for good in GOODS.values() for picture in good.pictures})
