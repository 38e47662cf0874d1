"""Variants, price steps and sales of booths; what a product is made of and how large it is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0002_search'),
        ('exhibitors', '0001_initial'),
        ('expo', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PriceStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minimum_quantity', models.PositiveIntegerField(verbose_name='mulai jumlah')),
                ('unit_price', models.PositiveBigIntegerField(verbose_name='harga satuan (rupiah)')),
            ],
            options={
                'verbose_name': 'harga grosir',
                'verbose_name_plural': 'harga grosir',
                'ordering': ['minimum_quantity'],
            },
        ),
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='nama varian')),
                ('name_en', models.CharField(blank=True, max_length=60, verbose_name='nama varian (Inggris)')),
                ('sku', models.CharField(blank=True, max_length=60, verbose_name='SKU')),
                ('price', models.PositiveBigIntegerField(verbose_name='harga (rupiah)')),
                ('stock', models.PositiveIntegerField(default=0, verbose_name='stok')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('is_active', models.BooleanField(default=True, verbose_name='dijual')),
            ],
            options={
                'verbose_name': 'varian',
                'verbose_name_plural': 'varian',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='placement',
            name='sale_by',
            field=models.CharField(blank=True, choices=[('exhibitor', 'Peserta'), ('edition', 'Penyelenggara')], max_length=10, verbose_name='potongan dari'),
        ),
        migrations.AddField(
            model_name='placement',
            name='sale_from',
            field=models.DateTimeField(blank=True, null=True, verbose_name='potongan mulai'),
        ),
        migrations.AddField(
            model_name='placement',
            name='sale_percent',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='potongan harga (%)'),
        ),
        migrations.AddField(
            model_name='placement',
            name='sale_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='potongan sampai'),
        ),
        migrations.AddField(
            model_name='product',
            name='deposit_percent',
            field=models.PositiveSmallIntegerField(default=0, help_text='Hanya untuk yang dibuat setelah dipesan; 0: dibayar penuh di muka.', verbose_name='uang muka (%)'),
        ),
        migrations.AddField(
            model_name='product',
            name='has_steps',
            field=models.BooleanField(default=False, editable=False, verbose_name='ada harga grosir'),
        ),
        migrations.AddField(
            model_name='product',
            name='has_variants',
            field=models.BooleanField(default=False, editable=False, verbose_name='bervarian'),
        ),
        migrations.AddField(
            model_name='product',
            name='height_mm',
            field=models.PositiveIntegerField(default=0, verbose_name='tinggi (mm)'),
        ),
        migrations.AddField(
            model_name='product',
            name='ingredients',
            field=models.TextField(blank=True, verbose_name='bahan atau komposisi'),
        ),
        migrations.AddField(
            model_name='product',
            name='ingredients_en',
            field=models.TextField(blank=True, verbose_name='bahan atau komposisi (Inggris)'),
        ),
        migrations.AddField(
            model_name='product',
            name='length_mm',
            field=models.PositiveIntegerField(default=0, verbose_name='panjang (mm)'),
        ),
        migrations.AddField(
            model_name='product',
            name='price_top',
            field=models.PositiveBigIntegerField(blank=True, help_text='Kosong: semua varian sama harganya.', null=True, verbose_name='harga tertinggi (rupiah)'),
        ),
        migrations.AddField(
            model_name='product',
            name='rating_count',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='banyak ulasan'),
        ),
        migrations.AddField(
            model_name='product',
            name='rating_sum',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='jumlah bintang'),
        ),
        migrations.AddField(
            model_name='product',
            name='sku',
            field=models.CharField(blank=True, max_length=60, verbose_name='SKU'),
        ),
        migrations.AddField(
            model_name='product',
            name='width_mm',
            field=models.PositiveIntegerField(default=0, verbose_name='lebar (mm)'),
        ),
        migrations.AddField(
            model_name='productchange',
            name='ingredients',
            field=models.TextField(blank=True, verbose_name='bahan atau komposisi'),
        ),
        migrations.AddField(
            model_name='productchange',
            name='ingredients_en',
            field=models.TextField(blank=True, verbose_name='bahan atau komposisi (Inggris)'),
        ),
        migrations.AlterField(
            model_name='product',
            name='price',
            field=models.PositiveBigIntegerField(help_text='Dengan varian: yang terendah.', verbose_name='harga (rupiah)'),
        ),
        migrations.AlterField(
            model_name='product',
            name='stock',
            field=models.PositiveIntegerField(default=0, help_text='Dengan varian: jumlah semuanya.', verbose_name='stok'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sale_by', ''), ('sale_from__isnull', True), ('sale_percent', 0), ('sale_until__isnull', True)), models.Q(('sale_by__in', ['exhibitor', 'edition']), ('sale_from__isnull', False), ('sale_percent__range', (1, 90)), ('sale_until__gt', models.F('sale_from'))), _connector='OR'), name='placement_sale_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('price_top__isnull', True), ('price_top__gt', models.F('price')), _connector='OR'), name='product_price_range', violation_error_message='Harga tertinggi harus di atas harga terendah.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('deposit_percent__lte', 90)), name='product_deposit_below_price', violation_error_message='Uang muka paling banyak 90%.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.UniqueConstraint(condition=models.Q(('sku', ''), _negated=True), fields=('exhibitor', 'sku'), name='product_sku_once_per_exhibitor', violation_error_message='SKU ini sudah dipakai untuk produk lain.'),
        ),
        migrations.AddField(
            model_name='pricestep',
            name='product',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='catalog.product', verbose_name='produk'),
        ),
        migrations.AddField(
            model_name='variant',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='expo.picture', verbose_name='foto'),
        ),
        migrations.AddField(
            model_name='variant',
            name='product',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variants', to='catalog.product', verbose_name='produk'),
        ),
        migrations.AddField(
            model_name='pricestep',
            name='variant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='catalog.variant', verbose_name='varian'),
        ),
        migrations.AddConstraint(
            model_name='variant',
            constraint=models.UniqueConstraint(fields=('product', 'name'), name='variant_name_once', violation_error_message='Nama varian ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='variant',
            constraint=models.CheckConstraint(condition=models.Q(('price__gt', 0)), name='variant_price_positive', violation_error_message='Harga harus lebih dari nol.'),
        ),
        migrations.AddConstraint(
            model_name='pricestep',
            constraint=models.UniqueConstraint(fields=('product', 'variant', 'minimum_quantity'), name='price_step_once', nulls_distinct=False, violation_error_message='Jumlah ini sudah punya harga grosir.'),
        ),
        migrations.AddConstraint(
            model_name='pricestep',
            constraint=models.CheckConstraint(condition=models.Q(('minimum_quantity__gte', 2), ('unit_price__gt', 0)), name='price_step_positive', violation_error_message='Harga grosir mulai dari 2 buah dan lebih dari nol.'),
        ),
    ]
