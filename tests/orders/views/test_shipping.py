"""The exhibitor's table of shipping: made, changed, deleted by its owner alone; what is wrong is said at its field."""

import pytest
from django.urls import reverse

from orders.models import ANY_WEIGHT, ShippingService, ShippingZone
from tests import factories

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"orders:{name}", args=args)


@pytest.fixture
def table(owner):
    """The owner's only service, with a zone to Salatiga."""
    factories.make_region()
    ShippingService.objects.filter(exhibitor=owner.exhibitor).delete()
    return factories.make_shipping(owner.exhibitor, ("33.73", 5_000), name="Kurir toko")


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {field: list(found) for field, found in response.context["form"].errors.items()}


def test_a_service_and_its_zones_are_made_changed_and_deleted(as_user, helper):
    factories.make_region()
    ShippingService.objects.filter(exhibitor=helper.exhibitor).delete()
    client = as_user(helper)
    client.post(url("shipping-service-new"), {"name": "JNE Reguler", "duration": "2–4 hari", "is_active": "on"})
    service = ShippingService.objects.get(exhibitor=helper.exhibitor)
    rows = {"weight_0": "1,5", "fee_0": "12.000", "fee_1": "20.000"}
    client.post(url("shipping-zone-new", service.pk), {"reach": "regency", "place": "salatiga", **rows})
    zone = service.zones.get()
    assert (zone.region_id, zone.weights, zone.fees) == ("33.73", [1500, ANY_WEIGHT], [12_000, 20_000])
    page = client.get(url("shipping")).content.decode()
    assert "JNE Reguler" in page
    assert "Rp12.000" in page

    client.post(url("shipping-zone", service.pk, zone.pk), {"reach": "home", "to_confirm": "on"})
    zone.refresh_from_db()
    assert (zone.reach, zone.region, zone.to_confirm, zone.fees) == ("home", None, True, [])
    client.post(url("shipping-service", service.pk), {"name": "JNE Oke"})
    service.refresh_from_db()
    assert (service.name, service.is_active) == ("JNE Oke", False)
    client.post(url("shipping-zone", service.pk, zone.pk), {"delete": "1"})
    assert not service.zones.exists()
    client.post(url("shipping-service", service.pk), {"delete": "1"})
    assert not ShippingService.objects.filter(exhibitor=helper.exhibitor).exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reach": "regency", "place": "Atlantis", "fee_0": "1"}, "place"),
        ({"reach": "country", "fee_0": "1"}, "country"),
        ({"reach": "home"}, "fee_0"),
        ({"reach": "home", "weight_0": "1"}, "fee_0"),
        ({"reach": "home", "fee_0": "murah"}, "fee_0"),
        ({"reach": "home", "weight_0": "-1", "fee_0": "1"}, "weight_0"),
        ({"reach": "home", "weight_0": "2", "fee_0": "1", "weight_1": "1", "fee_1": "2"}, "__all__"),
        ({"reach": "bulan", "fee_0": "1"}, "reach"),
        ({"reach": "regency", "place": "Salatiga", "fee_0": "1"}, "__all__"),  # is there already
    ],
)
def test_a_wrong_zone_is_told_at_its_field(as_user, owner, table, fields, field):
    found = errors(as_user(owner).post(url("shipping-zone-new", table.pk), fields))
    assert field in found
    assert table.zones.count() == 1


def test_how_long_a_service_takes_is_told_in_the_readers_language(as_user, owner, table):
    ShippingService.objects.filter(pk=table.pk).update(duration="2-4 hari")
    client = as_user(owner)
    assert "2–4 hari" in client.get(url("shipping")).content.decode()
    assert "2–4 days" in client.get("/en" + url("shipping")).content.decode()


def test_names_of_services_are_there_and_only_once(as_user, owner, table):
    client = as_user(owner)
    for name in ("", "Kurir toko", "x" * 200):
        assert "name" in errors(client.post(url("shipping-service-new"), {"name": name}))
    assert client.post(url("shipping-service", table.pk), {"name": "Kurir toko"}).status_code == 302
    assert ShippingService.objects.filter(exhibitor=owner.exhibitor).count() == 1


def test_the_table_to_begin_with_is_made_once(as_user, owner):
    ShippingService.objects.filter(exhibitor=owner.exhibitor).delete()
    client = as_user(owner)
    for _time in range(2):
        page = client.post(url("shipping-template"), follow=True).content.decode()
    made = ShippingService.objects.filter(exhibitor=owner.exhibitor)
    assert made.count() == len(set(made.values_list("name", flat=True))) >= 1
    assert "notice" in page


def test_tables_of_others_do_not_exist(as_user, outsider, table, client):
    zone = table.zones.get()
    pages = (
        url("shipping-service", table.pk),
        url("shipping-zone", table.pk, zone.pk),
        url("shipping-zone-new", table.pk),
    )
    for page in pages:
        assert client.get(page).status_code == 302  # not signed in
    signed_in = as_user(outsider)
    own = ShippingService.objects.filter(exhibitor__memberships__user=outsider).first()
    for page in (*pages, *([url("shipping-zone", own.pk, zone.pk)] if own else [])):
        for answer in (signed_in.get(page), signed_in.post(page, {"delete": "1"}), signed_in.post(page, {"name": "x"})):
            assert answer.status_code in (403, 404), page
    assert ShippingZone.objects.filter(pk=zone.pk).exists()
