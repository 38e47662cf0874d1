"""Certificates."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_variants_and_sales'),
        ('exhibitors', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('nib', 'NIB'), ('pirt', 'P-IRT'), ('halal', 'Halal'), ('bpom', 'BPOM'), ('sni', 'SNI'), ('merek', 'Merek terdaftar')], max_length=10, verbose_name='jenis')),
                ('number', models.CharField(max_length=60, verbose_name='nomor')),
                ('issuer', models.CharField(blank=True, max_length=120, verbose_name='penerbit')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='terbit')),
                ('expires_on', models.DateField(blank=True, help_text='Hari terakhir berlaku.', null=True, verbose_name='berlaku sampai')),
                ('document', models.CharField(blank=True, help_text='Nama berkas dalam penyimpanan pribadi.', max_length=200)),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diperiksa')),
                ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certificates', to='exhibitors.exhibitor', verbose_name='peserta')),
                ('product', models.ForeignKey(blank=True, help_text='Kosong: berlaku untuk seluruh usaha.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='certificates', to='catalog.product', verbose_name='produk')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pemeriksa')),
            ],
            options={
                'verbose_name': 'sertifikat',
                'verbose_name_plural': 'sertifikat',
                'ordering': ['kind', 'pk'],
                'indexes': [models.Index(condition=models.Q(('verified_at__isnull', False)), fields=['kind', 'exhibitor'], name='certificate_shown')],
                'constraints': [models.UniqueConstraint(fields=('exhibitor', 'product', 'kind', 'number'), name='certificate_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by__isnull', True)), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='certificate_verified_by_and_at')],
            },
        ),
    ]
