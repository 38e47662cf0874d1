import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# What the first version of an entry's fingerprint is made of: the row as it is in a trigger (NEW.) or in a statement.
CONTENT = """
    {row}amount, {row}category_code, {row}category_label, {row}channel, {row}destination_code, {row}destination_label,
    {row}edition_id, {row}evidence, {row}exhibitor_id, {row}exhibitor_label, {row}id, {row}kind, {row}measure,
    {row}nature, {row}note, (extract(epoch FROM {row}occurred_at) * 1000000)::bigint, {row}on_order, {row}phase,
    {row}product_key, {row}product_label, {row}quantity, (extract(epoch FROM {row}recorded_at) * 1000000)::bigint,
    {row}recorded_by_id, {row}regency_code, {row}regency_label, {row}reverses_id, {row}source_key, {row}source_kind,
    {row}transaction_key
"""
FINGERPRINT = f"""'\\x01'::bytea || sha256(convert_to(jsonb_build_array({CONTENT})::text, 'UTF8'))"""
FUNCTION = f"""
CREATE FUNCTION journal_take_fingerprint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.fingerprint := {FINGERPRINT.format(row="NEW.")};
    RETURN NEW;
END $$
"""
# The table is written anew in one go: no trigger is asked, none has to be switched off.
BACKFILL = f"ALTER TABLE journal_entry ALTER COLUMN fingerprint TYPE bytea USING {FINGERPRINT.format(row='')}"


class Migration(migrations.Migration):
    dependencies = [("journal", "0012_seals_never_ahead")]

    operations = [
        migrations.AddField("entry", "fingerprint", models.BinaryField(editable=False, null=True)),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
        migrations.AlterField("entry", "fingerprint", models.BinaryField(editable=False)),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION IF EXISTS journal_take_fingerprint() CASCADE"),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(name='take_fingerprint', sql=pgtrigger.compiler.UpsertTriggerSql(execute='journal_take_fingerprint()', func='RETURN NULL;', hash='5e37a4b7699ca69e05acbd9af67d488689a69b3e', operation='INSERT', pgid='pgtrigger_take_fingerprint_815ef', table='journal_entry', when='BEFORE')),
        ),
    ]
