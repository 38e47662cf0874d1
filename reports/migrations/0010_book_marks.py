from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tick without marks goes through everything."""

    dependencies = [("reports", "0009_book_of_seals")]

    operations = [
        migrations.CreateModel(
            name="BookMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("upto", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "tanda baca buku segel",
                "verbose_name_plural": "tanda baca buku segel",
            },
        ),
    ]
