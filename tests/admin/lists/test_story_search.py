"""Finding stories for a list by typing: what is found, what is told of it, and whom it is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.actions import bin_story, publish_story, save_story, withdraw_story
from articles.models import StoryRows
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.story_form import desk

HOUR = timedelta(hours=1)
URL = reverse("admin:articles_storylist_stories")


@pytest.fixture(autouse=True)
def monday_noon(reading_at):
    reading_at(MONDAY + 3 * HOUR)


@pytest.fixture
def found(cast):
    client = desk(cast.list_editor)

    def find(typed: str = "") -> list[dict]:
        response = client.get(URL, {"q": typed})
        assert response.status_code == 200
        return response.json()["stories"]

    return find


def headlines(stories: list[dict]) -> list[str]:
    return [story["headline"] for story in stories]


@pytest.mark.parametrize("typed", ["松岭", "slx", "专车", "SLX 专车"])
def test_story_is_found_by_what_editors_type(found, typed):
    """Words of two characters, and the initials of the headline."""
    a_story("桥头镇修路")
    a_story("松岭县新开专车")
    assert headlines(found(typed)) == ["松岭县新开专车"]


def test_story_is_found_by_its_id(found):
    """The id comes first; a story that only holds the number comes after it."""
    story = a_story("桥头镇修路")
    a_story(f"新增 {story.pk} 个站点")
    assert headlines(found(str(story.pk))) == ["桥头镇修路", f"新增 {story.pk} 个站点"]


def test_story_is_told_with_its_state(found):
    """Live, planned, draft, withdrawn and taken down, each with its moment in the newsroom's zone."""
    a_story("车站草稿")
    a_publication("车站在线", at=MONDAY)
    publish_story(story=a_story("车站明早"), by=OPERATOR, at=MONDAY + timedelta(days=1), now=MONDAY)
    withdrawn = a_publication("车站撤下", at=MONDAY).story
    withdraw_story(story=withdrawn, by=OPERATOR, note="有误", now=MONDAY + HOUR)
    publish_story(story=a_story("车站到期"), by=OPERATOR, until=MONDAY + HOUR, now=MONDAY)
    told = {story["headline"]: (story["state"], story["live_from"]) for story in found("车站")}
    assert told == {
        "车站草稿": ("draft", None),
        "车站在线": ("live since 2 Mar, 09:00", "2026-03-02T01:00:00+00:00"),
        "车站明早": ("goes live 3 Mar, 09:00", "2026-03-03T01:00:00+00:00"),
        "车站撤下": ("withdrawn 2 Mar, 10:00", None),
        "车站到期": ("taken down", None),
    }


def test_story_is_called_what_readers_see(found):
    """The headline that is live, though the working copy says something else by now; the section beside it."""
    story = a_publication("松岭县新开专车", at=MONDAY).story
    rows = StoryRows.stored(story)
    rows.story.headline = "松岭县专车停开"
    save_story(rows=rows, by=OPERATOR, now=MONDAY + HOUR)
    (told,) = found("停开")
    assert (told["id"], told["headline"], told["section"]) == (story.pk, "松岭县新开专车", "要闻")


def test_nothing_typed_gives_what_is_planned_and_live(found):
    """The newest first; drafts and what is over are to be looked for."""
    a_story("草稿")
    a_publication("旧闻", at=MONDAY)
    a_publication("新闻", at=MONDAY + HOUR)
    publish_story(story=a_story("今晚"), by=OPERATOR, at=MONDAY + 9 * HOUR, now=MONDAY)
    publish_story(story=a_story("明早"), by=OPERATOR, at=MONDAY + 24 * HOUR, now=MONDAY)
    publish_story(story=a_story("已结束"), by=OPERATOR, until=MONDAY + HOUR, now=MONDAY)
    assert headlines(found()) == headlines(found("  ")) == ["明早", "今晚", "新闻", "旧闻"]


def test_bin_is_left_out(found):
    """Neither words, nor initials, nor the id lead to what was deleted."""
    story = a_story("松岭县新开专车")
    bin_story(story=story, by=OPERATOR, now=MONDAY)
    assert found("松岭") == found("slx") == found(str(story.pk)) == []


def test_no_more_than_twenty_are_told(found):
    """The newest of many."""
    for number in range(23):
        a_story(f"松岭县新闻{number}号")
    assert headlines(found("slx"))[0] == "松岭县新闻22号"
    assert len(found("slx")) == 20


@pytest.mark.parametrize("typed", ["", "松岭", "slx", "1"])
@pytest.mark.parametrize("stories", [1, 3])
def test_search_asks_few_queries(cast, django_assert_max_num_queries, typed, stories):
    """Session, user and rights, and five at most for the stories, whatever is typed and found."""
    for number in range(stories):
        a_publication(f"松岭县新闻 {number}", at=MONDAY)
    client = desk(cast.list_editor)
    with django_assert_max_num_queries(8):
        client.get(URL, {"q": typed})


@pytest.mark.parametrize("typed", ["\x00", "9" * 30, "9" * 18, "x" * 5000, "¶", "%", "\ud83d", "-1", "'", "[["])
def test_search_takes_whatever_is_typed(found, typed):
    """Nothing is found, and nothing breaks."""
    a_story("松岭县新开专车")
    assert found(typed.encode("utf-8", "surrogatepass")) == ([] if typed != "\x00" else found())


@pytest.mark.parametrize("who", ["outsider", None])
def test_search_is_for_the_desk(cast, client, who):
    """Drafts are told to nobody who may not read them."""
    a_story("松岭县新开专车")
    if who:
        client = desk(getattr(cast, who))
    response = client.get(URL, {"q": "松岭"})
    assert response.status_code in {302, 403}
    assert "松岭县" not in response.content.decode()


def test_search_is_no_place_to_post(cast):
    """It changes nothing."""
    assert desk(cast.list_editor).post(URL).status_code == 405


def test_related_stories_are_found_by_initials(cast):
    """The same typing helps where a story gets its related stories."""
    a_story("松岭县新开专车")
    query = {"app_label": "articles", "model_name": "relatedlink", "field_name": "related_story", "term": "slx"}
    answer = desk(cast.editor).get(reverse("admin:autocomplete"), query)
    assert "松岭县新开专车" in [row["text"] for row in answer.json()["results"]]
