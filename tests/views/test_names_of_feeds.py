"""The page of feeds: what each is called there, and in which order they stand."""

from __future__ import annotations

import pytest

from articles.models import Contributor, Topic
from tests.builders import a_publication, a_section
from tests.page import page
from tests.story_lists import a_list

pytestmark = pytest.mark.django_db


def names_of_feeds(client) -> list[str]:
    return [name.text for name in page(client.get("/feeds/")).one("main").all("span", css_class="feed-name")]


def test_people_topics_and_sources_are_named_by_their_pinyin(client):
    """As in a dictionary, not by the numbers of their characters; Latin names stand among them."""
    read = ["何苗", "Lin", "卓玛措", "重庆", "周岚", "吴一"]
    in_order = ["重庆", "何苗", "Lin", "吴一", "周岚", "卓玛措"]
    topics = [Topic.objects.create(name=name, slug=f"t{number}") for number, name in enumerate(read)]
    people = [Contributor.objects.create(name=f"{name}生", slug=f"c{number}") for number, name in enumerate(read)]
    a_publication(topics=topics, bylines=[(person, "reporter") for person in people])
    shown = names_of_feeds(client)
    assert [name for name in shown if name in read] == in_order
    assert [name.removesuffix("生") for name in shown if name.endswith("生")] == in_order


def test_lists_are_named_with_the_place_they_stand_at(client, settings):
    """A list is often called as a section is; those of the front page come first."""
    settings.LANGUAGE_CODE = "en"
    news, sport = a_section("News", "news"), a_section("Sports", "sports")
    story = a_publication("某", section=news)
    a_list(story, name="1", title="Sports", place="below", slot="a", scope=sport)
    a_list(story, name="2", title="More", place="beside", slot="b")
    a_list(story, name="3", title="Sports", place="section", slot="c", scope=sport)
    a_list(story, name="4", title="Sports", place="front", slot="d")
    assert [name for name in names_of_feeds(client) if "·" in name] == [
        "Sports · front page",
        "Sports · Sports",
        "More · beside a story",
        "Sports · below a story · Sports",
    ]
