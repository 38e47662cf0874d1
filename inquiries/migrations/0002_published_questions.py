"""Questions with their answers on the page of a product, when the asker agreed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_reviews_and_proposals'),
        ('exhibitors', '0003_certificate_queue'),
        ('expo', '0001_initial'),
        ('inquiries', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='answer',
            name='is_public',
            field=models.BooleanField(default=False, verbose_name='tampil di halaman produk'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='hidden_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='disembunyikan'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='hidden_reason',
            field=models.CharField(blank=True, max_length=250, verbose_name='alasan disembunyikan'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='may_publish',
            field=models.BooleanField(default=False, help_text='Penanya setuju pertanyaannya tampil di halaman produk.', verbose_name='boleh ditampilkan'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='published_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ditampilkan'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(condition=models.Q(('hidden_at__isnull', True), ('published_at__isnull', False)), fields=['product', '-published_at', '-id'], name='inquiry_published'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', True), models.Q(('answered_at__isnull', False), ('may_publish', True), ('product__isnull', False)), _connector='OR'), name='inquiry_published_with_consent'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_at__isnull', True), ('hidden_reason', '')), models.Q(('hidden_at__isnull', False), models.Q(('hidden_reason', ''), _negated=True)), _connector='OR'), name='inquiry_hidden_with_reason'),
        ),
    ]
