"""What readers see of the lists of a page: one answer, three queries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import When, publish_story, withdraw_story
from articles.resolver import Scope, resolve
from articles.resolver.outlook import outlook, signature
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.story_lists import a_list, an_edition, item

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


ANY_PAGE = Scope()


def headlines(places, at, scope=ANY_PAGE, shown=()):
    return [[entry.headline for entry in row.entries] for row in resolve(places, scope, at, shown)]


def test_list_shows_its_live_stories_in_order():
    """A story that is not live is left out, and the others close up."""
    first, second = a_publication("甲"), a_publication("乙")
    draft = a_story("丙")
    a_list(second, draft, first)
    assert headlines("front", MONDAY) == [["乙", "甲"]]


def test_list_follows_a_story_that_goes_live_later():
    """Nobody has to be awake: the item shows from the moment its story is live."""
    story = a_story("甲")
    publish_story(story=story, by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
    a_list(story)
    assert headlines("front", MONDAY + HOUR - timedelta(microseconds=1)) == [[]]
    assert headlines("front", MONDAY + HOUR) == [["甲"]]


def test_list_fills_free_places_with_the_latest_of_the_section():
    """Newest first, never what the list holds already, no more than its length."""
    rows = [a_publication(f"稿{number}", at=MONDAY + number * HOUR) for number in range(5)]
    a_list(rows[0], length=3, fill_rule="latest", fill_section_id=a_section().pk)
    assert headlines("front", MONDAY + 5 * HOUR) == [["稿0", "稿4", "稿3"]]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_a_page_cost_three_queries(count, django_assert_num_queries):
    """Whatever they hold, and however many editions are past."""
    rows = [a_publication(f"稿{number}", at=MONDAY) for number in range(4)]
    for number in range(count):
        place = ("beside", "below")[number % 2]
        made = a_list(rows[number], name=f"{number}", place=place, slot=f"s{number}", fill_rule="latest")
        for later in range(count):
            an_edition(made, rows[0], now=MONDAY + (later + 1) * HOUR, fill_rule="latest")
    scope = Scope(section_id=a_section().pk, story_id=rows[3].story_id)
    with django_assert_num_queries(3):
        shown = resolve(["beside", "below"], scope, MONDAY + 9 * HOUR)
        assert sum(len(row.entries) for row in shown) >= 1


def test_special_wins_while_it_lasts():
    """Half-open: at its end the standing edition counts again."""
    first, second = a_publication("甲"), a_publication("乙")
    made = a_list(first)
    an_edition(made, second, when=When(start=MONDAY + HOUR, end=MONDAY + 2 * HOUR, special=True))
    found = [headlines("front", MONDAY + hours * HOUR)[0][0] for hours in (0.9, 1, 1.9, 2)]
    assert found == ["甲", "乙", "乙", "甲"]


def test_narrowest_list_of_a_slot_is_shown():
    """The section's own list stands in for the one of all pages."""
    first, second = a_publication("甲"), a_publication("乙")
    a_list(first, name="全站", place="section")
    a_list(second, name="要闻", place="section", scope=a_section())
    assert headlines("section", MONDAY, Scope(section_id=a_section().pk)) == [["乙"]]
    assert headlines("section", MONDAY, Scope(section_id=a_section("县区", "county").pk)) == [["甲"]]


def test_outlook_answers_as_the_page_does():
    """At every boundary, before and after it."""
    rows = [a_publication(f"稿{number}", at=MONDAY + number * HOUR) for number in range(4)]
    coming = a_story("将至")
    publish_story(story=coming, by=OPERATOR, at=MONDAY + 9 * HOUR, now=MONDAY, until=MONDAY + 11 * HOUR)
    withdraw_story(story=rows[1].story, by=OPERATOR, at=MONDAY + 10 * HOUR, note="撤", now=MONDAY + 4 * HOUR)
    made = a_list(coming, rows[1], item(rows[0], pinned=1, ends_after=600), length=3, fill_rule="latest")
    special = When(start=MONDAY + 7 * HOUR, end=MONDAY + 8 * HOUR, special=True)
    an_edition(made, rows[2], when=special, now=MONDAY + 5 * HOUR)
    seen = outlook("front", Scope(), MONDAY + 5 * HOUR, MONDAY + 24 * HOUR)
    tried = [moment + step for moment in seen.moments for step in (-timedelta(microseconds=1), timedelta())]
    assert len(tried) >= 10
    for moment in tried:
        answer = [row.chosen for row in resolve("front", Scope(), moment)]
        assert signature(seen.at(moment)) == signature(answer), moment
    assert [change.moment for change in seen.changes()] == [MONDAY + hours * HOUR for hours in (7, 8, 9, 10, 11)]
