"""The organiser's WhatsApp number, to which exhibitors send the code that confirms theirs."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('expo', '0007_failed_mail'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='organiser_whatsapp',
            field=models.CharField(blank=True, help_text='Dalam bentuk +62…; peserta mengonfirmasi nomornya dengan mengirim pesan ke sini.', max_length=20, verbose_name='WhatsApp panitia'),
        ),
    ]
