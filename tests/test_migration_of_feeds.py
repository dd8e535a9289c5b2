"""An upgrade: feeds know when readers were told, and endings reach every feed their story was in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from articles.content import Reference, StoryContent
from articles.models import FeedListing, Publication
from tests.builders import MONDAY
from tests.publishing import hour

BEFORE = [("articles", "0016_luminance_of_logos")]


@pytest.fixture
def before(transactional_db: None) -> Any:
    """The models of the earlier release, whose tables the database has for this test."""
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    MigrationExecutor(connection).migrate(latest)


def a_chain(models: Any, *rows: dict[str, Any]) -> None:
    """A story with a version, under a topic of its own, for each of `rows`; nothing after it begins at hour 100."""
    times = {"created_at": MONDAY, "updated_at": MONDAY}
    story = models.get_model("articles", "Story").objects.create(headline="x", slug="x", **times)
    for number, row in enumerate(rows, start=1):
        topic, _made = models.get_model("articles", "Topic").objects.get_or_create(name=row["topic"], slug=row["topic"])
        content = StoryContent(headline="x", slug="x", topics=(Reference(id=topic.pk, name="t", slug="t"),))
        revision = models.get_model("articles", "Revision").objects.create(
            story=story, number=number, stored=content.to_json(), digest=content.digest, created_at=MONDAY
        )
        values = {"kind": "published", "first_live_at": hour(0), "created_at": hour(0), "slug": row["topic"]}
        values |= {name: value for name, value in row.items() if name != "topic"}
        publication = models.get_model("articles", "Publication").objects.create(
            story=story, revision=revision, **values
        )
        models.get_model("articles", "FeedListing").objects.create(
            publication=publication, topic=topic, live_from=row["live_from"]
        )


def told() -> list[float]:
    rows = Publication.objects.order_by("story", "live_from")
    return [(row.told_at - MONDAY) / timedelta(hours=1) for row in rows]


def test_what_readers_were_told_before_is_known(before, monkeypatch):
    """In more chunks than one; a minor change tells nothing, unless the story comes back with it."""
    for _story in range(3):
        a_chain(
            before,
            {"topic": "a", "live_from": hour(0), "live_until": hour(1)},
            {"topic": "a", "live_from": hour(1), "live_until": hour(2)},
            {"topic": "a", "live_from": hour(3), "live_until": hour(4)},
            {"topic": "a", "live_from": hour(4), "live_until": hour(5)},
            {"topic": "a", "live_from": hour(5), "kind": "corrected", "change": "update"},
        )
    migrate(monkeypatch)
    assert told() == [0, 0, 3, 3, 5] * 3
    assert all(row.told_at == row.publication.told_at for row in FeedListing.objects.select_related("publication"))
    assert FeedListing.objects.count() == 15


def test_endings_are_put_where_they_belong(before, monkeypatch):
    """A withdrawal still to come forgets the version that readers never had; one that has begun keeps its own."""
    planned = {"topic": "never", "live_from": hour(9), "kind": "withdrawn", "created_at": hour(0)}
    begun = {**planned, "begin_done_at": hour(9)}
    for ending in (planned, begun):
        a_chain(
            before,
            {"topic": "first", "live_from": hour(0), "live_until": hour(1)},
            {"topic": "second", "live_from": hour(1), "live_until": hour(9)},
            ending,
        )
    migrate(monkeypatch)
    mended, stayed = Publication.objects.filter(kind="withdrawn").order_by("pk")
    assert (mended.slug, mended.revision.number) == ("second", 2)
    assert (stayed.slug, stayed.revision.number) == ("never", 3)
    for row in (mended, stayed):
        assert {listing.topic.slug for listing in row.feed_listings.all()} == {"first", "second"}


def test_what_was_public_is_guarded_afterwards(before, monkeypatch):
    a_chain(before, {"topic": "a", "live_from": hour(0)})
    migrate(monkeypatch)
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Publication.objects.update(slug="another")


def migrate(monkeypatch: pytest.MonkeyPatch) -> None:
    executor = MigrationExecutor(connection)
    migration = executor.loader.get_migration("articles", "0017_told_at")
    monkeypatch.setitem(migration.operations[-1].code.__globals__, "CHUNK", 2)
    executor.migrate(executor.loader.graph.leaf_nodes("articles"))
