"""What staff see of a product's parts, and the organiser's sale."""

import pytest
from django.utils import timezone

from catalog.models import Placement, PriceStep, Product, Variant
from expo.formats import WIB
from tests.factories import make_placement, make_product

pytestmark = pytest.mark.django_db


def test_staff_see_variants_steps_and_sales(as_user, operator):
    product = make_product(has_variants=True)
    Variant.objects.create(product=product, name="Besar sekali", price=5)
    PriceStep.objects.create(product=product, minimum_quantity=12, unit_price=4)
    make_placement(product=product)
    client = as_user(operator)
    html = client.get(f"/admin/catalog/product/{product.pk}/change/").content.decode()
    assert "Besar sekali" in html
    assert 'name="stock"' not in html
    assert 'name="ingredients"' in html


def test_the_organiser_gives_a_sale_to_many(as_user, operator, curator):
    first, second = make_placement(), make_placement()
    today = timezone.now().astimezone(WIB).date().isoformat()
    page = f"/admin/catalog/placement/keputusan/sale/?pk={first.pk}&pk={second.pk}"
    data = {"percent": "20", "start": today, "until": today, "reason": ""}
    assert as_user(curator).post(page, data).status_code == 403
    client = as_user(operator)
    assert client.get(page).status_code == 200
    assert client.get("/admin/catalog/placement/").status_code == 200
    client.post(page, {**data, "percent": "0"})
    assert not Placement.objects.filter(sale_percent__gt=0).exists()
    client.post(page, data)
    assert set(Placement.objects.values_list("sale_percent", "sale_by")) == {(20, "edition")}
    client.post(page.replace("/sale/", "/end/"), {"reason": "", "x": "1"})
    assert set(Placement.objects.values_list("sale_percent", "sale_by")) == {(0, "")}
    assert Product.objects.count() == 2
