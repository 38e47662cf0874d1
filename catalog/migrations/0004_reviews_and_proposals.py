"""Reviews by buyers, and what waits for the curators of photos and variants."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_variants_and_sales'),
        ('exhibitors', '0002_certificates'),
        ('expo', '0001_initial'),
        ('orders', '0002_payments_and_variants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='question_count',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='banyak tanya jawab'),
        ),
        migrations.AddField(
            model_name='productchange',
            name='photo_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, help_text='Gambar menurut urutan, yang pertama foto utama. Kosong: foto tidak berubah.', null=True, size=None, verbose_name='foto'),
        ),
        migrations.AddField(
            model_name='variant',
            name='is_approved',
            field=models.BooleanField(default=True, help_text='Nama dan fotonya pernah disetujui kurator.', verbose_name='sudah dikurasi'),
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('variant_label', models.CharField(blank=True, max_length=60, verbose_name='varian')),
                ('author', models.CharField(max_length=60, verbose_name='penulis')),
                ('language', models.CharField(default='id', max_length=5, verbose_name='bahasa')),
                ('rating', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='bintang')),
                ('body', models.TextField(blank=True, verbose_name='ulasan')),
                ('written_at', models.DateTimeField(verbose_name='ditulis')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='diubah')),
                ('answer', models.TextField(blank=True, verbose_name='tanggapan peserta')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='ditanggapi')),
                ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='disembunyikan')),
                ('hidden_reason', models.CharField(blank=True, max_length=250, verbose_name='alasan disembunyikan')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditanggapi oleh')),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exhibitors.exhibitor', verbose_name='peserta')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='orders.orderline', verbose_name='baris pesanan')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='catalog.product', verbose_name='produk')),
            ],
            options={
                'verbose_name': 'ulasan',
                'verbose_name_plural': 'ulasan',
                'ordering': ['-written_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='expo.picture', verbose_name='gambar')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='catalog.review', verbose_name='ulasan')),
            ],
            options={
                'verbose_name': 'foto ulasan',
                'verbose_name_plural': 'foto ulasan',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VariantChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='nama varian')),
                ('name_en', models.CharField(blank=True, max_length=60, verbose_name='nama varian (Inggris)')),
                ('sells', models.BooleanField(default=False, verbose_name='dijual setelah disetujui')),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variants', to='catalog.productchange')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='expo.picture', verbose_name='foto')),
                ('variant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='change', to='catalog.variant', verbose_name='varian')),
            ],
            options={
                'verbose_name': 'usulan perubahan varian',
                'verbose_name_plural': 'usulan perubahan varian',
            },
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('hidden_at__isnull', True)), fields=['product', '-written_at', '-id'], name='review_shown'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['exhibitor', '-written_at', '-id'], name='review_inbox'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('rating__range', (1, 5))), name='review_rating_one_to_five'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='review_answer_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_at__isnull', True), ('hidden_reason', '')), models.Q(('hidden_at__isnull', False), models.Q(('hidden_reason', ''), _negated=True)), _connector='OR'), name='review_hidden_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='reviewphoto',
            constraint=models.UniqueConstraint(fields=('review', 'picture'), name='review_photo_once'),
        ),
    ]
