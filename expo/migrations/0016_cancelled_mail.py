from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("expo", "0015_rounds_of_mail")]

    operations = [
        migrations.AlterField(
            model_name="outgoingmail",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Menunggu"),
                    ("sending", "Sedang dikirim"),
                    ("sent", "Terkirim"),
                    ("failed", "Gagal"),
                    ("bounced", "Kembali ke pengirim"),
                    ("cancelled", "Dibatalkan"),
                ],
                default="pending",
                max_length=10,
                verbose_name="status",
            ),
        ),
    ]
