import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0009_certificate_standing"), ("orders", "0014_english_lines")]

    operations = [
        migrations.CreateModel(
            name="LabelSender",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Kosong: nama usaha Anda seperti di stan.",
                        max_length=80,
                        verbose_name="nama pengirim",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        help_text=(
                            "Ke sini paket kembali bila tidak sampai. "
                            "Kosong: hanya kecamatan dan kabupaten atau kota Anda."
                        ),
                        max_length=200,
                        verbose_name="alamat pengirim",
                    ),
                ),
                (
                    "shows_phone",
                    models.BooleanField(default=True, verbose_name="cetak nomor WhatsApp usaha di label"),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Dicetak besar di label, misalnya: Jangan dibanting.",
                        max_length=60,
                        verbose_name="pesan untuk kurir",
                    ),
                ),
                (
                    "exhibitor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="label_sender",
                        to="exhibitors.exhibitor",
                        verbose_name="peserta",
                    ),
                ),
            ],
            options={"verbose_name": "pengirim di label", "verbose_name_plural": "pengirim di label"},
        ),
    ]
