"""An upgrade: what is listed and fed knows its story, and lists are in the order of stories from then on."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.content import StoryContent
from articles.models import FeedListing, Publication, Section, SectionListing, SourceListing, TopicListing
from tests.publishing import hour

BEFORE = [("articles", "0017_told_at")]


@pytest.fixture
def before(transactional_db: None) -> Any:
    """The models of the earlier release, whose tables the database has for this test."""
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    MigrationExecutor(connection).migrate(latest)


def a_story(models: Any, places: dict[str, Any], versions: int) -> int:
    """A story of the moment 0 with so many versions, each listed under `places` and in their feeds; its id."""
    create = {name: models.get_model("articles", name).objects.create for name in ("Story", "Revision", "Publication")}
    story = create["Story"](headline="x", slug="x", created_at=hour(0), updated_at=hour(0))
    content = StoryContent(headline="x", slug="x")
    for number in range(versions):
        revision = create["Revision"](
            story=story, number=number + 1, stored=content.to_json(), digest=content.digest, created_at=hour(0)
        )
        row = create["Publication"](
            story=story,
            revision=revision,
            slug="x",
            live_from=hour(number),
            live_until=hour(number + 1) if number + 1 < versions else None,
            first_live_at=hour(0),
            told_at=hour(0),
            created_at=hour(0),
        )
        for name, place in places.items():
            listing = models.get_model("articles", f"{name}listing").objects
            listing.create(publication=row, first_live_at=hour(0), **{name: place})
            fed = models.get_model("articles", "feedlisting").objects
            fed.create(publication=row, live_from=row.live_from, told_at=hour(0), **{name: place})
    return story.pk


def test_listings_of_an_earlier_release_know_their_story(before):
    """The story made first was corrected last: its publication has the greatest id, and it stands last."""
    places = {
        name: before.get_model("articles", name).objects.create(name=name, slug=name, **values)
        for name, values in {"section": {}, "topic": {}, "source": {"name_key": "source"}}.items()
    }
    expected = [a_story(before, places, versions) for versions in (1, 3)]
    Old = before.get_model("articles", "Publication")
    first = Old.objects.filter(story=expected[0])
    first.filter(pk=first.get().pk).update(live_until=hour(5))
    newest = Old.objects.get(story=expected[0])
    newest.pk, newest.live_from, newest.live_until = None, hour(5), None
    newest.save()
    before.get_model("articles", "SectionListing").objects.create(
        publication=newest, first_live_at=hour(0), section=places["section"]
    )
    MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    for model in (SectionListing, TopicListing, SourceListing, FeedListing):
        rows = model.objects.select_related("publication")
        assert rows
        assert all(row.story_id == row.publication.story_id for row in rows)
    listed = SectionListing.objects.live(hour(9)).filter(section=Section.objects.get()).newest_first()
    assert [row.story_id for row in listed] == [expected[1], expected[0]]
    assert Publication.objects.live(hour(9)).count() == 2
