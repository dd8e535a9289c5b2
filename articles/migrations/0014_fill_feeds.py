"""Lists what was published before under its source, and puts it into its feeds."""

from django.db import migrations

from articles.content import StoryContent

CHUNK = 500


def fill(apps, schema_editor):
    model = {name: apps.get_model("articles", name) for name in ("Publication", "SourceListing", "FeedListing")}
    parents = dict(apps.get_model("articles", "Section").objects.values_list("pk", "parent_id"))
    known = {
        name: set(apps.get_model("articles", name.title()).objects.values_list("pk", flat=True))
        for name in ("topic", "contributor", "source")
    }
    sources, feeds = [], []
    rows = model["Publication"].objects.filter(feed_listings=None).select_related("revision").order_by("pk")
    for row in rows.iterator(CHUNK):
        content = StoryContent.from_json(row.revision.stored)
        section = content.section.id if content.section else None
        subjects = {
            "section": {section, parents.get(section)} & parents.keys(),
            "topic": {topic.id for topic in content.topics} & known["topic"],
            "contributor": {credit.contributor_id for credit in content.byline} & known["contributor"],
            "source": ({content.source.id} if content.source else set()) & known["source"],
        }
        if row.kind != "withdrawn" and row.change != "retraction":
            sources += [
                model["SourceListing"](publication=row, first_live_at=row.first_live_at, source_id=key)
                for key in subjects["source"]
            ]
        feeds += [
            model["FeedListing"](publication=row, live_from=row.live_from, **{f"{name}_id": key})
            for name, keys in subjects.items()
            for key in keys
        ]
        if len(feeds) > CHUNK:
            model["SourceListing"].objects.bulk_create(sources)
            model["FeedListing"].objects.bulk_create(feeds)
            sources, feeds = [], []
    model["SourceListing"].objects.bulk_create(sources)
    model["FeedListing"].objects.bulk_create(feeds)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0013_readers_site"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
