"""Mails that are sent at most once, and what becomes of those that nobody knows to have arrived.

The log is only ever added to. Plain SQL, so that no session can switch it off (ADR 0011).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

STATES = [
    ("pending", "Menunggu"),
    ("sending", "Sedang dikirim"),
    ("handed", "Diserahkan, menunggu jawaban"),
    ("sent", "Terkirim"),
    ("uncertain", "Tidak pasti terkirim"),
    ("failed", "Gagal"),
    ("bounced", "Kembali ke pengirim"),
    ("cancelled", "Dibatalkan"),
]
EVENTS = [
    ("again", "Dikirim lagi"),
    ("assumed", "Dianggap sudah terkirim"),
    ("taken", "Laporan: diterima server surel"),
    ("returned", "Laporan: kembali ke pengirim"),
]
REFUSE = """
CREATE FUNCTION mail_event_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log of mails is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER mail_event_append_only BEFORE UPDATE OR DELETE ON expo_mailevent
    FOR EACH ROW EXECUTE FUNCTION mail_event_refuse_change();
CREATE TRIGGER mail_event_append_only_whole BEFORE TRUNCATE ON expo_mailevent
    FOR EACH STATEMENT EXECUTE FUNCTION mail_event_refuse_change();
"""
ALLOW = """
DROP TRIGGER mail_event_append_only_whole ON expo_mailevent;
DROP TRIGGER mail_event_append_only ON expo_mailevent;
DROP FUNCTION mail_event_refuse_change();
"""


def recaps_go_once(apps, schema_editor):
    """Those that were queued before, too; of one that is just being sent nobody has noted how far it is."""
    mails = apps.get_model("expo", "OutgoingMail").objects
    recaps = mails.filter(Q(key__startswith="recap:") | Q(key__startswith="recap-withdrawn:"))
    recaps.update(once=True)
    recaps.filter(state="sending").update(state="uncertain", handed_over_at=timezone.now(), next_attempt_at=None)


def index(name: str, *states: str) -> list:
    """An index of other states than before."""
    made = models.Index(fields=["created_at"], name=name, condition=Q(state__in=states))
    return [
        migrations.RemoveIndex(model_name="outgoingmail", name=name),
        migrations.AddIndex(model_name="outgoingmail", index=made),
    ]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("expo", "0017_free_sales"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="once",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Tidak dikirim lagi dengan sendirinya bila mungkin sudah sampai.",
                verbose_name="paling banyak sekali",
            ),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="handed_over_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Terisi: mungkin sudah ada pada penerimanya.",
                null=True,
                verbose_name="diserahkan",
            ),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="state",
            field=models.CharField(choices=STATES, default="pending", max_length=10, verbose_name="status"),
        ),
        migrations.RunPython(recaps_go_once, migrations.RunPython.noop),
        *index("mail_undelivered", "pending", "sending", "handed"),
        *index("mail_failed", "failed", "bounced", "uncertain"),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=~Q(state__in=["handed", "uncertain"]) | Q(handed_over_at__isnull=False),
                name="mail_handed_over_at_a_moment",
            ),
        ),
        migrations.CreateModel(
            name="MailEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(choices=EVENTS, max_length=10)),
                ("reason", models.CharField(blank=True, max_length=250, verbose_name="alasan")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="oleh",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="expo.outgoingmail",
                    ),
                ),
            ],
            options={
                "verbose_name": "riwayat surel",
                "verbose_name_plural": "riwayat surel",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(what__in=["taken", "returned"], by__isnull=True)
                        | Q(what="again", by__isnull=False)
                        | (Q(what="assumed", by__isnull=False) & ~Q(reason="")),
                        name="mail_event_by_somebody_with_a_reason",
                    )
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
