import pytest
from django.urls import reverse

from catalog.domain.variants import sum_up_variants
from catalog.models import Variant
from orders.models import Cart, CartLine
from tests import factories
from tests.orders import shop

pytestmark = pytest.mark.django_db
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
HTMX = {"HTTP_HX_REQUEST": "true"}


def add(client, placement, *, headers=OWN, **data):
    pk = placement if isinstance(placement, int | str) else placement.pk
    return client.post(reverse("orders:cart-add"), {"placement": pk, **data}, **headers)


def test_adding_without_javascript_leads_to_the_cart(client):
    placement = shop.sold(name="Tas anyam")
    response = add(client, placement, quantity=2)
    assert response.status_code == 302
    cookie = response.cookies["cart"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * 86400)
    assert Cart.objects.get(token=cookie.value).lines.get().quantity == 2
    page = client.get(response.url)
    assert "“Tas anyam” masuk keranjang." in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"


def test_adding_by_htmx_answers_notice_and_badge(client):
    response = add(client, shop.sold(name="Tas anyam"), quantity=2, headers=OWN | HTMX)
    text = response.content.decode()
    assert "masuk keranjang" in text
    assert 'id="cart-badge" hx-swap-oob="innerHTML"' in text
    assert ">2<" in text
    assert "<html" not in text


@pytest.mark.parametrize("quantity", ["11", "0", "banyak", "-3", "99999999999999999999"])
def test_adding_by_htmx_says_what_is_wrong(client, quantity):
    response = add(client, shop.sold(stock=10), quantity=quantity, headers=OWN | HTMX)
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert not CartLine.objects.exists()


def test_adding_what_is_sold_out_without_javascript_says_so_in_the_cart(client):
    response = client.post(reverse("orders:cart-add"), {"placement": shop.sold(stock=0).pk}, follow=True, **OWN)
    assert "Stok habis" in response.content.decode()


@pytest.fixture
def shirt():
    placement = shop.sold(name="Kaos lurik")
    variant = Variant.objects.create(product=placement.product, name="XL", price=90_000, stock=3)
    sum_up_variants(placement.product)
    return placement, variant


def test_adding_a_variant(client, shirt):
    placement, variant = shirt
    response = add(client, placement, variant=variant.pk, quantity=2)
    assert CartLine.objects.get().variant == variant
    text = client.get(response.url).content.decode()
    assert "“Kaos lurik, XL” masuk keranjang." in text
    assert "Rp180.000" in text


@pytest.mark.parametrize("variant", ["", "0", "x", "999999"])
def test_adding_without_a_variant_asks_which_one_and_leads_back(client, shirt, variant):
    placement, known = shirt
    text = add(client, placement, variant=variant).content.decode()
    assert "Pilih variannya dahulu." in text
    assert placement.product.get_absolute_url() in text
    assert f'value="{known.pk}"' in text
    assert "Pilih variannya dahulu." in add(client, placement, headers=OWN | HTMX).content.decode()
    assert not Cart.objects.exists()


@pytest.mark.parametrize("placement", ["0", "", "x", "²", "9" * 40, "1'--"])
def test_adding_an_unknown_placement_is_not_found(client, placement):
    assert add(client, placement).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "https://testserver.contoh.test"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "http://jahat.test/?http://testserver"},
        {},
    ],
)
def test_adding_from_elsewhere_is_refused(client, headers):
    response = add(client, shop.sold(), headers=headers)
    assert response.status_code == 403
    assert "tidak dimasukkan ke keranjang" in response.content.decode()
    assert not Cart.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_ORIGIN": "http://testserver"},
        {"HTTP_REFERER": "http://testserver/produk/x/"},
    ],
)
def test_adding_from_own_pages_needs_no_token(client, headers):
    client.handler.enforce_csrf_checks = True
    assert add(client, shop.sold(), headers=headers).status_code == 302


def test_cart_cookie_is_secure_on_a_server(client, settings):
    settings.DEMO = False
    assert add(client, shop.sold()).cookies["cart"]["secure"]


