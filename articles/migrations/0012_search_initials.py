"""The initials of headlines in the search index; `make_search_index` gives them to the stories that are there already."""

from django.db import migrations, models

from articles.search import sqlite
from articles.search.index import WORKING_COPIES

_DROP = sqlite.drop(WORKING_COPIES)
_CREATE = [*sqlite.create(WORKING_COPIES), *sqlite.repair(WORKING_COPIES)]


def _on_sqlite(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            for statement in statements:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_editions_stay")]

    operations = [
        # SQLite makes the table anew for a column, and its triggers go with the old one.
        migrations.RunPython(_on_sqlite(_DROP), _on_sqlite(_CREATE)),
        migrations.AddField("searchentry", "initials", models.TextField(default="")),
        migrations.RunPython(_on_sqlite(_CREATE), _on_sqlite(_DROP)),
    ]
