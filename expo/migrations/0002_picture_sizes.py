"""Sizes of pictures are made in a task: add what that needs, and let existing rows have theirs made anew.

Their files stay where they are, in the folder named by the whole digest: addresses that others remember keep working.
Of what such a folder holds, the largest WebP is the source. Until the task has been there, pages show the JPEG.
"""

from django.db import migrations, models


def give_folders(apps, schema_editor):
    from expo.grounds import nearest

    Picture = apps.get_model("expo", "Picture")
    for picture in Picture.objects.iterator():
        rgb = tuple(int(picture.colour[start : start + 2], 16) for start in (1, 3, 5))
        picture.folder = f"pictures/{picture.digest[:2]}/{picture.digest}"
        picture.source = f"{picture.widths[-1]}.webp" if picture.widths else "share.jpg"
        picture.widths = []
        picture.ground = f"{nearest(rgb):02}" * 3
        picture.save(update_fields=["folder", "source", "widths", "ground"])


class Migration(migrations.Migration):
    dependencies = [("expo", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="folder",
            field=models.CharField(default="", help_text="Tempat berkasnya di penyimpanan.", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="picture",
            name="source",
            field=models.CharField(default="full.jpg", help_text="Berkas asal semua ukuran.", max_length=20),
        ),
        migrations.AddField(
            model_name="picture",
            name="ground",
            field=models.CharField(default="545454", max_length=6, verbose_name="warna dasar"),
        ),
        migrations.AddField(
            model_name="picture",
            name="recipe",
            field=models.PositiveSmallIntegerField(default=0, help_text="Resep yang membuat ukurannya; 0: belum ada."),
        ),
        migrations.AddField(model_name="picture", name="attempts", field=models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            model_name="picture", name="next_attempt_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddIndex(model_name="picture", index=models.Index(fields=["recipe", "id"], name="picture_recipe")),
        migrations.RunPython(give_folders, migrations.RunPython.noop),
    ]
