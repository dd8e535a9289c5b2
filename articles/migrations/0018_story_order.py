"""Lists for readers are in the order of stories: the story decides between equal moments, not the publication.

A correction is a publication of its own, and moved its story among those that went live at the same moment.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

_SUBJECTS = ("section", "topic", "contributor", "source")
_LISTINGS = tuple(f"{name}listing" for name in (*_SUBJECTS, "feed"))


def fill(apps, schema_editor):
    publications = apps.get_model("articles", "Publication").objects
    for name in _LISTINGS:
        own = publications.filter(pk=OuterRef("publication")).order_by()
        apps.get_model("articles", name).objects.update(story=Subquery(own.values("story")[:1]))


def _index_anew(model, name, fields, **values):
    yield migrations.RemoveIndex(model, name)
    yield migrations.AddIndex(model, models.Index(fields=fields, name=name, **values))


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_told_at")]

    operations = [
        *(
            migrations.AddField(
                name,
                "story",
                # No story has this id: `fill` gives each its own.
                models.ForeignKey(
                    "articles.story",
                    django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    db_constraint=False,
                    db_index=False,
                    default=0,
                ),
                preserve_default=False,
            )
            for name in _LISTINGS
        ),
        # Before the indexes, which are made at once then and not row by row.
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        *_index_anew("publication", "publication_newest", ["-first_live_at", "-story", "-id"]),
        *_index_anew("publication", "publication_told", ["-told_at", "-story"]),
        *(
            operation
            for name in _SUBJECTS
            for operation in (
                *_index_anew(
                    f"{name}listing", f"listing_by_{name}", [name, "-first_live_at", "-story", "-publication"]
                ),
                *_index_anew(
                    "feedlisting",
                    f"told_by_{name}",
                    [name, "-told_at", "-story"],
                    condition=Q(**{f"{name}__isnull": False}),
                ),
            )
        ),
    ]
