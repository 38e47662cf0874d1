"""Proposed changes of an exhibitor, first approvals, and a log that keeps what was seen and changed."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exhibitors', '0010_photo_uploads'),
        ('expo', '0009_curation_settings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='changes',
            field=models.JSONField(blank=True, default=dict, help_text='Isian → [lama, baru].', verbose_name='isian lama dan baru'),
        ),
        migrations.AddField(
            model_name='decision',
            name='content',
            field=models.JSONField(blank=True, default=dict, help_text='Isian → apa yang dilihat saat diputuskan.'),
        ),
        migrations.CreateModel(
            name='ExhibitorChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Menunggu ditinjau'), ('returned', 'Dikembalikan')], default='waiting', max_length=10, verbose_name='status')),
                ('base', models.JSONField(default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('proposed_at', models.DateTimeField(verbose_name='diajukan')),
                ('reason', models.TextField(blank=True, verbose_name='catatan panitia')),
                ('notes', models.JSONField(blank=True, default=dict, verbose_name='catatan per isian')),
                ('noted', models.JSONField(blank=True, default=dict, editable=False)),
                ('message', models.TextField(blank=True, verbose_name='pesan pemilik')),
                ('wanted', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='isian yang diusulkan')),
                ('banner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='expo.picture', verbose_name='foto')),
                ('exhibitor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='change', to='exhibitors.exhibitor', verbose_name='peserta')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diajukan oleh')),
            ],
            options={
                'verbose_name': 'usulan perubahan peserta',
                'verbose_name_plural': 'usulan perubahan peserta',
                'ordering': ['proposed_at'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['proposed_at'], name='exhibitor_change_queue')],
            },
        ),
        migrations.CreateModel(
            name='FirstApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_type', models.CharField(max_length=20, verbose_name='jenis')),
                ('subject_id', models.BigIntegerField()),
                ('subject_label', models.CharField(max_length=200, verbose_name='perihal')),
                ('content', models.CharField(max_length=32)),
                ('approved_at', models.DateTimeField(verbose_name='waktu')),
                ('reason', models.TextField(blank=True, verbose_name='catatan')),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='mata pertama')),
            ],
            options={
                'verbose_name': 'persetujuan pertama',
                'verbose_name_plural': 'menunggu mata kedua',
                'ordering': ['approved_at'],
                'constraints': [models.UniqueConstraint(fields=('subject_type', 'subject_id'), name='first_approval_once_per_subject')],
            },
        ),
    ]
