"""Mails have a formatted part as well."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('expo', '0003_picture_folder_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmail',
            name='html',
            field=models.TextField(blank=True, help_text='Kosong: surel hanya berupa teks.', verbose_name='isi berformat'),
        ),
    ]
