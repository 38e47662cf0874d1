from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0002_published_questions")]
    operations = [
        migrations.AddIndex(
            model_name="inquiry",
            index=models.Index(fields=["-sent_at", "-id"], name="inquiry_newest"),
        ),
    ]
