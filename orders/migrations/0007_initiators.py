"""Who began a cancellation. The deadline of a balance is the order's."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0006_flat_fees'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='payment',
            name='due_at',
        ),
        migrations.AddField(
            model_name='cancellationrequest',
            name='initiator',
            field=models.CharField(choices=[('buyer', 'Pembeli'), ('exhibitor', 'Penjual')], default='buyer', max_length=10, verbose_name='dari'),
        ),
        migrations.AlterField(
            model_name='cancellationrequest',
            name='reason',
            field=models.CharField(max_length=250, verbose_name='alasan'),
        ),
    ]
