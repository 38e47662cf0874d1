"""How far a certificate is, what it renews, and the warnings before its end."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_variants_and_sales'),
        ('exhibitors', '0008_without_flat_fee'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ExpiryNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expires_on', models.DateField(verbose_name='berlaku sampai')),
                ('days', models.PositiveSmallIntegerField(verbose_name='hari sebelumnya')),
                ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='dikirim')),
            ],
            options={
                'verbose_name': 'peringatan masa berlaku',
                'verbose_name_plural': 'peringatan masa berlaku',
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='certificate',
            name='certificate_once',
        ),
        migrations.AddField(
            model_name='certificate',
            name='renews',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='renewals', to='exhibitors.certificate', verbose_name='memperbarui'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='standing',
            field=models.CharField(choices=[('issued', 'Sudah terbit'), ('process', 'Sedang diproses'), ('not_halal', 'Dinyatakan tidak halal')], default='issued', max_length=10, verbose_name='keadaan'),
        ),
        migrations.AlterField(
            model_name='certificate',
            name='number',
            field=models.CharField(blank=True, max_length=60, verbose_name='nomor'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(condition=models.Q(('expires_on__isnull', False), ('returned_at__isnull', True)), fields=['expires_on'], name='certificate_expiring'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('exhibitor', 'product', 'kind', 'number', 'expires_on'), name='certificate_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('standing', 'issued'), ('kind', 'halal'), _connector='OR'), name='certificate_standing_of_halal'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', 'issued'), _negated=True), models.Q(('number', ''), _negated=True), _connector='OR'), name='certificate_issued_has_number'),
        ),
        migrations.AddField(
            model_name='expirynotice',
            name='certificate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='exhibitors.certificate'),
        ),
        migrations.AddConstraint(
            model_name='expirynotice',
            constraint=models.UniqueConstraint(fields=('certificate', 'expires_on', 'days'), name='expiry_notice_once'),
        ),
    ]
