from django.db import migrations

from journal.roles import create_importer_role


def create_role(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        create_importer_role(cursor, server_version=connection.pg_version)


class Migration(migrations.Migration):
    """The role under which imports supply recorded_at. It may outlive the database: other databases may use it."""

    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(create_role, migrations.RunPython.noop)]
