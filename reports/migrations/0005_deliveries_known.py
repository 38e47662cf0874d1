from django.db import migrations


def know_what_was_sent(apps, schema_editor):
    """A delivery for each mail that carried a recap before there were deliveries: nobody gets it a second time."""
    mails = apps.get_model("expo", "OutgoingMail").objects
    deliveries = apps.get_model("reports", "Delivery").objects
    for recap in apps.get_model("reports", "Recap").objects.only("pk", "number"):
        start = f"recap:{recap.number}:"
        for mail in mails.filter(key__startswith=start):
            address = mail.key.removeprefix(start)
            queued = {"mail": mail, "language": mail.language}
            deliveries.get_or_create(recap=recap, address=address, defaults=queued)


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_issuing")]

    operations = [migrations.RunPython(know_what_was_sent, migrations.RunPython.noop)]
