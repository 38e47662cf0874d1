import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from journal.triggers import functions_sql

# Of the first migration, which later ones did not change.
BEFORE = functions_sql()
BACK = 'CREATE OR REPLACE ' + BEFORE[BEFORE.index('FUNCTION journal_seal_moves_forward') :]


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0011_sizes_of_transactions'),
    ]

    operations = [
        migrations.RunSQL(functions_sql('0012_seals_never_ahead.sql'), BACK),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sealeduntil',
            name='seal_forward',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sealeduntil',
            trigger=pgtrigger.compiler.Trigger(name='seal_forward', sql=pgtrigger.compiler.UpsertTriggerSql(execute='journal_seal_moves_forward()', func='RETURN NULL;', hash='67c6109c0fdd962e6af6f2feafd9e3ce063a8bcb', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_seal_forward_c907d', table='journal_sealeduntil', when='BEFORE')),
        ),
    ]
