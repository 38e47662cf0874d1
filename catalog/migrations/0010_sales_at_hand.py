"""Products on sale are found without reading all placements."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0009_readiness'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='placement',
            index=models.Index(condition=models.Q(('sale_percent__gt', 0)), fields=['product'], name='placement_on_sale'),
        ),
    ]
