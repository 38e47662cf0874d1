from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("expo", "0014_returned_mail")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="round",
            field=models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                help_text="Berapa kali dikirim ulang atas permintaan.",
                verbose_name="putaran",
            ),
        ),
    ]
