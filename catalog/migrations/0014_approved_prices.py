"""What is on show was approved at its price; what waits already was proposed against what is on show."""

from django.db import migrations
from django.db.models import F

CURATED = (
    "category_id", "name", "name_en", "description", "description_en", "ingredients", "ingredients_en", "cover_id",
)  # fmt: skip


def remember(apps, schema_editor):
    product = apps.get_model("catalog", "Product")
    product.objects.filter(state="approved", approved_price=None).update(approved_price=F("price"))
    variants = apps.get_model("catalog", "Variant").objects
    variants.filter(is_approved=True, approved_price=None).update(approved_price=F("price"))
    for change in apps.get_model("catalog", "ProductChange").objects.select_related("product").iterator():
        change.base = {name.removesuffix("_id"): getattr(change.product, name) for name in CURATED}
        change.save(update_fields=["base"])


class Migration(migrations.Migration):
    dependencies = [("catalog", "0013_proposals")]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop, elidable=True)]
