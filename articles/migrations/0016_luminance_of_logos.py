"""How light a logo is, so that pages know on which paper it can be seen. The ones there are get measured."""

import io

from django.db import migrations, models
from PIL import Image

from articles.appearance.logo import luminance_of


def measure(apps, schema_editor):
    rows = apps.get_model("articles", "SiteLogo").objects.using(schema_editor.connection.alias)
    # At most two, each a small PNG that the site wrote itself.
    for row in rows.all():
        try:
            with Image.open(io.BytesIO(bytes(row.picture)), formats=("PNG",)) as picture:
                luminance = luminance_of(picture.convert("RGBA"))
        except OSError:
            # Whatever somebody put there by hand: it is shown as before.
            continue
        rows.filter(pk=row.pk).update(luminance=luminance)


class Migration(migrations.Migration):
    # SQLite makes the table anew, PostgreSQL adds a column without a default: neither takes long for two rows.
    dependencies = [("articles", "0015_reader_search")]

    operations = [
        migrations.AddField("sitelogo", "luminance", models.FloatField(null=True)),
        migrations.RunPython(measure, migrations.RunPython.noop, elidable=True),
    ]
