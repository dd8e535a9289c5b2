"""Why each entry is in a list, and why each item and any other story is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from articles.actions import When, publish_story, withdraw_story
from articles.actions.bin import bin_story
from articles.models import Publication
from articles.resolver import Scope, resolve
from articles.resolver.explain import explain
from articles.resolver.explain_story import why_story
from articles.resolver.why_words import why_facts, why_in_words
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.story_lists import a_list, an_edition, item

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
FRONT = Scope()


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def hidden(at, scope=FRONT, places="front", shown=()):
    """What is not shown, by headline."""
    return {row.headline: row.why for found in explain(places, scope, at, shown) for row in found.hidden}


def entries(at, scope=FRONT, places="front"):
    return {row.entry.headline: row.why for found in explain(places, scope, at) for row in found.entries}


def answer(story, at, number=0, scope=FRONT, places="front", shown=()):
    page = explain(places, scope, at, shown)
    return why_story(getattr(story, "story_id", None) or story.pk, page[number], page, scope, shown)


def test_entries_say_how_they_came_to_their_place():
    pinned, placed, filled = (a_publication(headline) for headline in ("甲", "乙", "丙"))
    assert filled.shows
    a_list(item(pinned, pinned=1), item(placed, ends_at=MONDAY + 2 * HOUR), length=3, fill_rule="latest")
    assert entries(MONDAY + HOUR) == {
        "甲": "pinned to position 1",
        "乙": "placed by hand; until 11:00",
        "丙": "filled by the rule “the latest of the section”; went live 09:00",
    }


def test_fill_rule_names_its_section():
    a_publication("甲")
    a_list(fill_rule="latest", fill_section_id=a_section().pk)
    (words,) = entries(MONDAY).values()
    assert words == "filled by the rule “the latest of the section (要闻)”; went live 09:00"


def test_pinned_item_that_moved_up_says_so():
    a_list(item(a_publication("甲"), pinned=3))
    assert entries(MONDAY) == {"甲": "pinned to position 3; moved up, as there is nothing before it"}


def test_story_that_goes_live_later_is_told_with_its_moment():
    """By the newsroom's clock; of another day with its date."""
    today, tomorrow = a_story("甲"), a_story("乙")
    publish_story(story=today, by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    publish_story(story=tomorrow, by=OPERATOR, at=MONDAY + 23 * HOUR, now=MONDAY)
    a_list(today, tomorrow)
    assert hidden(MONDAY) == {"甲": "it goes live 14:00", "乙": "it goes live 3 Mar, 08:00"}


def test_stories_that_are_not_public_are_told_apart():
    """A draft, one in the bin, one that was withdrawn, retracted, or came down."""
    draft, binned = a_story("草稿"), a_story("废弃")
    withdrawn, retracted = a_publication("撤稿"), a_publication("收回")
    ended = a_story("下线")
    publish_story(story=ended, by=OPERATOR, until=MONDAY + HOUR, now=MONDAY)
    a_list(draft, binned, withdrawn, retracted, ended)
    bin_story(story=binned, by=OPERATOR, now=MONDAY)
    withdraw_story(story=withdrawn.story, by=OPERATOR, note="撤", now=MONDAY + 20 * MINUTE)
    publish_story(
        story=retracted.story,
        by=OPERATOR,
        change=Publication.Change.RETRACTION,
        note="收回",
        now=MONDAY + 40 * MINUTE,
    )
    assert hidden(MONDAY + 2 * HOUR) == {
        "草稿": "it is a draft: not published, not scheduled",
        "废弃": "it is in the bin",
        "撤稿": "it was withdrawn 09:20",
        "收回": "it was retracted 09:40",
        "下线": "it came down 10:00",
    }


def test_windows_of_items_are_told_half_open():
    """At its end an item is over; a moment before its begin it has not begun."""
    a_list(
        item(a_publication("已完"), ends_at=MONDAY + HOUR),
        item(a_publication("未到"), starts_at=MONDAY + 2 * HOUR),
    )
    assert hidden(MONDAY + HOUR) == {"已完": "its window ended 10:00", "未到": "its window begins 11:00"}
    assert hidden(MONDAY + HOUR - MINUTE) == {"未到": "its window begins 11:00"}
    assert hidden(MONDAY + 2 * HOUR) == {"已完": "its window ended 10:00"}


def test_items_without_room_say_what_took_it():
    first, second = a_publication("甲"), a_publication("乙")
    a_list(first, second, length=1)
    assert hidden(MONDAY) == {"乙": "no room: the list shows 1"}


def test_duplicate_names_the_list_and_the_position():
    other, story = a_publication("甲"), a_publication("乙")
    a_list(other, story, name="头条", order=1)
    a_list(story, name="热点", slot="hot", order=2, title="热点")
    assert hidden(MONDAY) == {"乙": "hidden as a duplicate of position 2 of “今日头条”"}


def test_story_of_the_page_and_stories_on_it_are_told():
    itself, related = a_publication("甲"), a_publication("乙")
    a_list(itself, related, place="beside")
    found = hidden(MONDAY, Scope(story_id=itself.story_id), "beside", {related.story_id})
    assert found == {
        "甲": "it is the story that readers are on",
        "乙": "it stands elsewhere on the page already",
    }


def test_words_say_less_where_the_list_is_not_known():
    """The live preview of an edition asks about items of a list that is not stored."""
    a_list(a_publication("甲"), a_publication("乙"), length=1)
    (found,) = resolve("front", FRONT, MONDAY)
    (row,) = found.chosen.hidden
    assert why_in_words(row, why_facts([found.chosen], MONDAY)) == "no room: the list shows 1"
    assert why_in_words(row, why_facts([], MONDAY)) == "no room: the places of the list are taken"


def test_edition_is_named_with_its_window(cast):
    """A special with both ends; and who made it."""
    story = a_publication("甲")
    made = a_list(story)
    an_edition(
        made, story, by=cast.editor, when=When(start=MONDAY + HOUR, end=MONDAY + 2 * HOUR, special=True), title="特别"
    )
    (standing,), (special,) = (explain("front", FRONT, moment) for moment in (MONDAY, MONDAY + HOUR))
    assert standing.from_edition == "the edition from 09:00 on"
    assert special.from_edition == "the special edition from 10:00 until 11:00"
    assert special.edition.created_by == cast.editor


def test_answer_shows_exactly_what_readers_see():
    """The reasons are about `resolve`'s own answer."""
    stories = [a_publication(f"稿{number}") for number in range(4)]
    a_list(*stories[:2], length=3, fill_rule="latest")
    (told,), (seen,) = explain("front", FRONT, MONDAY), resolve("front", FRONT, MONDAY)
    assert [row.entry.headline for row in told.entries] == [entry.headline for entry in seen.entries]
    assert told.missing == 0


@pytest.mark.parametrize("count", [1, 4])
def test_reasons_cost_seven_queries(count, django_assert_num_queries):
    """Whatever the lists hold."""
    for number in range(count):
        rows = [a_publication(f"稿{number}-{other}") for other in range(count)]
        coming = [a_story(f"将至{number}-{other}") for other in range(count)]
        for story in coming:
            publish_story(story=story, by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
        section = a_section().pk
        a_list(*rows, *coming, name=f"{number}", slot=f"s{number}", fill_rule="latest", fill_section_id=section)
    with django_assert_num_queries(7):
        assert len(explain("front", FRONT, MONDAY)) == count


# -- a story that is asked for --


def test_story_in_the_list_is_found_at_its_position():
    story = a_publication("甲")
    a_list(a_publication("乙"), story)
    found = answer(story, MONDAY)
    assert (found.position, found.words) == (2, ["placed by hand"])


def test_story_that_is_not_in_the_edition_says_where_else_it_is():
    """The edition of this list that comes, and nothing of another list."""
    story = a_publication("甲")
    made = a_list(a_publication("乙"))
    a_list(story, name="别的", slot="other")
    coming = an_edition(made, story, when=When(start=MONDAY + HOUR))
    found = answer(story, MONDAY)
    assert not found.is_shown
    assert found.words == [
        "it is not among the items of this edition",
        "and no rule fills the free places of this list",
    ]
    assert found.editions == [coming]


@pytest.mark.parametrize(
    ("rule", "section", "reason"),
    [
        ("latest", "county", "the rule “the latest of the section (县区)” looks among other stories"),
        ("same_topic", None, "the rule “the latest on the same topic” finds nothing to look among on this page"),
        ("latest", "news", "newer ones came first: it went live 09:00, the oldest one that filled a place 10:00"),
    ],
)
def test_story_that_the_fill_rule_did_not_add(rule, section, reason):
    old = a_publication("甲")
    a_publication("乙", at=MONDAY + HOUR)
    fill = {"news": a_section(), "county": a_section("县区", "county")}.get(section)
    a_list(length=1, fill_rule=rule, fill_section_id=fill and fill.pk)
    assert answer(old, MONDAY + HOUR).words[1] == reason


def test_draft_that_no_rule_adds_is_called_a_draft():
    a_list(fill_rule="latest")
    assert answer(a_story("甲"), MONDAY).words[1] == "it is a draft: not published, not scheduled"


def test_story_of_another_list_is_called_a_duplicate():
    story = a_publication("甲")
    a_list(story, name="头条", order=1)
    a_list(name="最新", slot="latest", order=2, fill_rule="latest")
    assert answer(story, MONDAY, number=1).words[1] == "hidden as a duplicate of position 1 of “今日头条”"


def test_full_list_of_items_has_no_room_for_the_rule():
    story = a_publication("甲")
    a_list(a_publication("乙"), length=1, fill_rule="latest")
    assert answer(story, MONDAY).words[1] == "no room: all 1 places are taken by items of the edition"


def test_story_that_does_not_exist_has_no_answer():
    a_list(a_publication("甲"))
    page = explain("front", FRONT, MONDAY)
    assert why_story(10**17, page[0], page, FRONT) is None