def test_adding_is_no_page_to_open(client):
    assert client.get(reverse("orders:cart-add")).status_code == 405


def test_badge_counts_in_one_query_and_sets_nothing(client, django_assert_num_queries):
    url = reverse("orders:cart-badge")
    with django_assert_num_queries(0):
        empty = client.get(url)
    assert empty.content.decode().strip() == ""
    add(client, shop.sold(), quantity=3)
    with django_assert_num_queries(1):
        response = client.get(url)
    assert ">3<" in response.content.decode()
    assert not response.cookies
    assert response.headers["Cache-Control"] == "private, no-store"


def test_cart_costs_the_same_for_one_and_for_many(client, django_assert_num_queries):
    edition = shop.selling_edition()
    for _ in range(3):
        add(client, shop.sold(edition=edition))
        with django_assert_num_queries(3):
            response = client.get(reverse("orders:cart"))
    assert response.content.decode().count('class="goods__item"') == 3


def test_cart_shows_what_became_unavailable(client):
    placement = shop.sold(name="Tas anyam")
    add(client, placement)
    type(placement.product).objects.update(stock=0)
    text = client.get(reverse("orders:cart")).content.decode()
    assert "Tas anyam" in text
    assert "Stok habis" in text
    assert reverse("orders:checkout") not in text


def test_unknown_cookie_is_an_empty_cart(client):
    client.cookies["cart"] = "x" * 500
    assert "masih kosong" in client.get(reverse("orders:cart")).content.decode()


def line_of(client):
    return CartLine.objects.get(cart__token=client.cookies["cart"].value)


def change(client, pk, quantity, **headers):
    return client.post(reverse("orders:cart-line", args=[pk]), {"quantity": quantity}, **headers)


def test_changing_a_line_without_javascript(client):
    add(client, shop.sold())
    assert change(client, line_of(client).pk, 4).url == reverse("orders:cart")
    assert line_of(client).quantity == 4


def test_changing_a_line_by_htmx_swaps_the_lines(client):
    add(client, shop.sold(price=10_000))
    text = change(client, line_of(client).pk, 4, **HTMX).content.decode()
    assert "Rp40.000" in text
    assert "<html" not in text
    assert line_of(client).quantity == 4


def test_changing_a_line_to_nonsense_says_so(client):
    add(client, shop.sold())
    for headers in (HTMX, {}):
        text = change(client, line_of(client).pk, "dua", **headers).content.decode()
        assert "Isi jumlah dengan angka." in text
    assert line_of(client).quantity == 1


def test_removing_the_last_line_shows_an_empty_cart(client):
    add(client, shop.sold())
    assert "masih kosong" in change(client, line_of(client).pk, 0, **HTMX).content.decode()


def test_lines_of_other_carts_do_not_exist(client):
    other = shop.cart_with(shop.sold())
    line = other.lines.get()
    assert change(client, line.pk, 5).status_code == 404
    add(client, shop.sold())
    assert change(client, line.pk, 5, **HTMX).status_code == 404
    line.refresh_from_db()
    assert line.quantity == 1


def test_changing_a_line_needs_a_token(client):
    add(client, shop.sold())
    client.handler.enforce_csrf_checks = True
    assert change(client, line_of(client).pk, 5).status_code == 403


def test_new_carts_are_limited_by_address(client, monkeypatch):
    monkeypatch.setattr("orders.views.basket.NEW_CARTS_PER_HOUR", 1)
    add(client, shop.sold())
    client.cookies.clear()
    response = add(client, shop.sold(), headers=OWN | HTMX)
    assert "Terlalu banyak" in response.content.decode()
    assert Cart.objects.count() == 1


def test_english_cart_is_english_in_address(client):
    assert client.get("/en/keranjang/").status_code == 200


def test_product_of_a_booth_without_account_says_so(client):
    placement = shop.sold(exhibitor=factories.make_exhibitor(bank_account_number=""))
    text = client.get(placement.product.get_absolute_url()).content.decode()
    assert "belum dapat menerima pembayaran" in text
    assert reverse("orders:cart-add") not in text
