from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("expo", "0013_recipients_moved")]

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
                ],
                default="pending",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.RemoveIndex(model_name="outgoingmail", name="mail_failed"),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(fields=["created_at"], name="mail_failed", condition=Q(state__in=["failed", "bounced"])),
        ),
    ]
