import pytest
from django.urls import reverse

from catalog.domain.variants import sum_up_variants
from catalog.models import Product, ProductChange, Variant
from tests.factories import make_category, make_product

URL = "/dasbor/produk/harga-stok/"


def row(goods, price, stock, *, seen_price=None, seen_stock=None):
    kind = "v" if isinstance(goods, Variant) else "p"
    name = f"{kind}{goods.pk}"
    return {
        f"{name}-price": str(price),
        f"{name}-stock": str(stock),
        f"initial-{name}-price": str(goods.price if seen_price is None else seen_price),
        f"initial-{name}-stock": str(goods.stock if seen_stock is None else seen_stock),
    }


@pytest.fixture
def two(owner):
    return [make_product(exhibitor=owner.exhibitor, name=name, price=1000, stock=10) for name in ("Kopi", "Teh")]


def values(*goods):
    for one in goods:
        one.refresh_from_db(fields=["price", "stock"])
    return [(one.price, one.stock) for one in goods]


def test_one_form_changes_many_products(as_user, owner, two):
    response = as_user(owner).post(URL, row(two[0], "1,2rb", 4) | row(two[1], "1.000", "10"), follow=True)
    assert values(*two) == [(1200, 4), (1000, 10)]
    assert "1 baris tersimpan" in response.content.decode()
    assert 'value="1.200"' in response.content.decode()


def test_a_price_that_moves_far_waits_and_the_rest_is_saved(as_user, owner, two):
    page = as_user(owner).post(URL, row(two[0], "5000", 4) | row(two[1], "1100", 3), follow=True).content.decode()
    assert values(*two) == [(1000, 4), (1100, 3)]
    assert "1 harga berubah jauh" in page
    assert ProductChange.objects.get().price == 5000


def test_what_is_right_is_saved_and_what_is_wrong_stays_as_typed(as_user, owner, two):
    response = as_user(owner).post(URL, row(two[0], "mahal", "7") | row(two[1], "1300", "1"))
    page = response.content.decode()
    assert values(*two) == [(1000, 10), (1300, 1)]
    assert 'value="mahal"' in page
    assert "Tulis jumlah rupiah dengan angka" in page
    assert "1 baris belum tersimpan" in page
    assert f"v{two[1].pk}" not in page
    assert "Teh" not in page


def test_pieces_sold_meanwhile_are_told_at_their_row(as_user, owner, two):
    data = row(two[0], 1000, 20) | row(two[1], 1250, 10)
    Product.objects.update(stock=8)
    response = as_user(owner).post(URL, data)
    assert values(*two) == [(1000, 8), (1250, 8)]  # an untouched stock is left alone
    assert "stok berubah dari 10 menjadi 8" in response.content.decode()
    again = row(two[0], 1000, 20, seen_stock=8)
    as_user(owner).post(URL, again)
    assert values(two[0]) == [(1000, 20)]


def test_variants_stand_in_their_products_place(as_user, owner):
    product = make_product(exhibitor=owner.exhibitor, name="Kaus", price=50_000)
    small, large = (
        Variant.objects.create(product=product, name=name, price=50_000, stock=2, position=n)
        for n, name in enumerate(("Kecil", "Besar"))
    )
    sum_up_variants(product)
    page = as_user(owner).get(URL).content.decode()
    assert page.index("Kecil") < page.index("Besar")
    assert f'name="p{product.pk}-price"' not in page
    as_user(owner).post(URL, row(small, 55_000, 3) | row(large, 60_000, 4))
    product.refresh_from_db()
    assert (product.price, product.price_top, product.stock) == (55_000, 60_000, 7)


def test_rows_of_others_do_not_exist(as_user, owner, outsider, two):
    response = as_user(outsider).post(URL, row(two[0], 1, 1), follow=True)
    assert values(two[0]) == [(1000, 10)]
    assert "Kopi" not in response.content.decode()


def test_suspended_products_are_not_offered(as_user, owner):
    product = make_product(exhibitor=owner.exhibitor, name="Ditahan", state="suspended")
    assert "Ditahan" not in as_user(owner).get(URL).content.decode()
    response = as_user(owner).post(URL, row(product, 1, 1))
    assert "tidak dapat diubah" in response.content.decode()


def test_pages_never_cut_a_product_in_half(as_user, owner, django_assert_max_num_queries):
    category = make_category()
    for _ in range(4):
        product = make_product(exhibitor=owner.exhibitor, category=category, has_variants=True)
        Variant.objects.bulk_create(
            Variant(product=product, name=f"Ukuran {n}", price=1000, stock=1) for n in range(25)
        )
    with django_assert_max_num_queries(30):
        first = as_user(owner).get(URL)
    assert len(first.context["rows"]) == 50
    second = as_user(owner).get(first.context["next"])
    seen = {row.prefix for page in (first, second) for row in page.context["rows"]}
    assert len(seen) == 100
    assert second.context["next"] == ""


def test_the_table_is_found_from_the_list(as_user, owner):
    assert f'href="{reverse("catalog:dashboard-bulk")}"' in as_user(owner).get("/dasbor/produk/").content.decode()
