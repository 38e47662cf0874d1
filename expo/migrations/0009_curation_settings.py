"""What curators decide twice, and how far prices move freely: settings of an edition."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('expo', '0008_organiser_whatsapp'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='free_price_percent',
            field=models.PositiveSmallIntegerField(default=30, help_text='Harga produk tayang boleh berubah sejauh ini dari harga yang disetujui; selebihnya ditinjau. 0: selalu.', validators=[django.core.validators.MaxValueValidator(1000)], verbose_name='perubahan harga tanpa kurasi (%)'),
        ),
        migrations.AddField(
            model_name='edition',
            name='second_look',
            field=models.CharField(choices=[('none', 'Tidak perlu'), ('exhibitors', 'Peserta'), ('all', 'Peserta dan produk')], default='none', help_text='Persetujuan mana yang perlu dua orang berbeda.', max_length=10, verbose_name='mata kedua'),
        ),
    ]
