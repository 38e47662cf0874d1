"""What happens after the order: requests to cancel, deposits, proofs of refunds, moments of shipping."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


def copy_moments(apps, schema_editor):
    """When an order was shipped stood in its history alone."""
    events = apps.get_model("orders", "OrderEvent").objects.filter(order=models.OuterRef("pk"), kind="shipped")
    apps.get_model("orders", "Order").objects.filter(courier__gt="").update(
        shipped_at=models.Subquery(events.order_by("-at").values("at")[:1])
    )


class Migration(migrations.Migration):

    dependencies = [
        ('exhibitors', '0002_certificates'),
        ('expo', '0001_initial'),
        ('orders', '0003_ways_to_pay'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CancellationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Menunggu jawaban penjual'), ('accepted', 'Disetujui'), ('declined', 'Ditolak'), ('withdrawn', 'Dicabut pembeli')], default='open', max_length=10, verbose_name='status')),
                ('reason', models.CharField(max_length=250, verbose_name='alasan pembeli')),
                ('refund_to', models.CharField(blank=True, max_length=120, verbose_name='rekening untuk pengembalian')),
                ('asked_at', models.DateTimeField(verbose_name='diminta')),
                ('answer', models.CharField(blank=True, max_length=250, verbose_name='jawaban')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='dijawab')),
            ],
            options={
                'verbose_name': 'permintaan pembatalan',
                'verbose_name_plural': 'permintaan pembatalan',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DepositTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('returned', 'Uang muka dikembalikan'), ('forfeited', 'Uang muka tidak dikembalikan')], default='returned', max_length=10, verbose_name='bila pembeli membatalkan')),
            ],
            options={
                'verbose_name': 'ketentuan uang muka',
                'verbose_name_plural': 'ketentuan uang muka',
            },
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_paid_has_moment',
        ),
        migrations.AddField(
            model_name='order',
            name='deposit_rule',
            field=models.CharField(blank=True, choices=[('returned', 'Uang muka dikembalikan'), ('forfeited', 'Uang muka tidak dikembalikan')], help_text='Ketentuan uang muka seperti yang dilihat pembeli; kosong: tanpa uang muka.', max_length=10, verbose_name='bila pembeli membatalkan'),
        ),
        migrations.AddField(
            model_name='order',
            name='shipped_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='dikirim pada'),
        ),
        migrations.AddField(
            model_name='payment',
            name='due_at',
            field=models.DateTimeField(blank=True, help_text='Pelunasan saja; selebihnya batas waktu pesanan.', null=True, verbose_name='jatuh tempo'),
        ),
        migrations.AddField(
            model_name='refund',
            name='proof',
            field=models.CharField(blank=True, help_text='Bukti pengembalian: nama berkas di penyimpanan pribadi.', max_length=200),
        ),
        migrations.AlterField(
            model_name='order',
            name='paid_at',
            field=models.DateTimeField(blank=True, help_text='Atau uang mukanya.', null=True, verbose_name='dibayar'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'shipped')), fields=['shipped_at'], name='order_underway'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(django.db.models.functions.text.Lower('buyer_email'), models.OrderBy(models.F('placed_at'), descending=True), condition=models.Q(('buyer_email', ''), _negated=True), name='order_buyer'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', True), ('state__in', ['placed', 'expired'])), ('state', 'cancelled'), models.Q(models.Q(('state__in', ['placed', 'expired', 'cancelled']), _negated=True), ('paid_at__isnull', False)), _connector='OR'), name='order_paid_has_moment'),
        ),
        migrations.AddField(
            model_name='cancellationrequest',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dijawab oleh'),
        ),
        migrations.AddField(
            model_name='cancellationrequest',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cancellation_requests', to='orders.order', verbose_name='pesanan'),
        ),
        migrations.AddField(
            model_name='depositterms',
            name='exhibitor',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='deposit_terms', to='exhibitors.exhibitor', verbose_name='peserta'),
        ),
        migrations.AddConstraint(
            model_name='cancellationrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('order',), name='cancellation_one_is_open'),
        ),
        migrations.AddConstraint(
            model_name='cancellationrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'accepted')), fields=('order',), name='cancellation_accepted_once'),
        ),
        migrations.AddConstraint(
            model_name='cancellationrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('state__in', ['open', 'withdrawn'])), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('state__in', ['accepted', 'declined'])), _connector='OR'), name='cancellation_answered_by_and_at'),
        ),
        migrations.RunPython(copy_moments, migrations.RunPython.noop),
    ]
