"""Several payments of one order, variants in carts and orders, prices before discounts."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


def copy_prices(apps, schema_editor):
    """Nothing was lowered so far: the price before discounts is the price."""
    apps.get_model("orders", "OrderLine").objects.update(list_price=models.F("unit_price"))


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_variants_and_sales'),
        ('orders', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='cartline',
            name='cart_line_once',
        ),
        migrations.RemoveConstraint(
            model_name='orderline',
            name='order_line_once',
        ),
        migrations.RemoveConstraint(
            model_name='orderline',
            name='order_line_refund_within',
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='payment_confirmed_by_and_at',
        ),
        migrations.AddField(
            model_name='cartline',
            name='variant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.variant'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='discount',
            field=models.PositiveBigIntegerField(default=0, verbose_name='potongan voucher (rupiah)'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='list_price',
            field=models.PositiveBigIntegerField(default=0, verbose_name='harga sebelum potongan'),
            preserve_default=False,
        ),
        migrations.RunPython(copy_prices, migrations.RunPython.noop),
        migrations.AddField(
            model_name='orderline',
            name='variant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.variant', verbose_name='varian'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='variant_label',
            field=models.CharField(blank=True, max_length=60, verbose_name='varian'),
        ),
        migrations.AddField(
            model_name='payment',
            name='is_current',
            field=models.BooleanField(default=True, verbose_name='yang berlaku'),
        ),
        migrations.AddField(
            model_name='payment',
            name='method',
            field=models.CharField(choices=[('transfer', 'Transfer bank'), ('qris', 'QRIS'), ('gateway', 'Pembayaran otomatis'), ('cash', 'Tunai di stan')], default='transfer', max_length=10, verbose_name='cara'),
        ),
        migrations.AddField(
            model_name='payment',
            name='purpose',
            field=models.CharField(choices=[('full', 'Pembayaran penuh'), ('deposit', 'Uang muka'), ('balance', 'Pelunasan')], default='full', max_length=10, verbose_name='untuk'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='account_holder',
            field=models.CharField(blank=True, max_length=120, verbose_name='atas nama'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='account_key',
            field=models.CharField(blank=True, help_text='Bank dan nomor rekening tujuan.', max_length=100),
        ),
        migrations.AlterField(
            model_name='payment',
            name='account_number',
            field=models.CharField(blank=True, max_length=30, verbose_name='nomor rekening'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='bank_name',
            field=models.CharField(blank=True, max_length=60, verbose_name='bank'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='orders.order', verbose_name='pesanan'),
        ),
        migrations.AddConstraint(
            model_name='cartline',
            constraint=models.UniqueConstraint(fields=('cart', 'placement', 'variant'), name='cart_line_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.UniqueConstraint(fields=('order', 'product', 'variant'), name='order_line_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('refunded_quantity__lte', models.F('quantity')), ('refunded_amount__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('unit_price'), '*', models.F('quantity')), '-', models.F('discount')))), name='order_line_refund_within'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('discount__lte', django.db.models.expressions.CombinedExpression(models.F('unit_price'), '*', models.F('quantity')))), name='order_line_discount_within'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(fields=('order', 'purpose'), name='payment_once_per_purpose'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('order',), name='payment_one_is_current'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), models.Q(('confirmed_at__isnull', False), ('method', 'gateway')), _connector='OR'), name='payment_confirmed_by_and_at'),
        ),
    ]
