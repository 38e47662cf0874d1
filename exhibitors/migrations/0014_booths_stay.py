import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exhibitors', '0013_decisions_stay'),
    ]

    operations = [
        migrations.AddField(
            model_name='booth',
            name='opened_at',
            field=models.DateTimeField(auto_now_add=True, null=True, verbose_name='diberikan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='booth',
            trigger=pgtrigger.compiler.Trigger(name='booth_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."edition_id" IS DISTINCT FROM (NEW."edition_id") OR OLD."exhibitor_id" IS DISTINCT FROM (NEW."exhibitor_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='30023bef03be46190763d079e84318dd257072e1', operation='UPDATE', pgid='pgtrigger_booth_stays_cef6a', table='exhibitors_booth', when='BEFORE')),
        ),
    ]
