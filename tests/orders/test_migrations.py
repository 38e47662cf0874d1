from importlib import import_module

import pytest
from django.apps import apps

from exhibitors.models import Exhibitor
from orders.models import ANY_WEIGHT, ShippingService
from tests import factories

pytestmark = pytest.mark.django_db


def test_flat_fees_become_services_to_all_of_indonesia():
    exhibitor = factories.make_exhibitor()
    imported = factories.make_exhibitor(imported=True)
    ShippingService.objects.all().delete()
    Exhibitor.objects.filter(pk=exhibitor.pk).update(shipping_fee=12_000)
    move = import_module("orders.migrations.0006_flat_fees").make_services
    move(apps, None)
    move(apps, None)
    service = ShippingService.objects.get(exhibitor=exhibitor)
    home, abroad = service.zones.all()
    assert (home.reach, home.weights, home.fees, home.to_confirm) == ("home", [ANY_WEIGHT], [12_000], False)
    assert (abroad.reach, abroad.to_confirm) == ("abroad", True)
    assert not ShippingService.objects.filter(exhibitor=imported).exists()
