"""What was in the database before a migration is still there after it."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db
BEFORE = [("exhibitors", "0006_registration"), ("orders", "0005_shipping_and_vouchers")]


def test_flat_fees_become_services_to_all_of_indonesia_before_their_column_goes():
    """Up to the state before, as far as the table of exhibitors goes, and through what followed."""
    loader = MigrationExecutor(connection).loader
    state = loader.project_state(BEFORE)
    column = state.apps.get_model("exhibitors", "Exhibitor")
    with connection.schema_editor() as editor:
        editor.add_field(column, column._meta.get_field("shipping_fee"))
    exhibitor = column.objects.create(slug="a", name="A", shipping_fee=12_000)
    imported = column.objects.create(slug="b", name="B", imported=True)
    connection.check_constraints()
    move, remove = (
        loader.get_migration(app, name)
        for app, name in (("orders", "0006_flat_fees"), ("exhibitors", "0008_without_flat_fee"))
    )
    assert ("orders", "0006_flat_fees") in remove.dependencies
    for _time in range(2):
        move.operations[0].code(state.apps, None)
    services = state.apps.get_model("orders", "ShippingService").objects
    home, abroad = services.get(exhibitor=exhibitor).zones.order_by("pk")
    assert (home.reach, home.weights, home.fees, home.to_confirm) == ("home", [2_000_000_000], [12_000], False)
    assert (abroad.reach, abroad.to_confirm) == ("abroad", True)
    assert not services.filter(exhibitor=imported).exists()
