"""Staff see which mails failed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('expo', '0006_plain_text'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(condition=models.Q(('state', 'failed')), fields=['created_at'], name='mail_failed'),
        ),
    ]
