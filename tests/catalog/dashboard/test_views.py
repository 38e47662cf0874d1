import pytest
from django.urls import reverse

from catalog.models import Product, ProductChange
from tests.factories import make_category, make_product
from tests.pictures import make_picture, photo_file


def url(name, *args):
    return reverse(f"catalog:dashboard-{name}", args=args)


def new(chosen, **fields):
    return {"name": "Kopi Temanggung", "category": chosen.pk, "price": "45rb", "stock": "5", **fields}


def test_one_photo_and_one_price_make_a_product(as_user, helper):
    response = as_user(helper).post(url("new-product"), new(make_category(), cover_camera=photo_file()), follow=True)
    product = Product.objects.get()
    assert (product.exhibitor, product.price, product.stock) == (helper.exhibitor, 45000, 5)
    assert product.state == "submitted"
    assert "Menunggu kurasi" in response.content.decode()


def test_an_error_elsewhere_keeps_the_photo(as_user, owner):
    client, category = as_user(owner), make_category()
    response = client.post(url("new-product"), new(category, price="mahal", cover=photo_file()))
    page = response.content.decode()
    kept = response.context["form"]["cover"].value()
    assert "Tulis jumlah rupiah dengan angka" in page
    assert f'name="cover_kept" value="{kept.digest}"' in page
    assert 'value="Kopi Temanggung"' in page
    client.post(url("new-product"), new(category, cover_kept=kept.digest))
    assert Product.objects.get().cover == kept


@pytest.mark.parametrize(
    ("fields", "field", "error"),
    [
        ({}, "cover", "Tambahkan satu foto."),
        ({"cover_kept": "f" * 64}, "cover", "Tambahkan satu foto."),
        ({"price": "0"}, "price", "lebih besar"),
        ({"stock": "-1"}, "stock", "lebih besar"),
        ({"category": "99"}, "category", "pilihan"),
    ],
)
def test_errors_stand_at_their_field(as_user, owner, fields, field, error):
    response = as_user(owner).post(url("new-product"), new(make_category(), **fields))
    assert response.status_code == 200
    assert error.lower() in str(response.context["form"].errors[field]).lower()
    assert not Product.objects.exists()


def test_a_file_that_is_no_picture_is_refused(as_user, owner):
    fake = photo_file()
    fake.file.seek(0)
    fake.file.write(b"MZ" * 40)
    fake.seek(0)
    response = as_user(owner).post(url("new-product"), new(make_category(), cover=fake))
    assert response.context["form"].errors["cover"]


def test_price_and_stock_are_live(as_user, owner):
    product = make_product(exhibitor=owner.exhibitor, price=1000, stock=10)
    data = {
        "price": "1.200",
        "initial-price": "1000",
        "stock": "10",
        "initial-stock": "10",
        "minimum_quantity": "1",
    }
    Product.objects.filter(pk=product.pk).update(stock=9)  # sold while the form was open
    as_user(owner).post(url("edit-inventory", product.pk), data)
    product.refresh_from_db()
    assert (product.price, product.stock, product.state) == (1200, 9, "approved")


def test_a_new_name_waits(as_user, owner):
    product = make_product(exhibitor=owner.exhibitor, cover=make_picture(), name="Kopi")
    data = {"name": "Kopi robusta", "category": product.category_id}
    response = as_user(owner).post(url("edit-product", product.pk), data, follow=True)
    product.refresh_from_db()
    assert product.name == "Kopi"
    assert ProductChange.objects.get().name == "Kopi robusta"
    assert "Usulan perubahan menunggu ditinjau" in response.content.decode()
    assert 'value="Kopi robusta"' in as_user(owner).get(url("edit-product", product.pk)).content.decode()


def test_a_suspended_product_says_no(as_user, owner):
    product = make_product(exhibitor=owner.exhibitor, cover=make_picture(), state="suspended")
    data = {"name": "Baru", "category": product.category_id}
    response = as_user(owner).post(url("edit-product", product.pk), data)
    assert "tidak dapat diubah" in response.content.decode()


@pytest.mark.parametrize("name", ["product", "edit-product", "edit-inventory", "submission"])
def test_other_peoples_products_do_not_exist(as_user, owner, outsider, name):
    product = make_product(exhibitor=owner.exhibitor, state="draft", cover=make_picture())
    client = as_user(outsider)
    method = client.post if name == "submission" else client.get
    assert method(url(name, product.pk)).status_code == 404
    assert client.post(url(name, product.pk), {"name": "x"}).status_code in (404, 405)
    product.refresh_from_db()
    assert product.state == "draft"


def test_list_filters_and_pages(as_user, owner, outsider):
    make_product(exhibitor=outsider.exhibitor, name="Milik orang")
    make_product(exhibitor=owner.exhibitor, name="Habis", stock=0)
    make_product(exhibitor=owner.exhibitor, name="Kembali", state="returned")
    client = as_user(owner)
    page = client.get(url("products")).content.decode()
    assert "Milik orang" not in page
    assert "Kembali" in client.get(url("products") + "?status=returned").content.decode()
    assert "Kembali" not in client.get(url("products") + "?status=empty").content.decode()
    category = make_category()
    for _ in range(31):
        make_product(exhibitor=owner.exhibitor, category=category)
    first = client.get(url("products")).context["listing"]
    second = client.get(url("products") + f"?sesudah={first.after}").context["listing"]
    assert len(first.products) == 30
    assert len(second.products) == 3
    assert not {p.pk for p in first.products} & {p.pk for p in second.products}


def test_list_asks_the_same_number_of_queries(as_user, owner, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(owner)
    counts = []
    for more in (1, 3):
        for _ in range(more):
            make_product(exhibitor=owner.exhibitor, cover=make_picture())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url("products"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_each_field_that_waits_says_what_stands_there_and_what_is_wanted(as_user, owner):
    product = make_product(
        exhibitor=owner.exhibitor, name="Kopi", price=50_000, description="Lama", cover=make_picture()
    )
    client = as_user(owner)
    assert "field__waiting" not in client.get(url("edit-product", product.pk)).content.decode()
    form = {"name": "Kopi robusta", "category": product.category_id, "description": "Lama", "ingredients": ""}
    client.post(url("edit-product", product.pk), form)
    page = client.get(url("edit-product", product.pk)).content.decode()
    assert page.count("field__waiting") == 1
    assert '<div class="field__waiting" id="id_name_waiting">' in page
    assert 'aria-describedby="id_name_waiting"' in page
    assert "<dd>Kopi</dd>" in page
    assert "<dd>Kopi robusta</dd>" in page
    shown = client.get(url("edit-inventory", product.pk)).context["form"]
    values = {name: shown[name].value() for name in shown.fields} | {"initial-price": 50_000, "initial-stock": 10}
    client.post(url("edit-inventory", product.pk), values | {"price": "90.000"})
    page = client.get(url("edit-inventory", product.pk)).content.decode()
    assert "id_price_waiting" in page
    assert "<dd>Rp90.000</dd>" in page
    bound = client.post(url("edit-product", product.pk), form | {"name": ""}).content.decode()
    assert "<dd>Kopi</dd>" in bound  # not what was typed just now
    assert "data-keep-bound" in bound
