"""Registration step by step: what it asks, what is typed but not right yet, confirmations, requests, invitations."""


import django.db.models.deletion
import exhibitors.models.invitations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0007_kept_photos_of_proposals'),
        ('exhibitors', '0005_search_column'),
        ('expo', '0008_organiser_whatsapp'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='surel')),
                ('role', models.CharField(choices=[('owner', 'Pemilik'), ('staff', 'Pegawai')], default='staff', max_length=10, verbose_name='peran')),
                ('nonce', models.CharField(default=exhibitors.models.invitations.new_nonce, editable=False, max_length=32, unique=True)),
                ('sent_at', models.DateTimeField(verbose_name='dikirim')),
                ('expires_at', models.DateTimeField(verbose_name='berlaku sampai')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='diterima')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='dibatalkan')),
            ],
            options={
                'verbose_name': 'undangan',
                'verbose_name_plural': 'undangan',
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('online', 'Daring saja'), ('stand', 'Di lokasi pameran saja'), ('both', 'Daring dan di lokasi pameran')], max_length=10, verbose_name='keikutsertaan')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='catatan peserta')),
                ('state', models.CharField(choices=[('asked', 'Menunggu panitia'), ('accepted', 'Diterima'), ('declined', 'Tidak diterima')], default='asked', max_length=10, verbose_name='status')),
                ('asked_at', models.DateTimeField(verbose_name='diminta')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan')),
                ('reason', models.TextField(blank=True, verbose_name='alasan')),
            ],
            options={
                'verbose_name': 'permintaan ikut pameran',
                'verbose_name_plural': 'permintaan ikut pameran',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PhoneConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, verbose_name='nomor')),
                ('code', models.CharField(max_length=8, unique=True, verbose_name='kode')),
                ('asked_at', models.DateTimeField(verbose_name='diminta')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='dikonfirmasi')),
                ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='tidak cocok')),
            ],
            options={
                'verbose_name': 'konfirmasi WhatsApp',
                'verbose_name_plural': 'konfirmasi WhatsApp',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StepDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=20)),
                ('values', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'isian yang belum benar',
                'verbose_name_plural': 'isian yang belum benar',
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='noted',
            field=models.JSONField(blank=True, default=dict, help_text='Isian → sidik isinya saat dicatat.'),
        ),
        migrations.AddField(
            model_name='decision',
            name='notes',
            field=models.JSONField(blank=True, default=dict, help_text='Isian → kalimat.', verbose_name='catatan per isian'),
        ),
        migrations.AddField(
            model_name='exhibitor',
            name='category',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exhibitors', to='catalog.category', verbose_name='kategori utama'),
        ),
        migrations.AddField(
            model_name='exhibitor',
            name='cooperative_number',
            field=models.CharField(blank=True, max_length=16, verbose_name='NIK koperasi'),
        ),
        migrations.AddField(
            model_name='exhibitor',
            name='district',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exhibitors_in_district', to='expo.region', verbose_name='kecamatan'),
        ),
        migrations.AddField(
            model_name='exhibitor',
            name='lacks_nib',
            field=models.BooleanField(default=False, verbose_name='belum punya NIB, minta dibantu'),
        ),
        migrations.AddField(
            model_name='exhibitor',
            name='legal_number',
            field=models.CharField(blank=True, max_length=60, verbose_name='nomor badan hukum'),
        ),
        migrations.AddField(
            model_name='exhibitor',
            name='member_count',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='jumlah anggota'),
        ),
        migrations.AddField(
            model_name='exhibitor',
            name='phone',
            field=models.CharField(blank=True, help_text='Dalam bentuk +62…', max_length=20, verbose_name='telepon'),
        ),
        migrations.AddField(
            model_name='exhibitor',
            name='start_key',
            field=models.CharField(blank=True, editable=False, help_text='Satu kali mulai, satu draf.', max_length=32, null=True, unique=True),
        ),
        migrations.AddConstraint(
            model_name='exhibitor',
            constraint=models.CheckConstraint(condition=models.Q(('district__isnull', True), ('regency__isnull', False), _connector='OR'), name='exhibitor_district_has_regency'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='accepted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diterima oleh'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='exhibitor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='exhibitors.exhibitor', verbose_name='peserta'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='invited_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diundang oleh'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='revoked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibatalkan oleh'),
        ),
        migrations.AddField(
            model_name='participation',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diminta oleh'),
        ),
        migrations.AddField(
            model_name='participation',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputuskan oleh'),
        ),
        migrations.AddField(
            model_name='participation',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='expo.edition', verbose_name='pameran'),
        ),
        migrations.AddField(
            model_name='participation',
            name='exhibitor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='exhibitors.exhibitor', verbose_name='peserta'),
        ),
        migrations.AddField(
            model_name='phoneconfirmation',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh'),
        ),
        migrations.AddField(
            model_name='phoneconfirmation',
            name='exhibitor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phone_confirmations', to='exhibitors.exhibitor', verbose_name='peserta'),
        ),
        migrations.AddField(
            model_name='stepdraft',
            name='exhibitor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='step_drafts', to='exhibitors.exhibitor'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True)), fields=('exhibitor', 'email'), name='invitation_one_open_per_address'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_by_and_at'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='invitation_revoked_by_and_at'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True), _connector='OR'), name='invitation_accepted_or_revoked'),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['asked_at'], name='participation_queue'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(fields=('exhibitor', 'edition'), name='participation_once_per_edition'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='participation_decided_at_and_state'),
        ),
        migrations.AddIndex(
            model_name='phoneconfirmation',
            index=models.Index(condition=models.Q(('confirmed_at__isnull', True), ('refused_at__isnull', True)), fields=['asked_at'], name='phone_confirmation_queue'),
        ),
        migrations.AddConstraint(
            model_name='phoneconfirmation',
            constraint=models.UniqueConstraint(fields=('exhibitor', 'number'), name='phone_confirmation_once'),
        ),
        migrations.AddConstraint(
            model_name='phoneconfirmation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('decided_by__isnull', True), ('refused_at__isnull', True)), models.Q(('confirmed_at__isnull', False), ('decided_by__isnull', False), ('refused_at__isnull', True)), models.Q(('confirmed_at__isnull', True), ('decided_by__isnull', False), ('refused_at__isnull', False)), _connector='OR'), name='phone_confirmation_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='stepdraft',
            constraint=models.UniqueConstraint(fields=('exhibitor', 'step'), name='step_draft_once'),
        ),
    ]
