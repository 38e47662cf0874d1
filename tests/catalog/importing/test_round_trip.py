"""What an export writes an import reads as it was: nothing of it would change, whatever people called their goods."""

from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from catalog.domain.import_files import rows_of
from catalog.domain.import_products import known_variant
from catalog.importing.categories import Categories
from catalog.importing.categories import Known as KnownCategory
from catalog.importing.cells import NO_VARIANT
from catalog.importing.headings import find_table
from catalog.importing.matching import CHANGED, SAME, Known, Shelves
from catalog.importing.matching_variants import Said, match_product
from catalog.importing.photos import Shelf
from catalog.importing.reading import Reader
from catalog.importing.writing import Sheet, labels, write
from catalog.models import Category, Product, Variant
from expo.sheets import Limits, read_sheets
from tests.catalog import sheets

QUICK = [Phase.explicit, Phase.reuse, Phase.generate]  # a table of many rows is not shrunk within minutes
LIMITS = Limits(bytes=10**7, rows=1000, columns=60)
TEXT = st.text(
    alphabet=st.sampled_from("=+-@\t\r'\"0123 ;,|_x\n“é") | st.characters(codec="utf-8", exclude_categories=["Cs"]),
    max_size=30,
)
WORDS = TEXT.map(lambda text: " ".join(text.split()))
NAME = WORDS.filter(lambda text: text.strip("-–— '"))
VARIANT = NAME.filter(lambda text: text.casefold() not in NO_VARIANT)


@st.composite
def products(draw):
    return Product(
        category=Category(pk=7, name="Kopi & teh"),
        name=draw(NAME),
        name_en=draw(WORDS),
        sku=draw(WORDS),
        description=draw(TEXT),
        description_en=draw(TEXT),
        ingredients=draw(TEXT),
        price=draw(st.integers(1, 10**11)),
        stock=draw(st.integers(0, 10**6)),
        minimum_quantity=draw(st.integers(1, 1000)),
        weight_grams=draw(st.integers(0, 10**6)),
        length_mm=draw(st.integers(0, 20_000)),
        made_to_order=draw(st.booleans()),
        lead_days=draw(st.integers(1, 365)),
        state="draft",
    )


@st.composite
def with_variants(draw):
    """A product, its variants, and the price steps of them all."""
    product, found = draw(products()), []
    names = draw(st.lists(VARIANT, max_size=3, unique_by=lambda name: name.casefold()))
    for number, name in enumerate(names):
        sku = draw(WORDS.filter(bool).map(lambda word, n=number: f"{word}#{n}") | st.just(""))
        price, stock = draw(st.integers(1, 10**11)), draw(st.integers(0, 10**6))
        sold = draw(st.booleans())
        found.append(Variant(name=name, name_en=draw(WORDS), sku=sku, price=price, stock=stock, is_active=sold))
    product.has_variants = bool(found)
    product.said = draw(st.lists(st.tuples(WORDS, WORDS), max_size=3))
    return product, found, draw(STEPS)


STEPS = st.dictionaries(st.integers(2, 1000), st.integers(1, 1000), max_size=3).map(
    lambda steps: tuple(zip(sorted(steps), range(900, 0, -100), strict=False))
)


def read_back(rows, kind: str) -> list:
    with write(Sheet("Produk", labels(), rows), kind) as file:
        (sheet,) = read_sheets(file.read(), LIMITS)
    reader = Reader(find_table([sheet]), Categories([KnownCategory(7, ("Kopi & teh",), True)]), Shelf([]))
    return reader.groups(sheet)


def changes_after_a_round_trip(found: list, kind: str) -> list:
    rows, known = [], []
    for number, (product, variants, steps) in enumerate(found, 1):
        product.pk, product.price = number, max(product.price, 1000)
        for place, variant in enumerate(variants):
            variant.pk, variant.price = number * 10 + place, max(variant.price, 1000)
        all_steps = {(number, owner): steps for owner in (None, *(variant.pk for variant in variants))}
        said = getattr(product, "said", [])
        rows += rows_of(product, variants, all_steps, said)
        values = {name: getattr(product, name) for name in CHANGED} | {"category_id": 7}
        its = tuple(known_variant(one, product, all_steps) for one in variants)
        photos = tuple(range(len(said)))
        texts = dict(zip(photos, said, strict=True))
        known.append(Known(number, "", values, [], True, bool(variants), steps, its, photos, texts))
    read = read_back(rows, kind)
    assert [len(group) for group in read] == [1 + len(variants) for _product, variants, _steps in found]
    matches = [
        match
        for group, one in zip(read, known, strict=True)
        for match in match_product(
            [Said(row.number, row.values) for row in group], [], Shelves([one]), photos_named=True
        )
    ]
    return [match for match in matches if match.action != SAME or match.is_bad]


@given(st.lists(with_variants(), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None, phases=QUICK)
def test_csv_and_back_changes_nothing(found):
    assert changes_after_a_round_trip(found, "csv") == []


@given(st.lists(with_variants(), min_size=20, max_size=40))
@settings(max_examples=4, deadline=None, phases=QUICK)
def test_xlsx_and_back_changes_nothing(found):
    assert changes_after_a_round_trip(found, "xlsx") == []


@pytest.mark.parametrize("name", ["=1+1", "'=1+1", "+62 kopi", "@sum", "-5", "'0812", "_x0041_", "00123", "1e5"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_names_that_spreadsheets_misread(name, kind):
    product = Product(category=Category(pk=7, name="Kopi & teh"), name=name, sku=name, price=5, stock=1, state="draft")
    variant = Variant(name=name, sku=f"{name}-a", price=5, stock=1)
    assert changes_after_a_round_trip([(product, [variant], ())], kind) == []


def understood(data: bytes) -> list:
    (sheet,) = read_sheets(data, LIMITS)
    reader = Reader(find_table([sheet]), Categories([KnownCategory(7, ("Kopi",), True)]), Shelf([]))
    return [row for group in reader.groups(sheet) for row in group]


def test_an_old_excel_file_is_read():
    singkong, pisang, talas = understood((Path(__file__).parent / "produk.xls").read_bytes())
    assert singkong.values == {
        "sku": "KR-1",
        "name": "Keripik singkong",
        "category": 7,
        "price": 12_500,
        "stock": 40,
        "weight_grams": 250,
    }
    assert (pisang.values["price"], pisang.values["weight_grams"]) == (15_000, 500)
    assert "price" not in talas.values  # a formula that nobody has calculated


def test_an_open_document_is_read():
    (row,) = understood(sheets.ods(["Nama", "Kategori", "Harga"], ["Kopi", "Kopi", 45_000]))
    assert row.values == {"name": "Kopi", "category": 7, "price": 45_000}
