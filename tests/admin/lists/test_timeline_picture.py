"""The lists of a page as a picture: bands, gaps, taken places and bars, out of what the resolver answers."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import translation

from articles.actions import When, publish_story, withdraw_story
from articles.admin.lists.timeline_fills import MOST_MOMENTS
from articles.admin.lists.timeline_geometry import DAY, FORTNIGHT, WIDTH, Span
from articles.admin.lists.timeline_picture import picture
from articles.models import StoryList
from articles.resolver import Scope
from articles.resolver.outlook import outlook
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.story_lists import a_list, an_edition, item

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def drawn(at=MONDAY, kind=DAY, place="front", scope=None, **options):
    span = Span.around(kind, at)
    seen = outlook([place], scope or Scope(), span.start, span.end)
    lists = list(StoryList.objects.select_related("section", "topic", "story").order_by("pk"))
    return picture(seen, lists, span, at, headlines={}, **options)


def test_editions_follow_one_another_without_room_between():
    story = a_publication("甲")
    made = a_list(story)
    an_edition(made, story, when=When(start=MONDAY + 6 * HOUR))
    first, second = drawn().lists[0].standing
    assert (first.x, first.width, second.x, second.width) == (0, 250, 250, 750)
    assert (first.is_current, second.is_current) == (True, False)


def test_edition_that_ends_where_the_span_begins_is_not_drawn():
    """Half-open on both sides."""
    story = a_publication("甲")
    made = a_list(story)
    an_edition(made, story, when=When(start=MONDAY + 3 * HOUR))
    (only,) = drawn(MONDAY + 3 * HOUR).lists[0].standing
    assert only.begins == MONDAY + 3 * HOUR
    an_edition(made, story, when=When(start=MONDAY + 27 * HOUR), now=MONDAY + 3 * HOUR)
    assert len(drawn(MONDAY + 3 * HOUR).lists[0].standing) == 1


def test_special_stands_in_its_own_lane_with_its_begin():
    story = a_publication("甲")
    made = a_list(story)
    when = When(start=MONDAY + 6 * HOUR, end=MONDAY + 12 * HOUR, special=True)
    an_edition(made, story, when=when, title="大选之夜")
    one = drawn().lists[0]
    assert [(band.x, band.width, band.label) for band in one.specials] == [(250, 250, "15:00 大选之夜 · 1")]
    assert len(one.standing) == 1


def test_time_without_an_edition_is_a_gap():
    """From the end that was asked for on; before it nothing is wrong."""
    story = a_publication("甲")
    made = a_list(story, length=1)
    an_edition(made, story, length=1, when=When(start=MONDAY + HOUR, end=MONDAY + 12 * HOUR))
    one = drawn().lists[0]
    assert [(gap.x, gap.width, gap.is_gap) for gap in one.gaps] == [(500, 500, True)]
    assert one.problems == one.gaps


def test_list_that_a_narrower_one_covers_is_no_gap():
    story = a_publication("甲")
    a_list(story, name="全站", place="section", length=1)
    a_list(story, name="要闻", place="section", scope=a_section(), length=1)
    every, own = drawn(place="section", scope=Scope(section_id=a_section().pk)).lists
    assert [gap.is_covered for gap in every.gaps] == [True]
    assert (every.problems, own.gaps) == ([], [])


def test_places_are_counted_from_one_change_to_the_next():
    """Two items, one filled; when a story ends, the rule has nothing more and a place stays free."""
    ends = a_story("甲")
    publish_story(story=ends, by=OPERATOR, until=MONDAY + 12 * HOUR, now=MONDAY)
    a_list(ends, a_publication("乙"), length=3, fill_rule="latest")
    a_publication("丙")
    one = drawn(MONDAY).lists[0]
    assert [(fill.x, fill.by_items, fill.by_rule, fill.is_short) for fill in one.fills] == [
        (0, 2, 1, False),
        (500, 1, 1, True),
    ]
    assert [problem.words for problem in one.problems] == ["21:00 – 3 Mar, 09:00: 2 of 3 places, 1 filled by the rule"]


def test_free_places_are_no_problem_where_the_page_stands_for_many():
    a_list(length=3, fill_rule="latest")
    one = drawn(can_judge=lambda content: False).lists[0]
    assert [fill.shown for fill in one.fills] == [0]
    assert one.problems == []


def test_item_that_follows_its_story_is_shown_from_its_going_live():
    coming = a_story("将至的稿件")
    publish_story(story=coming, by=OPERATOR, at=MONDAY + 6 * HOUR, now=MONDAY)
    withdraw_story(story=coming, by=OPERATOR, at=MONDAY + 12 * HOUR, note="撤", now=MONDAY)
    a_list(coming)
    (bar,) = drawn().lists[0].bars
    assert [(part.x, part.width, part.is_shown) for part in bar.parts] == [
        (0, 250, False),
        (250, 250, True),
        (500, 500, False),
    ]
    assert (bar.x, bar.width) == (250, 250)
    assert [(mark.x, mark.kind) for mark in bar.marks] == [(250, "begins"), (500, "withdrawn")]
    assert bar.label == "将至的稿件"


def test_item_with_a_window_of_its_own_is_shown_inside_it():
    """Half-open: at its end it is over."""
    a_list(item(a_publication("甲"), starts_at=MONDAY + 6 * HOUR, ends_at=MONDAY + 12 * HOUR))
    (bar,) = drawn().lists[0].bars
    assert [part.x for part in bar.parts if part.is_shown] == [250]
    assert [part.width for part in bar.parts if part.is_shown] == [250]


def test_items_that_are_there_all_the_time_are_drawn_on_request():
    a_list(a_publication("甲"))
    assert drawn().lists[0].bars == []
    assert len(drawn(every_item=True).lists[0].bars) == 1


def test_item_goes_on_through_editions_that_have_it():
    story = a_publication("甲")
    made = a_list(story)
    an_edition(made, story, when=When(start=MONDAY + 6 * HOUR))
    (bar,) = drawn(every_item=True).lists[0].bars
    assert (bar.x, bar.width) == (0, WIDTH)


def test_labels_of_bars_never_overlap():
    """Each with what it covers; those without room are counted."""
    rows = [
        item(
            a_publication(f"{number}号稿件的标题相当长"),
            starts_at=MONDAY + number * HOUR / 2,
            ends_at=MONDAY + (number + 2) * HOUR / 2,
        )
        for number in range(30)
    ]
    a_list(*rows, length=40)
    one = drawn().lists[0]
    lanes = {}
    for bar in one.bars:
        lanes.setdefault(bar.y, []).append(bar.reach)
    for taken in lanes.values():
        ordered = sorted(taken)
        assert all(first[1] <= second[0] for first, second in pairwise(ordered))
    assert len(one.bars) + one.left_out == 30
    assert len(one.bars) >= 20


def test_free_stretch_of_the_plan_begins_in_the_future():
    """The hours to come, but for those of a special."""
    made = a_list(a_publication("甲"))
    an_edition(made, when=When(start=MONDAY + 2 * HOUR, end=MONDAY + 4 * HOUR, special=True))
    starts = [free.start for free in drawn().lists[0].free]
    assert starts[:3] == [MONDAY + HOUR, MONDAY + 4 * HOUR, MONDAY + 5 * HOUR]


def test_span_with_too_many_changes_is_broken_off_and_says_where():
    windows = [
        item(f"https://example.org/{number}", key=f"k{number}", starts_at=MONDAY + number * HOUR / 2)
        for number in range(200)
    ]
    ends = [
        item(f"https://example.org/{number}/e", key=f"e{number}", ends_at=MONDAY + timedelta(minutes=7 + 11 * number))
        for number in range(200)
    ]
    a_list(*windows, name="一", slot="a")
    a_list(*ends, name="二", slot="b")
    made = drawn(kind=FORTNIGHT)
    assert made.cut_at is not None
    seen = [fill for one in made.lists for fill in one.fills]
    assert max(fill.end for fill in seen) == made.cut_at
    assert len(seen) <= 2 * MOST_MOMENTS + 2
