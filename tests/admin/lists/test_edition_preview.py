"""The preview beside the edition form: what readers will see, why not the rest, and what saving does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from articles.actions import publish_story, withdraw_story
from articles.actions.list_times import When
from articles.models import StoryList
from tests.admin.lists.editing import posted, preview_address, signed_in
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.story_lists import a_list, an_edition

HOUR = timedelta(hours=1)
NOW = MONDAY + HOUR
LINK = {"url": "https://example.org/", "headline": "链接"}


@pytest.fixture
def desk(client, cast, reading_at):
    reading_at(NOW)
    return signed_in(client, cast.list_editor)


@pytest.fixture
def story_list(cast) -> StoryList:
    return a_list(a_publication("甲"))


@pytest.fixture
def seen(desk, story_list):
    """Posts a form to the preview and gives its parts as text, by name, each run of blanks as one."""

    def see(*rows, **values) -> dict[str, str]:
        answer = desk.post(preview_address(story_list), posted(*rows, **values))
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        text = re.sub(r"</?time[^>]*>", "", answer.content.decode())
        parts = re.split(r'<(?:div|ul) data-part="(\w+)">', text)
        shown = [re.sub(r"<[^>]+>", " ", part) for part in parts[2::2]]
        return {name: " ".join(part.split()) for name, part in zip(parts[1::2], shown, strict=True)}

    return see


def planned_story(headline="明早", at=MONDAY + 23 * HOUR):
    story = a_story(headline)
    publish_story(story=story, by=OPERATOR, at=at, now=MONDAY)
    return story


def test_the_list_is_shown_as_readers_will_have_it(seen):
    """With what is typed over a headline, in the order of the rows."""
    rows = [{"story": a_publication("乙").story_id, "headline": "乙，改过"}, {"story": a_publication("丙").story_id}]
    parts = seen(*rows, title="晚间")
    assert re.search("晚间.*乙，.*改过.*丙", parts["public"])
    assert parts["says"] == "As of now, Beijing time."
    assert "position 1" in parts["rows"]
    assert "8 places stay empty." in parts["rest"]


def test_the_list_is_shown_at_the_moment_it_begins(seen):
    """A story that goes live at 08:00 stands in the list of 08:00, and not in that of 07:59."""
    row = {"story": planned_story().pk}
    before = seen(row, when="at", start="2026-03-03T07:59")
    after = seen(row, when="at", start="2026-03-03T08:00")
    assert "明早" not in before["public"]
    assert "it goes live 08:00" in before["rest"]
    assert "明早" in after["public"]
    assert after["says"] == "As of 3 March 2026, 08:00 Beijing time."


def test_each_hidden_item_says_why(seen, cast):
    """In words, for every reason there is."""
    withdrawn = a_publication("撤了")
    withdraw_story(story=withdrawn.story, by=OPERATOR, note="有误", now=MONDAY + timedelta(minutes=5))
    shown = a_publication("在")
    rows = [
        {"story": shown.story_id},
        {"story": planned_story(at=MONDAY + 5 * HOUR).pk},
        {"story": a_story("没写完").pk},
        {"story": withdrawn.story_id},
        {**LINK, "headline": "未到", "begin": "at", "begin_at": "2026-03-02T12:00"},
        {**LINK, "url": "/2", "headline": "已过", "end": "at", "end_at": "2026-03-02T09:30"},
        {**LINK, "url": "/3", "headline": "挤掉"},
        {"url": "/4"},
    ]
    rest = seen(*rows, length=1)["rest"]
    for headline, reason in {
        "明早": "it goes live 14:00",
        "没写完": "it is a draft: not published, not scheduled",
        "撤了": "it was withdrawn 09:05",
        "未到": "its window begins 12:00",
        "已过": "its window ended 09:30",
        "挤掉": "no room: the list shows 1",
        "/4": "A link to an address needs a headline.",
    }.items():
        assert f"{headline} {reason}" in rest
    assert "在 " not in rest


def test_a_story_of_another_list_of_the_page_is_not_shown_twice(seen):
    """The reason names the list that has it already."""
    publication = a_publication("只一次")
    a_list(publication, name="首页要闻", slot="top", title="要闻", order=1)
    assert "只一次 hidden as a duplicate of position 1 of “要闻”" in seen({"story": publication.story_id})["rest"]
    assert "只一次" in seen({"story": publication.story_id}, may_repeat="1")["public"]


def test_free_places_are_filled_by_the_rule(seen):
    """And how many are."""
    parts = seen(fill_rule="latest", length=1)
    assert "甲" in parts["public"]
    assert "One place is filled by the rule." in parts["rest"]


@pytest.mark.parametrize("place", ["beside", "below"])
def test_a_list_at_a_story_is_looked_at_on_its_page(desk, cast, place):
    """Where the story itself is never listed."""
    story = a_publication("这篇").story
    story_list = a_list(place=place, scope=story)
    text = desk.post(preview_address(story_list), posted({"story": story.pk})).content.decode()
    assert "it is the story that readers are on" in text


def test_a_list_of_a_section_is_filled_from_it(desk, cast):
    """As its front will be."""
    sport = a_section("体育", "sport")
    a_publication("比赛", section=sport)
    a_publication("别的")
    story_list = a_list(place="section", scope=sport)
    text = desk.post(preview_address(story_list), posted(fill_rule="latest")).content.decode()
    assert "比赛" in text
    assert "别的" not in text


def test_what_is_not_stored_is_not_shown_to_readers(seen, story_list):
    """A preview writes nothing."""
    before = (story_list.revisions.count(), story_list.editions.count())
    seen(LINK, when="now")
    assert (story_list.revisions.count(), story_list.editions.count()) == before


TIMES = [
    ({"when": "draft"}, "Kept as a draft: readers see nothing of it until it gets a moment."),
    ({"when": "now"}, "Readers see it as soon as it is saved. The present edition ends then."),
    ({"when": "at"}, "Give the moment at which the edition begins."),
    (
        {"when": "at", "start": "2026-03-03T08:00"},
        "From 3 March 2026, 08:00 Beijing time (in 22 h 0 min). The present edition ends then.",
    ),
    (
        {"when": "special", "start": "2026-03-02T20:00", "end": "2026-03-02T23:00"},
        "From 2 March 2026, 20:00 Beijing time until 2 March 2026, 23:00 Beijing time, in the place of the standing "
        "edition, which counts again then.",
    ),
]


@pytest.mark.parametrize(("values", "sentence"), TIMES)
def test_a_sentence_says_what_saving_will_do(seen, values, sentence):
    """Before it is done."""
    assert seen(LINK, **values)["happens"] == sentence


def test_the_sentence_names_what_lies_around(seen, story_list):
    """The planned edition that ends, the one that follows, the special in between."""
    for hours in (5, 20):
        an_edition(story_list, when=When(start=MONDAY + hours * HOUR))
    an_edition(story_list, when=When(start=MONDAY + 8 * HOUR, end=MONDAY + 10 * HOUR, special=True))
    words = seen(LINK, when="at", start="2026-03-02T18:00")["happens"]
    assert "The edition that begins 2 March 2026, 14:00 Beijing time ends then." in words
    assert "The next edition follows 3 March 2026, 05:00 Beijing time." in words
    assert "A special is shown in its place until 2 March 2026, 19:00 Beijing time." in words
    words = seen(LINK, when="special", start="2026-03-02T18:00", end="2026-03-02T20:00")["happens"]
    assert "Careful: another special runs from 2 March 2026, 17:00 Beijing time" in words


def test_the_edition_that_is_moved_does_not_end_itself(seen, story_list):
    """It begins at its new moment only."""
    planned = an_edition(story_list, when=When(start=MONDAY + 5 * HOUR))
    words = seen(LINK, when="at", start="2026-03-02T18:00", edition=planned.pk)["happens"]
    assert "The present edition ends then." in words


def test_the_preview_is_posted(desk, story_list):
    """It answers nothing else."""
    assert desk.get(preview_address(story_list)).status_code == 405


@pytest.mark.parametrize("count", [1, 30])
def test_the_preview_takes_the_same_queries_however_many_items(desk, story_list, django_assert_num_queries, count):
    """It is asked at every pause in typing."""
    rows = [{"story": a_publication(f"稿件{number}").story_id} for number in range(count)]
    rows.append({"story": planned_story().pk})
    with django_assert_num_queries(13):
        desk.post(preview_address(story_list), posted(*rows))
