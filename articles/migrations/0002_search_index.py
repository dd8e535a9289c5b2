"""The search index of each database: see articles/search/."""

from django.db import migrations

from articles.search import postgresql, sqlite
from articles.search.index import WORKING_COPIES


def _run(statement_lists):
    def run(apps, schema_editor):
        for statement in statement_lists.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RunPython(
            _run({"postgresql": postgresql.create(WORKING_COPIES), "sqlite": sqlite.create(WORKING_COPIES)}),
            _run({"postgresql": postgresql.drop(WORKING_COPIES), "sqlite": sqlite.drop(WORKING_COPIES)}),
        ),
    ]
