"""Where a publication is listed."""

from __future__ import annotations

import pytest

from articles.actions import save_story
from articles.models import Contributor, Section, Source, Story, StoryRows, Topic
from tests.builders import OPERATOR, a_section, a_story
from tests.publishing import (
    assert_stored_chain_is_right,
    cancel,
    hour,
    publish,
)

pytestmark = pytest.mark.django_db


def test_publication_is_listed_under_all_its_things():
    """Section and its parent, each topic, each person once however many roles; by the version that is published."""
    parent = a_section("体育", "sports")
    child = a_section("足球", "football", parent=parent)
    topics = [Topic.objects.create(name=name, slug=name) for name in "ab"]
    person = Contributor.objects.create(name="林晓", slug="lin-xiao")
    story = a_story(section=child, topics=topics, bylines=[(person, "reporter"), (person, "photographer")])
    publication = publish(story)
    assert {row.section for row in publication.sectionlistings.all()} == {parent, child}
    assert {row.topic for row in publication.topiclistings.all()} == set(topics)
    assert [row.contributor for row in publication.contributorlistings.all()] == [person]
    assert_stored_chain_is_right(story)


def test_moved_story_is_listed_where_each_version_was():
    """The version from before stays under its section, for who looks at the past."""
    news, sports = a_section(), a_section("体育", "sports")
    story = a_story()
    before = publish(story)
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    rows.story.section = sports
    save_story(rows=rows, by=OPERATOR, now=hour(1))
    after = publish(story, 2)
    assert [row.section for row in before.sectionlistings.all()] == [news]
    assert [row.section for row in after.sectionlistings.all()] == [sports]


def test_cancelled_publication_is_listed_nowhere():
    """Its rows go with it, and protect no section."""
    story = a_story(section=a_section("临时", "temporary"))
    cancel(publish(story, at=5), 1)
    assert not Section.objects.get(slug="temporary").listings.exists()


def test_things_that_list_a_publication_cannot_be_deleted():
    """A topic or person that published stories are listed under stays, even when no working copy names it any more."""
    topic = Topic.objects.create(name="t", slug="t")
    story = a_story(topics=[topic])
    publish(story)
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    rows.topics = []
    save_story(rows=rows, by=OPERATOR, now=hour(1))
    with pytest.raises(Exception, match="protected"):
        topic.delete()


def test_source_of_a_published_version_is_kept():
    """The notice under a published story is found by its source."""
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    story = a_story(source=source)
    assert publish(story).content.source.id == source.pk
