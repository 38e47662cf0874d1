"""Whatever is approved has a moment of approval: lists of products go on from it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_vocabulary")]

    operations = [
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "approved"), _negated=True) | models.Q(("approved_at__isnull", False)),
                name="product_approved_has_time",
            ),
        ),
    ]
