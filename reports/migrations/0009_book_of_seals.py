import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.utils import timezone


def write_what_is_known(apps, schema_editor):
    """A line for every seal, successor and withdrawal that is there; from now on they are written as they happen."""
    from reports import canonical
    from reports.book.lines import hash_of

    lines = apps.get_model("reports", "BookLine")
    last, made = None, []

    def write(kind, key, content):
        nonlocal last
        line = lines(
            position=last.position + 1 if last else 1,
            kind=kind,
            key=str(key),
            content=canonical.dumps(content).decode(),
            at=timezone.now(),
            previous_sha256=last.sha256 if last else "",
        )
        line.sha256 = hash_of(line)
        made.append(last := line)

    for recap in apps.get_model("reports", "Recap").objects.defer("figures", "snapshot").order_by("pk"):
        editions = sorted(recap.editions.values_list("pk", flat=True))
        number = {"number": recap.number}
        write("sealed", recap.pk, {**number, "code": recap.code, "chain_sha256": recap.chain_sha256, "editions": editions})
        if recap.superseded_by_id:
            write("superseded", recap.pk, {**number, "by": recap.superseded_by_id})
        if recap.state == "withdrawn":
            withdrawal = {"reason": recap.withdrawal_reason, "at": recap.withdrawn_at, "by": recap.withdrawn_by_id}
            write("withdrawn", recap.pk, {**number, **withdrawal})
    lines.objects.bulk_create(made, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_recounts")]

    operations = [
        migrations.CreateModel(
            name="BookLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveBigIntegerField(unique=True, verbose_name="baris")),
                ("kind", models.CharField(max_length=20, verbose_name="tentang")),
                ("key", models.CharField(max_length=200)),
                ("content", models.TextField(verbose_name="isi")),
                ("at", models.DateTimeField(verbose_name="ditulis")),
                ("previous_sha256", models.CharField(blank=True, max_length=64)),
                ("sha256", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "baris buku segel",
                "verbose_name_plural": "buku segel",
                "ordering": ["-position"],
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="book_line_once")],
            },
        ),
        migrations.RunPython(write_what_is_known, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="bookline",
            trigger=pgtrigger.compiler.Trigger(
                name="book_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="journal_refuse_change()",
                    func="RETURN NULL;",
                    hash="e59b60aaaa9f61300cc958111a1029fadedde813",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_book_stays_4bf49",
                    table="reports_bookline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bookline",
            trigger=pgtrigger.compiler.Trigger(
                name="book_stays_whole",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="journal_refuse_change()",
                    func="RETURN NULL;",
                    hash="b70f1a1fc6b089380df171f04d7706cb568a4feb",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_book_stays_whole_573c7",
                    table="reports_bookline",
                    when="BEFORE",
                ),
            ),
        ),
    ]
