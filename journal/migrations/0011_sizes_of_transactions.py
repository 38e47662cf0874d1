from django.db import migrations

# A transaction's size takes nothing off for a promise that went below nothing (journal/totals/sizes.py). Where it ever
# did, as known at the end of a recorded day and up to some day of occurring, the rollups from that day on are made
# anew: days that are opened again are rolled up by the next ticks, and the entries answer until then.
REOPEN = """
SET LOCAL journal.rolling = 'on';
DELETE FROM journal_closedday USING (
    SELECT edition_id, min(known_day) AS first FROM (
        SELECT known.edition_id, known.known_day,
            sum(sum(amount)) OVER (
                PARTITION BY known.edition_id, known.transaction_key, known.known_day ORDER BY points.occurred_day
            ) AS promised
        FROM (
            SELECT DISTINCT edition_id, transaction_key, (recorded_at AT TIME ZONE 'Asia/Jakarta')::date AS known_day
            FROM journal_entry WHERE evidence <> 'D' AND measure = 'committed' AND amount < 0
        ) AS known JOIN (
            SELECT edition_id, transaction_key, amount,
                (recorded_at AT TIME ZONE 'Asia/Jakarta')::date AS recorded_day,
                (occurred_at AT TIME ZONE 'Asia/Jakarta')::date AS occurred_day
            FROM journal_entry WHERE evidence <> 'D' AND measure = 'committed'
        ) AS points USING (edition_id, transaction_key)
        WHERE points.recorded_day <= known.known_day
        GROUP BY known.edition_id, known.transaction_key, known.known_day, points.occurred_day
    ) AS standing WHERE promised < 0 GROUP BY edition_id
) AS below
WHERE journal_closedday.edition_id = below.edition_id AND day >= below.first;
SET LOCAL journal.rolling = 'off';
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0010_differences_told")]

    operations = [migrations.RunSQL(REOPEN, migrations.RunSQL.noop)]
