from django.db import migrations


class Migration(migrations.Migration):
    """The addresses are rows since the migration before this one."""

    dependencies = [("expo", "0012_recipients")]

    operations = [migrations.RemoveField(model_name="edition", name="recap_recipients")]
