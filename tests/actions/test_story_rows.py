"""The rows of a story being saved: their order, whose they are, and that none is lost."""

from __future__ import annotations

import pytest

from articles.models import Contributor, Story, StoryRows, Subsection, Topic
from tests.builders import a_story
from tests.saving import headings, read_again, save

pytestmark = pytest.mark.django_db


def a_story_of_rows(names: str = "甲乙丙丁") -> Story:
    return a_story(
        subsections=[(name, "", f"<p>{name}</p>") for name in names],
        bylines=[(Contributor.objects.create(name=name, slug=name), "reporter") for name in names],
        related=[(f"https://example.com/{name}", name) for name in names],
    )


def names_of(story: Story) -> list[str]:
    """The rows of each kind, by name and in order; positions are counted from one."""
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    kinds = {
        "subsections": [row.heading for row in rows.subsections],
        "bylines": [row.contributor.name for row in rows.bylines],
        "related": [row.headline for row in rows.related_links],
    }
    for stored in (rows.subsections, rows.bylines, rows.related_links):
        assert [row.position for row in stored] == list(range(1, len(stored) + 1))
    assert len({tuple(kind) for kind in kinds.values()}) == 1, kinds
    return kinds["subsections"]


@pytest.mark.parametrize("order", [[3, 2, 1, 0], [1, 0, 2, 3], [3, 0, 1, 2], [0, 2], [3], []])
def test_rows_are_stored_in_the_order_given(order):
    """Turned round, swapped, moved, or taken away: rows keep their identity and get positions without gaps."""
    story = a_story_of_rows()
    rows = read_again(story)
    kept = [rows.subsections[index].pk for index in order]
    for name in ("subsections", "bylines", "related_links"):
        setattr(rows, name, [getattr(rows, name)[index] for index in order])
    save(rows)
    assert names_of(story) == ["甲乙丙丁"[index] for index in order]
    assert list(story.subsections.values_list("pk", flat=True)) == kept


def test_new_row_between_old_ones_takes_its_place():
    """A row added in the middle moves the others on."""
    story = a_story(subsections=[("一", "", ""), ("三", "", "")])
    rows = read_again(story)
    rows.subsections.insert(1, Subsection(heading="二"))
    save(rows)
    assert headings(story) == [(1, "一"), (2, "二"), (3, "三")]


def test_row_that_somebody_else_deleted_meanwhile_keeps_its_text():
    """What was typed into a row is not lost because a colleague removed the row."""
    story = a_story(subsections=[("一", "", "<p>甲</p>"), ("二", "", "<p>乙</p>")])
    mine = read_again(story)
    theirs = read_again(story)
    theirs.subsections = theirs.subsections[:1]
    save(theirs, hours=1)
    mine.subsections[1].heading = "二，改过"
    save(mine, hours=2)
    assert headings(story) == [(1, "一"), (2, "二，改过")]
    assert story.revisions.first().content.subsections[1].body == "<p>乙</p>"


@pytest.mark.parametrize("kind", ["subsections", "bylines", "related_links"])
def test_crafted_key_of_another_storys_row_steals_nothing(kind):
    """A form that names a row of another story makes a row of its own and leaves that one alone."""
    victim = a_story_of_rows("甲乙")
    before = StoryRows.stored(victim).content()
    thief = a_story("别的")
    rows = read_again(thief)
    stolen = list(getattr(StoryRows.stored(victim), kind))[:1]
    setattr(rows, kind, stolen)
    save(rows)
    assert StoryRows.stored(victim).content() == before
    assert getattr(thief, kind).count() == 1
    assert getattr(victim, kind).count() == 2


def test_topics_are_replaced():
    """The list of topics is what the form says."""
    topics = [Topic.objects.create(name=name, slug=name) for name in "abc"]
    story = a_story(topics=topics[:2])
    rows = read_again(story)
    rows.topics = topics[1:]
    save(rows)
    assert set(story.topics.all()) == set(topics[1:])
    assert {topic.id for topic in story.revisions.first().content.topics} == {topics[1].pk, topics[2].pk}


def test_three_hundred_related_links_are_stored_and_turned_round():
    """A form with 300 links is slow for nobody and loses none."""
    story = a_story(related=[(f"https://example.com/{number}", str(number)) for number in range(300)])
    rows = read_again(story)
    rows.related_links.reverse()
    save(rows)
    assert list(story.related_links.values_list("headline", flat=True)) == [
        str(number) for number in range(299, -1, -1)
    ]
    assert list(story.related_links.values_list("position", flat=True)) == list(range(1, 301))
