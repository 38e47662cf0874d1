from django.db import migrations, models

# The book's last line as it is now: from here on it is missed when it is taken away.
HEAD = """
INSERT INTO reports_bookmark (name, upto, sha256)
SELECT 'head', position, sha256 FROM reports_bookline ORDER BY position DESC LIMIT 1
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0013_annex_files")]

    operations = [
        migrations.AddField("bookmark", "sha256", models.CharField(blank=True, default="", max_length=64)),
        migrations.RunSQL(HEAD, "DELETE FROM reports_bookmark WHERE name = 'head'"),
    ]
