import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, F, OuterRef, Q


def know_since_when(apps, schema_editor):
    apps.get_model("reports", "Recount").objects.exclude(differs="").update(doubted_at=F("at"))


def know_what_staff_sealed_first(apps, schema_editor):
    """Cut-offs of the schedule that somebody had sealed by hand were sent by hand. Those that are there wait for no mail
    of their own; from now on the schedule sends them."""
    recaps = apps.get_model("reports", "Recap").objects
    same = Q(scope=OuterRef("scope"), occurred_cutoff=OuterRef("occurred_cutoff"))
    extra = apps.get_model("reports", "ExtraCutoff").objects.filter(
        edition__slug=OuterRef("scope"), moment=OuterRef("occurred_cutoff"), cancelled_at=None
    )
    planned = apps.get_model("expo", "Edition").objects.filter(
        slug=OuterRef("scope"), recaps_from__lte=OuterRef("occurred_cutoff")
    )
    by_hand = recaps.filter(state="current", dispatch__isnull=True).exclude(
        Exists(recaps.filter(same, scheduled=True))
    )
    dispatches = apps.get_model("reports", "Dispatch").objects
    for recap in by_hand.filter(Exists(extra) | Exists(planned)).only("pk"):
        dispatches.create(recap=recap, recipients=recap.deliveries.count())


PERSON = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}
KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reports", "0010_book_marks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="recapevent",
            name="what",
            field=models.CharField(
                choices=[
                    ("revised", "Direvisi"),
                    ("sent", "Dikirim ke penerima"),
                    ("doubted", "Pemeriksaan menemukan perbedaan"),
                    ("whole", "Pemeriksaan menemukannya utuh kembali"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            "recount", "doubted_at", models.DateTimeField(blank=True, null=True, verbose_name="diragukan sejak")
        ),
        migrations.AddField(
            "recount", "restored_at", models.DateTimeField(blank=True, null=True, verbose_name="utuh kembali")
        ),
        migrations.RunPython(know_since_when, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="recount",
            constraint=models.CheckConstraint(
                condition=Q(("differs", ""), ("doubted_at__isnull", True), ("restored_at__isnull", True))
                | Q(("differs", ""), ("doubted_at__isnull", False), ("restored_at__isnull", False))
                | (~Q(("differs", "")) & Q(("doubted_at__isnull", False), ("restored_at__isnull", True))),
                name="recount_doubted_while_it_differs",
            ),
        ),
        migrations.RunPython(know_what_staff_sealed_first, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Sending",
            fields=[
                KEY,
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="diminta")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="selesai")),
                ("sent", models.PositiveIntegerField(default=0, verbose_name="jumlah surel")),
                ("refusal", models.CharField(blank=True, max_length=500, verbose_name="sebab tidak dikirim")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                ("asked_by", models.ForeignKey(verbose_name="diminta oleh", **PERSON)),
                (
                    "recap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sendings", to="reports.recap"
                    ),
                ),
            ],
            options={
                "verbose_name": "permintaan kirim rekap",
                "verbose_name_plural": "permintaan kirim rekap",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("finished_at", None)), fields=("recap",), name="sending_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=Q(("refusal", ""), Q(("finished_at__isnull", False), ("sent", 0)), _connector="OR"),
                        name="sending_refused_sends_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealWalk",
            fields=[
                KEY,
                ("begun_at", models.DateTimeField(verbose_name="dimulai")),
                ("part", models.CharField(max_length=20)),
                ("reached", models.BigIntegerField(default=0)),
                ("recaps", models.PositiveIntegerField(default=0, verbose_name="rekap")),
                ("findings", models.JSONField(default=list, verbose_name="temuan")),
                ("told", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("stepped_at", models.DateTimeField(blank=True, null=True, verbose_name="langkah terakhir")),
                ("is_open", models.BooleanField(default=True)),
                ("by", models.ForeignKey(blank=True, null=True, verbose_name="diminta oleh", **PERSON)),
                (
                    "outcome",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walk",
                        to="reports.sealcheck",
                        verbose_name="hasil",
                    ),
                ),
            ],
            options={
                "verbose_name": "jalannya pemeriksaan segel",
                "verbose_name_plural": "jalannya pemeriksaan segel",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("is_open", True)), fields=("is_open",), name="seal_walk_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("is_open", True), ("outcome__isnull", True)),
                            Q(("is_open", False), ("outcome__isnull", False)),
                            _connector="OR",
                        ),
                        name="seal_walk_ends_with_a_check",
                    ),
                ],
            },
        ),
    ]
