import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('expo', '0017_free_sales'),
        ('reports', '0011_walks_and_sendings'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='issueproblem',
            name='issue_problem_once',
        ),
        migrations.AddField(
            model_name='issueproblem',
            name='recap',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reports.recap', verbose_name='rekap'),
        ),
        migrations.AddConstraint(
            model_name='issueproblem',
            constraint=models.UniqueConstraint(condition=models.Q(('recap', None)), fields=('edition', 'cutoff'), name='issue_problem_once_unsealed'),
        ),
    ]
