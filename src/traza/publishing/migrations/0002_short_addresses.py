"""Everything published has a short address; what was published before gets its own."""

from django.db import migrations, models

from traza.publishing.short import give_codes


def fill(apps, schema_editor):
    publication = apps.get_model("publishing", "Publication")
    rows = list(publication.objects.filter(short=None).order_by("pk"))
    give_codes(rows, publication)
    publication.objects.bulk_update(rows, ["short"], batch_size=100)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="publication",
            name="path",
            field=models.CharField(db_index=True, max_length=300),
        ),
        migrations.AddField(
            model_name="publication",
            name="short",
            field=models.CharField(editable=False, max_length=12, null=True, unique=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
