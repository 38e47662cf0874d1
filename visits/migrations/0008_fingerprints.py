import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# What the first version of each fingerprint is made of: the row as it is in a trigger (NEW.) or in a statement.
MOMENT = "(extract(epoch FROM {{row}}{0}) * 1000000)::bigint"
HOUR, RECORDED, SKETCH = MOMENT.format("hour"), MOMENT.format("recorded_at"), "encode({row}sketch, 'hex')"
CONTENTS = {
    "hour": f"""
        {{row}}booth_visits, {{row}}bots, {{row}}edition_id, {HOUR}, {{row}}id, {{row}}page_views, {{row}}period,
        {SKETCH}, {{row}}staff, {{row}}visits
    """,
    "booth": f"{{row}}booth_id, {HOUR}, {{row}}id, {{row}}period, {SKETCH}, {{row}}visits",
    "gate": f"""
        {{row}}day::text, {{row}}document, {{row}}edition_id, {{row}}evidence, {{row}}id, {{row}}note, {{row}}people,
        {RECORDED}, {{row}}recorded_by_id, {{row}}source
    """,
}
TABLES = {"hour": "visits_visithour", "booth": "visits_boothvisithour", "gate": "visits_gatecount"}
MODELS = ("visithour", "boothvisithour", "gatecount")


def fingerprint(name: str, row: str) -> str:
    content = CONTENTS[name].format(row=row)
    return rf"'\x01'::bytea || sha256(convert_to(jsonb_build_array({content})::text, 'UTF8'))"


def function(name: str) -> str:
    return f"""
    CREATE FUNCTION visits_fingerprint_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.fingerprint := {fingerprint(name, "NEW.")};
        RETURN NEW;
    END $$
    """


def backfill(name: str) -> str:
    """The table is written anew in one go: no trigger is asked, none has to be switched off."""
    return f"ALTER TABLE {TABLES[name]} ALTER COLUMN fingerprint TYPE bytea USING {fingerprint(name, '')}"


GUARD = """
CREATE FUNCTION visits_only_counting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('visits.counting', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is written by whoever counts visits: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$
"""


def trigger(**words) -> pgtrigger.compiler.Trigger:
    name, pgid = words.pop("name"), words.pop("pgid")
    sql = pgtrigger.compiler.UpsertTriggerSql(func="RETURN NULL;", when="BEFORE", pgid=f"pgtrigger_{pgid}", **words)
    return pgtrigger.compiler.Trigger(name=name, sql=sql)


class Migration(migrations.Migration):
    dependencies = [("visits", "0007_flushed_buckets"), ("journal", "0013_fingerprints")]

    operations = [
        *(migrations.AddField(name, "fingerprint", models.BinaryField(editable=False, null=True)) for name in MODELS),
        *(migrations.RunSQL(backfill(name), migrations.RunSQL.noop) for name in CONTENTS),
        *(migrations.AlterField(name, "fingerprint", models.BinaryField(editable=False)) for name in MODELS),
        *(
            migrations.RunSQL(function(name), f"DROP FUNCTION IF EXISTS visits_fingerprint_{name}() CASCADE")
            for name in CONTENTS
        ),
        migrations.RunSQL(GUARD, "DROP FUNCTION IF EXISTS visits_only_counting() CASCADE"),
        pgtrigger.migrations.AddTrigger("boothvisithour", trigger(name="only_counting", execute="visits_only_counting()", hash="eed8c7c29a70cc6af8a163d46a05ec8e426c50ef", level="STATEMENT", operation="INSERT OR UPDATE OR DELETE", pgid="only_counting_83398", table="visits_boothvisithour")),
        pgtrigger.migrations.AddTrigger("boothvisithour", trigger(name="hours_stay_whole", execute="journal_refuse_change()", hash="2699c542f559cd41896a26e4aa3de0bbac2e51b3", level="STATEMENT", operation="TRUNCATE", pgid="hours_stay_whole_c6e71", table="visits_boothvisithour")),
        pgtrigger.migrations.AddTrigger("boothvisithour", trigger(name="take_fingerprint", execute="visits_fingerprint_booth()", hash="baa8e7a830401a32950e7d5fcee4abaeb63eee58", operation="INSERT OR UPDATE", pgid="take_fingerprint_4832b", table="visits_boothvisithour")),
        pgtrigger.migrations.AddTrigger("gatecount", trigger(name="take_fingerprint", execute="visits_fingerprint_gate()", hash="ef85f8a01e2affe806cea255160b3c3458db4a7c", operation="INSERT", pgid="take_fingerprint_e2787", table="visits_gatecount")),
        pgtrigger.migrations.AddTrigger("visithour", trigger(name="only_counting", execute="visits_only_counting()", hash="7b58562af9281431253d3f22214dea392b9ad9ef", level="STATEMENT", operation="INSERT OR UPDATE OR DELETE", pgid="only_counting_02641", table="visits_visithour")),
        pgtrigger.migrations.AddTrigger("visithour", trigger(name="hours_stay_whole", execute="journal_refuse_change()", hash="28e19713ea58f9e726ccbbaa4207c4c5f5c1455c", level="STATEMENT", operation="TRUNCATE", pgid="hours_stay_whole_62293", table="visits_visithour")),
        pgtrigger.migrations.AddTrigger("visithour", trigger(name="take_fingerprint", execute="visits_fingerprint_hour()", hash="6d676fb3dd4e466e34d5a69ff9fd2ebe98bc8e46", operation="INSERT OR UPDATE", pgid="take_fingerprint_47183", table="visits_visithour")),
    ]
