"""Keys of subsections, what revisions say as text, kinds of corrections, and internal notes as editorial notes."""

from django.db import migrations
from django.db.models import F
from django.utils import timezone

from articles.content import StoryContent

CHUNK = 500
NOTE_LENGTH = 2000


def fill(apps, schema_editor):
    models = {name: apps.get_model("articles", name) for name in ("Subsection", "Revision", "Publication", "Story", "EditorialNote")}
    subsections = models["Subsection"].objects.filter(key="").only("pk", "position", "key")
    batch = []
    for row in subsections.iterator(CHUNK):
        # What content.UPGRADES gives the subsections of revisions from before there were keys.
        row.key = str(row.position)
        batch.append(row)
    models["Subsection"].objects.bulk_update(batch, ["key"], CHUNK)
    batch = []
    for row in models["Revision"].objects.filter(text_digest="").only("pk", "stored", "text_digest").iterator(CHUNK):
        row.text_digest = StoryContent.from_json(row.stored).text_digest
        batch.append(row)
        if len(batch) == CHUNK:
            models["Revision"].objects.bulk_update(batch, ["text_digest"])
            batch = []
    models["Revision"].objects.bulk_update(batch, ["text_digest"])
    publications = models["Publication"].objects
    publications.filter(kind="corrected").update(change="correction")
    # What began or ended before there was a ticker is not to be told about now.
    now = timezone.now()
    publications.filter(live_from__lte=now).update(begin_done_at=F("live_from"))
    publications.filter(live_until__lte=now).update(end_done_at=F("live_until"))
    for story in models["Story"].objects.exclude(internal_note="").iterator(CHUNK):
        # The next migration removes the column: a text that is too long for one note becomes several.
        for start in range(0, len(story.internal_note), NOTE_LENGTH):
            models["EditorialNote"].objects.create(
                story=story,
                text=story.internal_note[start : start + NOTE_LENGTH],
                at=story.updated_at,
                author_id=story.updated_by_id,
                author_name=story.updated_by.username if story.updated_by else "—",
            )


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0003_the_desk"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
