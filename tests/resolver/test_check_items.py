"""The checks of items, and of what they lead to: each with lists that pass and lists that fail."""

from __future__ import annotations

import pytest
from django.utils import translation

from articles.actions import When, bin_story, cancel_publication, publish_story, save_story, withdraw_story
from articles.models import Story, StoryRows
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.checked_lists import DAY, HOUR, NOTE, NOW, SERIOUS, WARNING, ending, found, live, planned
from tests.story_lists import a_list, an_edition, item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"starts_at": NOW + 4 * HOUR}, []),
        ({"starts_at": NOW + 3 * HOUR}, [(WARNING, 3, 4)]),
        ({"pinned": 1}, [(WARNING, 0, 4)]),
        ({"pinned": 1, "starts_after": 0}, []),
        ({"ends_at": NOW + 4 * HOUR}, [(WARNING, 0, 4)]),
    ],
)
def test_item_that_begins_before_its_story_is_late(values, expected):
    """One that follows its story never is; one that is over before never shows."""
    a_list(*live(3), item(planned("将至", 4), **values), length=3)
    assert [row[:3] for row in found("late")] == expected


def test_draft_in_a_list_is_told():
    """Somebody has to publish it."""
    a_list(*live(3), a_story("没写完"), length=3)
    assert [(row[0], "没写完" in row[3]) for row in found("late")] == [(WARNING, True)]


def test_story_that_is_called_off_becomes_a_draft():
    """Scheduled it was fine."""
    publication = planned("将至", 4)
    a_list(*live(3), publication, length=3)
    assert found("late") == []
    cancel_publication(publication=publication, by=OPERATOR, now=NOW)
    assert len(found("late")) == 1


# dead


def test_item_whose_window_is_over_is_dead():
    """It can be taken out; one whose window ends later is alive."""
    first, second = live(2)
    a_list(item(first, ends_at=NOW), item(second, ends_at=NOW + HOUR), length=1)
    assert [(row[0], "稿0" in row[3]) for row in found("dead")] == [(NOTE, True)]


def test_withdrawn_taken_down_and_binned_stories_are_dead():
    """From the moment on at which they are gone."""
    withdrawn, taken_down, binned = a_publication("撤的"), ending("到点的", 3), a_story("扔的")
    a_list(withdrawn, taken_down, binned, *live(3), length=3)
    withdraw_story(story=withdrawn.story, by=OPERATOR, at=NOW + 2 * HOUR, note="撤", now=NOW)
    bin_story(story=binned, by=OPERATOR, now=NOW)
    rows = found("dead")
    assert [(row[1], row[3].split(":")[0]) for row in rows] == [
        (0, "“扔的” is in the bin"),
        (2, "“撤的” is withdrawn"),
        (3, "“到点的” is taken down"),
    ]
    assert {row[0] for row in rows} == {WARNING}


def test_story_that_comes_back_is_not_dead():
    """It pauses."""
    publication = ending("歇一会", 3)
    publish_story(story=publication.story, by=OPERATOR, at=NOW + 5 * HOUR, note="再发", now=NOW)
    a_list(publication, *live(3), length=3)
    assert found("dead") == []


def test_deleted_story_is_dead():
    """Its row is gone; the list still names it."""
    story = a_story("删的")
    a_list(story, *live(3), length=3)
    Story.objects.filter(pk=story.pk).delete()
    assert [row[0] for row in found("dead")] == [WARNING]


# duplicate, self-link, stale, drift, links


def test_story_in_two_lists_of_a_page_is_found():
    """Told of the one that leaves it out; a list that may repeat is left alone."""
    shared = a_publication("两处")
    a_list(shared, name="头条", order=1, length=1)
    second = a_list(shared, *live(2), name="次条", slot="second", order=2, length=2)
    [(level, _start, _end, words)] = found("duplicate")
    assert (level, words) == (WARNING, "“两处” is left out: it stands in “头条” at position 1.")
    an_edition(second, shared, *live(1, "甲"), length=2, order=2, may_repeat=True, now=MONDAY + HOUR / 2)
    assert found("duplicate") == []


