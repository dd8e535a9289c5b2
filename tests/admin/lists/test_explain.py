"""The page of reasons: what a list shows at a moment and why, and why a story is not in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import When, publish_story
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.story_lists import a_list, an_edition

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(client, cast, reading_at):
    """A list editor at the desk on Monday at nine, who reads English."""
    reading_at(MONDAY)
    client.force_login(cast.list_editor)
    return client


def read(desk, made, status=200, **query):
    response = desk.get(
        f"/admin/articles/storylist/{getattr(made, 'pk', made)}/explain/", query, headers={"accept-language": "en"}
    )
    assert response.status_code == status
    return response


def test_list_is_explained_as_it_is_now(desk):
    """Each entry with its reason, what is hidden with its, and the free places."""
    coming = a_story("将至的稿件")
    publish_story(story=coming, by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
    made = a_list(a_publication("甲"), coming, length=3)
    text = read(desk, made).content.decode()
    for words in ("placed by hand", "将至的稿件", "it goes live 10:00", "2 places stay free."):
        assert words in text
    assert 'href="/at/2026-03-02T01:00:00Z/"' in text


def test_list_is_explained_as_it_will_be(desk):
    """At the moment that was typed, by the newsroom's clock."""
    coming = a_story("将至的稿件")
    publish_story(story=coming, by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
    made = a_list(coming)
    response = read(desk, made, at="2026-03-02T10:00")
    assert [row.entry.headline for row in response.context["explained"].entries] == ["将至的稿件"]
    assert "goes live 10:00" not in response.content.decode()


def test_story_is_asked_about_by_its_number(desk):
    story = a_publication("乙")
    made = a_list(a_publication("甲"))
    text = read(desk, made, story=story.story_id).content.decode()
    assert "is not shown:" in text
    assert "it is not among the items of this edition" in text


def test_story_is_asked_about_by_its_words(desk):
    """One that is found is answered at once; of several somebody chooses."""
    for headline in ("松岭县的车票", "松岭县的报名点", "高原的灯光"):
        a_story(headline)
    made = a_list(a_publication("甲"))
    assert read(desk, made, story="高原").context["asked"].answer.headline == "高原的灯光"
    asked = read(desk, made, story="松岭县").context["asked"]
    assert (asked.answer, len(asked.found)) == (None, 2)


@pytest.mark.parametrize("story", ["99999999", "9" * 40, "没有这样的稿件", "%", "\x00甲\x00没有"])
def test_story_that_is_not_found_is_told(desk, story):
    made = a_list(a_publication("乙"))
    assert "No story is found for" in read(desk, made, story=story).content.decode()


@pytest.mark.parametrize(
    "at", ["yesterday", "\x00", "1899-12-31T23:00", "9001-01-01T00:00", "2026-02-30T00:00", "9" * 4000]
)
def test_moment_that_makes_no_sense_is_told_at_its_field(desk, at):
    """And what is there now is explained instead."""
    made = a_list(a_publication("甲"))
    response = read(desk, made, at=at)
    assert "errorlist" in response.content.decode()
    assert response.context["at"] == MONDAY


@pytest.mark.parametrize("at", ["1900-01-02T00:00", "9000-12-31T23:59"])
def test_ends_of_the_calendar_can_be_asked_about(desk, at):
    made = a_list(a_publication("甲"))
    assert "errorlist" not in read(desk, made, at=at).content.decode()


def test_time_before_the_first_edition_names_the_next(desk):
    made = a_list(a_publication("甲"))
    text = read(desk, made, at="2026-03-02T08:00").content.decode()
    assert "No edition of it is in force then. The next one begins 09:00." in text


def test_list_that_gives_way_to_a_narrower_one_says_so(desk):
    story = a_publication("甲")
    every = a_list(story, name="全站", place="section")
    a_list(story, name="要闻头条", place="section", scope=a_section())
    assert read(desk, every).context["explained"] is not None
    text = read(desk, every, on=f"section-{a_section().pk}").content.decode()
    assert "“要闻头条” stands in its place" in text


def test_list_beside_stories_is_explained_on_the_page_of_one(desk):
    """Its own story is not repeated there."""
    story = a_publication("甲")
    made = a_list(story, place="beside")
    hidden = read(desk, made, on=f"story-{story.story_id}").context["explained"].hidden
    assert len(hidden) == 1
    assert "it is the story that readers are on" in read(desk, made, on=f"story-{story.story_id}").content.decode()


@pytest.mark.parametrize("on", ["section-9999", "story-\x00", "topic-" + "9" * 30, "front", "section-²"])
def test_page_that_is_none_is_told(desk, on):
    made = a_list(a_publication("甲"), place="section")
    response = read(desk, made, on=on)
    assert len(list(response.context["messages"])) == 1


def test_list_that_does_not_exist_leads_back(desk):
    assert read(desk, 999999, status=302)["Location"] == "/admin/"


@pytest.mark.parametrize(("who", "status"), [("reporter", 200), ("administrator", 200), ("outsider", 403)])
def test_reasons_are_for_the_desk(client, cast, who, status):
    made = a_list(a_publication("甲"))
    client.force_login(getattr(cast, who))
    read(client, made, status=status)


def test_special_says_until_when_and_who_made_it(desk, cast):
    story = a_publication("甲")
    made = a_list(story)
    when = When(start=MONDAY + HOUR, end=MONDAY + 2 * HOUR, special=True)
    an_edition(made, story, when=when, by=cast.editor, title="特别")
    text = read(desk, made, at="2026-03-02T10:30").content.decode()
    assert "the special edition from 10:00 until 11:00" in text


@pytest.mark.parametrize("count", [1, 5])
def test_page_of_reasons_costs_the_same_whatever_the_list_holds(desk, count, django_assert_num_queries):
    """The list, resolve, facts, editions and sections; five for whoever reads it."""
    coming = [a_story(f"将至{number}") for number in range(count)]
    for story in coming:
        publish_story(story=story, by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
    rows = [a_publication(f"稿{number}") for number in range(count)]
    made = a_list(*rows, *coming, length=20, fill_rule="latest", fill_section_id=a_section().pk)
    read(desk, made)
    with django_assert_num_queries(6 + 8):
        read(desk, made)
