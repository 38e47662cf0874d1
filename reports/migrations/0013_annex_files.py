import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reports", "0012_unsent_recaps")]

    operations = [
        migrations.CreateModel(
            name="AnnexFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("xlsx", "XLSX"), ("csv", "CSV")], max_length=5, verbose_name="bentuk"),
                ),
                ("language", models.CharField(max_length=5, verbose_name="bahasa")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="diminta")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="selesai")),
                ("path", models.CharField(blank=True, max_length=120)),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="ukuran (bita)")),
                ("refusal", models.CharField(blank=True, max_length=250, verbose_name="sebab tidak dibuat")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                (
                    "recap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="annex_files", to="reports.recap"
                    ),
                ),
            ],
            options={
                "verbose_name": "berkas lampiran rekap",
                "verbose_name_plural": "berkas lampiran rekap",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("recap", "kind", "language"), name="annex_file_once"),
                    models.CheckConstraint(
                        condition=Q(("finished_at", None), ("path", ""), ("refusal", ""))
                        | (Q(("finished_at__isnull", False), ("refusal", "")) & ~Q(("path", "")))
                        | (Q(("finished_at__isnull", False), ("path", "")) & ~Q(("refusal", ""))),
                        name="annex_file_or_refusal",
                    ),
                ],
            },
        ),
    ]
