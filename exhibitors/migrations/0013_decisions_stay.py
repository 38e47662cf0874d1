"""The log of decisions is only ever added to. Plain SQL, so that no session can switch it off (ADR 0011)."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION decision_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log of decisions is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE ON exhibitors_decision
    FOR EACH ROW EXECUTE FUNCTION decision_refuse_change();
CREATE TRIGGER decision_append_only_whole BEFORE TRUNCATE ON exhibitors_decision
    FOR EACH STATEMENT EXECUTE FUNCTION decision_refuse_change();
"""
ALLOW = """
DROP TRIGGER decision_append_only_whole ON exhibitors_decision;
DROP TRIGGER decision_append_only ON exhibitors_decision;
DROP FUNCTION decision_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0012_curation_lists")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
