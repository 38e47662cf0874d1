"""Since when a certificate waits for its check, and whether it was given back."""

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_reviews_and_proposals'),
        ('exhibitors', '0002_certificates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='certificate',
            name='returned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='dikembalikan'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='submitted_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='diajukan'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(condition=models.Q(('returned_at__isnull', True), ('verified_at__isnull', True)), fields=['submitted_at'], name='certificate_queue'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('verified_at__isnull', True), ('returned_at__isnull', True), _connector='OR'), name='certificate_verified_or_returned'),
        ),
    ]
