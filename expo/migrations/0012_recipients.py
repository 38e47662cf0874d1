import django.db.models.deletion
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import migrations, models


def make_rows(apps, schema_editor):
    """A row for each valid address among the lines of an edition."""
    recipients = apps.get_model("expo", "Recipient").objects
    for edition in apps.get_model("expo", "Edition").objects.exclude(recap_recipients=""):
        for line in edition.recap_recipients.replace(",", "\n").replace(";", "\n").splitlines():
            address = line.strip().lower()
            try:
                validate_email(address)
            except ValidationError:
                continue
            recipients.get_or_create(edition=edition, email=address)


class Migration(migrations.Migration):
    dependencies = [("expo", "0011_photo_looks")]

    operations = [
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="nama")),
                ("email", models.EmailField(max_length=254, verbose_name="alamat surel")),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Bahasa Indonesia"), ("en", "Inggris")],
                        default="id",
                        max_length=5,
                        verbose_name="bahasa",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="dikirimi rekap")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="ditambahkan")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="expo.edition",
                        verbose_name="pameran",
                    ),
                ),
            ],
            options={
                "verbose_name": "penerima rekap",
                "verbose_name_plural": "penerima rekap",
                "ordering": ["edition", "email"],
            },
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(fields=("edition", "email"), name="recipient_once_per_edition"),
        ),
        migrations.RunPython(make_rows, migrations.RunPython.noop),
    ]
