"""Photos that wait in a proposal are referred to by rows, too."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0006_dated_approvals'),
        ('expo', '0006_plain_text'),
    ]

    operations = [
        migrations.AddField(
            model_name='productchange',
            name='pictures',
            field=models.ManyToManyField(editable=False, related_name='+', to='expo.picture'),
        ),
    ]