def test_list_that_leads_to_its_own_story_is_found():
    """As a story and as an address."""
    publication = a_publication("本稿")
    a_list(publication, *live(1), name="甲", place="below", scope=publication.story, length=1)
    assert len(found("self_link")) == 1
    address = item(publication.get_absolute_url())
    a_list(address, *live(1), name="乙", place="beside", scope=publication.story, length=1)
    assert len(found("self_link")) == 2


def test_list_becomes_stale(settings):
    """At the moment its newest story is so old, and told a day before; never where the newsroom does not ask."""
    a_list(*live(2), length=2)
    moment = 7 * 24 - 1
    near = NOW + (moment - 24) * HOUR
    assert found("stale", now=near, days=14) == [(WARNING, moment, None, "All its stories are older than 7 days.")]
    assert found("stale", now=near - HOUR, days=14) == []
    settings.LIST_STALE_AFTER = 30
    assert found("stale", now=near, days=14) == []
    settings.LIST_STALE_AFTER = 0
    assert found("stale", now=NOW + 60 * DAY) == []


def test_planned_edition_that_is_stale_when_it_begins_is_told():
    """However far away; one with a new story is not stale."""
    made = a_list(*live(2), length=2)
    an_edition(made, *live(2, "旧"), length=2, when=When(start=NOW + 9 * DAY), now=MONDAY)
    an_edition(made, planned("新的", 11 * 24), *live(1, "再"), length=2, when=When(start=NOW + 11 * DAY), now=MONDAY)
    assert [row[1:3] for row in found("stale", days=14)] == [(9 * 24, 11 * 24)]


@pytest.mark.parametrize(("change", "level"), [("correction", SERIOUS), ("update", WARNING)])
def test_own_headline_that_has_drifted_is_found(change, level):
    """From the moment on at which the story is called otherwise; serious after a correction."""
    publication = a_publication("三人受伤")
    a_list(item(publication, headline="三人伤"), item(live(1)[0], headline="自己的"), length=2)
    assert found("drift") == []
    rows = StoryRows.stored(publication.story)
    rows.story.headline = "四人受伤"
    save_story(rows=rows, by=OPERATOR, now=NOW)
    at = NOW + 2 * HOUR
    publish_story(story=publication.story, by=OPERATOR, at=at, change=change, note="更正", now=NOW)
    [(found_level, start, _end, words)] = found("drift")
    assert (found_level, start) == (level, 2)
    assert "“三人受伤”" in words
    assert "“四人受伤”" in words


def test_address_that_leads_to_nothing_is_found():
    """On this site; of others nothing is known."""
    good = a_publication("在").get_absolute_url()
    a_list(item(good), item("/nowhere/at/all/"), item("https://example.org/gone"), length=3)
    assert [(row[0], "/nowhere/at/all/" in row[3]) for row in found("broken_link")] == [(SERIOUS, True)]


def test_lists_of_a_story_are_looked_at_in_the_order_of_its_page():
    """What stands below comes first: the list beside leaves out what it repeats."""
    publication, shared = a_publication("本稿"), a_publication("两处")
    for place in ("beside", "below"):
        a_list(shared, name=place, place=place, scope=publication.story, length=1)
    [(_level, _start, _end, words)] = found("duplicate")
    assert "“below”" in words


def test_related_story_of_the_page_is_not_shown_twice():
    """The page shows it among its related links already; the list is short of one."""
    related = a_publication("相关的")
    story = a_story("本稿", related=[related.story])
    a_list(related, *live(1), name="旁边", place="beside", scope=story, length=2)
    assert [row[3] for row in found("underfill")] == ["It shows 1 of 2: on the page already “相关的”."]
