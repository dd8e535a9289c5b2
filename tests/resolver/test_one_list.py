"""One list by itself: the edition in force, in its own scope, and only where readers have its page."""

from __future__ import annotations

import pytest

from articles.actions.list_times import When
from articles.models import Topic
from articles.resolver import resolve_list
from tests.builders import a_publication, a_section, a_story
from tests.publishing import hour, publish, withdraw
from tests.story_lists import a_list, an_edition

pytestmark = pytest.mark.django_db


def headlines(list_id: int, number: float = 1) -> list[str] | None:
    found = resolve_list(list_id, hour(number))
    return None if found is None else [entry.headline for entry in found.shown.entries]


def test_list_shows_what_it_holds_and_what_fills_it():
    """Also what its page leaves out, because another list shows it already."""
    first, second = a_publication("一"), a_publication("二")
    a_list(first, slot="lead", order=1)
    row = a_list(first, name="另一份", fill_rule="latest")
    assert headlines(row.pk) == ["一", "二"]
    assert second.story_id in resolve_list(row.pk, hour(1)).shown.story_ids


def test_list_is_there_from_its_first_edition_on():
    row = a_list(a_publication("一"), now=hour(2))
    assert headlines(row.pk, 1.99) is None
    assert headlines(row.pk, 2) == ["一"]
    assert headlines(row.pk + 1, 2) is None


def test_special_edition_counts_while_it_lasts():
    row = a_list(a_publication("平日"))
    an_edition(row, a_publication("特刊"), now=hour(0.5), when=When(start=hour(2), end=hour(3), special=True))
    assert [headlines(row.pk, number) for number in (1, 2, 2.99, 3)] == [["平日"], ["特刊"], ["特刊"], ["平日"]]


def test_list_of_a_section_is_filled_from_it():
    parent = a_section("全部", "all")
    section = a_section("体育", "sport", parent=parent)
    a_publication("别处")
    a_publication("体育稿", section=section)
    row = a_list(place="section", scope=section, fill_rule="latest")
    assert headlines(row.pk) == ["体育稿"]
    assert resolve_list(row.pk, hour(1)).page == section


def test_list_of_a_topic_is_there_while_readers_know_the_topic():
    """Its title may name what a story that is not out yet is about."""
    topic = Topic.objects.create(name="春运", slug="chunyun")
    story = a_story("春运稿", topics=[topic])
    publish(story, at=2, until=4)
    row = a_list(place="beside", scope=topic, fill_rule="same_topic")
    assert [headlines(row.pk, number) for number in (1, 2, 3.99, 4)] == [None, ["春运稿"], ["春运稿"], None]


def test_list_of_a_story_is_there_while_readers_have_the_story():
    """Filled as on its page, and never with itself."""
    topic = Topic.objects.create(name="春运", slug="chunyun")
    a_publication("旁边", topics=[topic])
    story = a_story("春运稿", topics=[topic])
    publish(story, at=2)
    withdraw(story, at=4, note="撤")
    row = a_list(place="below", scope=story, fill_rule="same_topic")
    assert [headlines(row.pk, number) for number in (1, 2, 3.99, 4)] == [None, ["旁边"], ["旁边"], None]
    assert resolve_list(row.pk, hour(2)).page.story_id == story.pk


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("kind", "queries"), [("front", 3), ("section", 3), ("topic", 4), ("story", 5)])
def test_costs_the_same_with_few_and_many(django_assert_num_queries, kind, queries, count):
    topic = Topic.objects.create(name="春运", slug="chunyun")
    stories = [a_publication(f"第{number}条", topics=[topic]) for number in range(count)]
    scope = {"front": None, "section": a_section(), "topic": topic, "story": a_publication("本条").story}[kind]
    place = {"front": "front", "section": "section"}.get(kind, "beside")
    row = a_list(*stories, place=place, scope=scope, fill_rule="latest", length=50)
    for number in range(3):
        an_edition(row, *stories, now=hour(number / 10), fill_rule="latest", length=50)
    with django_assert_num_queries(queries):
        resolve_list(row.pk, hour(1))
