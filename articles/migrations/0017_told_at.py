"""When readers were last told of each story, which is the order of feeds; and endings in every feed of their story.

What is planned follows from what is there: a withdrawal still to come tells of the version that readers have before it.
"""

from datetime import UTC, datetime
from importlib import import_module
from itertools import groupby, pairwise

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery

from articles.content import StoryContent

_guards = import_module("articles.migrations.0008_publications_stay")
_SUBJECTS = ("section", "topic", "contributor", "source")
# Stories at a time.
CHUNK = 500


def _on_sqlite(change):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            change(apps, schema_editor)

    return run


def fill(apps, schema_editor):
    publications = apps.get_model("articles", "Publication").objects
    listings = apps.get_model("articles", "FeedListing").objects
    # Most tell of themselves.
    publications.update(told_at=F("live_from"))
    quiet = Q(kind="published", live_from__gt=F("first_live_at"))
    ending = Q(kind="withdrawn") | Q(change="retraction")
    keys = publications.filter(quiet | ending).order_by("story").values_list("story_id", flat=True).distinct()
    places = _Places(apps)
    keys = list(keys)
    for start in range(0, len(keys), CHUNK):
        changed = []
        rows = publications.filter(story__in=keys[start : start + CHUNK]).order_by("story", "live_from")
        for _story, history in groupby(rows, key=lambda row: row.story_id):
            history = list(history)
            changed += _told(history)
            if any(_is_ending(row) for row in history):
                _rewrite_endings(apps, history, places)
        publications.bulk_update(changed, ["told_at"], batch_size=CHUNK)
    told = publications.filter(pk=OuterRef("publication"))
    listings.update(told_at=Subquery(told.values("told_at")[:1]))


def _told(history):
    """Those that tell nothing by themselves, with the moment at which readers were told before."""
    changed = []
    for before, row in pairwise(history):
        is_quiet = row.kind == "published" and row.live_from > row.first_live_at
        if is_quiet and before.kind != "withdrawn" and before.live_until == row.live_from:
            row.told_at = before.told_at
            changed.append(row)
    return changed


def _is_ending(row):
    return row.kind == "withdrawn" or row.change == "retraction"


def _rewrite_endings(apps, history, places):
    listing = apps.get_model("articles", "FeedListing")
    revisions = apps.get_model("articles", "Revision").objects.in_bulk({row.revision_id for row in history})
    shown, belongs = [], set()
    for row in history:
        if row.kind != "withdrawn":
            shown.append(row)
            belongs |= places.of(StoryContent.from_json(revisions[row.revision_id].stored))
        if not shown or not _is_ending(row):
            continue
        last = shown[-1]
        # What is known to have begun stays as it was.
        if row.kind == "withdrawn" and row.begin_done_at is None and row.created_at < row.live_from:
            row.revision_id, row.slug, row.noindex = last.revision_id, last.slug, last.noindex
            row.save(update_fields=["revision", "slug", "noindex"])
        listing.objects.filter(publication=row).delete()
        listing.objects.bulk_create(
            listing(publication=row, live_from=row.live_from, told_at=row.told_at, **{f"{name}_id": key})
            for name, key in sorted(belongs)
        )


class _Places:
    """What versions are under, as far as it still exists."""

    def __init__(self, apps):
        self.parents = dict(apps.get_model("articles", "Section").objects.values_list("pk", "parent_id"))
        self.known = {
            name: set(apps.get_model("articles", name.title()).objects.values_list("pk", flat=True))
            for name in _SUBJECTS
        }

    def of(self, content):
        section = content.section.id if content.section else None
        said = {
            "section": {section, self.parents.get(section)},
            "topic": {topic.id for topic in content.topics},
            "contributor": {credit.contributor_id for credit in content.byline},
            "source": {content.source.id} if content.source else set(),
        }
        return {(name, key) for name, keys in said.items() for key in keys & self.known[name]}


class Migration(migrations.Migration):
    # Data last: PostgreSQL changes no table whose rows were written in the same transaction and are still to be checked.
    dependencies = [("articles", "0016_luminance_of_logos")]

    operations = [
        # SQLite makes the table anew for a column, and its triggers go with the old one.
        migrations.RunPython(_on_sqlite(_guards.unguard), _on_sqlite(_guards.guard)),
        migrations.AddField(
            "publication",
            "told_at",
            models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC), editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(_on_sqlite(_guards.guard), _on_sqlite(_guards.unguard)),
        migrations.AddField(
            "feedlisting",
            "told_at",
            models.DateTimeField(default=datetime(1970, 1, 1, tzinfo=UTC)),
            preserve_default=False,
        ),
        migrations.RemoveIndex("publication", "publication_ends"),
        migrations.RemoveIndex("publication", "publication_end_to_do"),
        migrations.AddIndex(
            "publication",
            models.Index(fields=["live_until"], name="publication_ends", condition=Q(live_until__isnull=False)),
        ),
        migrations.AddIndex(
            "publication",
            models.Index(
                fields=["requested_until"],
                name="publication_end_to_do",
                condition=Q(end_done_at=None, requested_until__isnull=False),
            ),
        ),
        migrations.AddIndex("publication", models.Index(fields=["-told_at", "-id"], name="publication_told")),
        *(
            migrations.AddIndex(
                "feedlisting",
                models.Index(
                    fields=[name, "-told_at", "-publication"],
                    name=f"told_by_{name}",
                    condition=Q(**{f"{name}__isnull": False}),
                ),
            )
            for name in _SUBJECTS
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
