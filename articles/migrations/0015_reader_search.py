"""The search of readers: see articles/search/published.py. What was published before is put into it."""

import django.db.models.deletion
from django.db import migrations, models

from articles.content import StoryContent
from articles.search import postgresql, sqlite
from articles.search.index import PUBLICATIONS
from articles.search.published import indexed_text

# A text and its tokens are some ten kilobytes.
CHUNK = 200


def _run(statement_lists):
    def run(apps, schema_editor):
        for statement in statement_lists.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return run


def fill(apps, schema_editor):
    publications, texts = (apps.get_model("articles", name).objects for name in ("Publication", "PublicationText"))
    rows = publications.filter(search_text=None).exclude(kind="withdrawn").exclude(change="retraction")
    batch = []
    for row in rows.select_related("revision").order_by("pk").iterator(CHUNK):
        values = indexed_text(StoryContent.from_json(row.revision.stored))
        batch.append(texts.model(publication=row, first_live_at=row.first_live_at, **values))
        if len(batch) == CHUNK:
            texts.bulk_create(batch)
            batch = []
    texts.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_fill_feeds")]

    operations = [
        migrations.CreateModel(
            name="PublicationText",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="articles.publication",
                    ),
                ),
                ("first_live_at", models.DateTimeField()),
                ("text", models.TextField()),
                ("tokens", models.TextField()),
            ],
        ),
        # Before it is filled: PostgreSQL makes no index where foreign keys wait to be checked.
        migrations.RunPython(
            _run({"postgresql": postgresql.create(PUBLICATIONS), "sqlite": sqlite.create(PUBLICATIONS)}),
            _run({"postgresql": postgresql.drop(PUBLICATIONS), "sqlite": sqlite.drop(PUBLICATIONS)}),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
