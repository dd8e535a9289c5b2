"""Stories of one moment stand in one order, whoever answers: the page, its lists, and what is known of its future."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from articles.actions import publish_story
from articles.models import Publication, SectionListing
from articles.resolver import Scope, resolve
from articles.resolver.outlook import outlook, signature
from articles.resolver.page_changes import PageOf, changes_of_page
from tests.builders import MONDAY, OPERATOR, a_publication, a_section
from tests.publishing import change, hour
from tests.story_lists import a_list

HOUR = timedelta(hours=1)
END = MONDAY + 24 * HOUR


@pytest.fixture(autouse=True)
def english(db):
    with translation.override("en"):
        yield


def imported(count: int) -> list[Publication]:
    """Stories that all went live in one moment, in the order of their ids."""
    return [a_publication(f"稿{number}") for number in range(count)]


def corrected(publication: Publication, hours: float) -> None:
    """Decided at once, and live from `hours` after MONDAY."""
    change(publication.story, f"{publication.content.headline}改")
    publish_story(story=publication.story, by=OPERATOR, at=hour(hours), note="注", now=MONDAY)


def on_the_section_page(at: float) -> list[int]:
    return list(SectionListing.objects.live(hour(at)).newest_first().values_list("story_id", flat=True))


@pytest.mark.parametrize("place", ["front", "section"])
def test_lists_are_filled_in_the_order_of_pages(place):
    """Corrected stories take no place from others among the few candidates; what is planned is known the same way."""
    rows = imported(8)
    scope = Scope(a_section().pk if place == "section" else None)
    a_list(place=place, length=2, fill_rule="latest")
    for number, row in enumerate(rows[:4], start=1):
        corrected(row, number)
    seen = outlook(place, scope, MONDAY, END)
    for at in (0, 1, 2.5, 4, 20):
        [shown] = resolve(place, scope, hour(at))
        assert shown.story_ids == on_the_section_page(at)[:2] == [rows[7].story_id, rows[6].story_id]
        assert signature(seen.at(hour(at))) == signature([shown.chosen])
    assert list(seen.changes()) == []


@pytest.mark.parametrize("kind", ["front", "section"])
def test_page_of_the_newest_does_not_change_with_a_correction_further_back(kind):
    """What stands on the first page changes with its own corrections alone."""
    rows = imported(8)
    page = PageOf(kind, a_section().pk if kind == "section" else None, shown=2)
    for row in rows[:6]:
        corrected(row, 2)
    corrected(rows[7], 3)
    change = changes_of_page(page, MONDAY).next
    assert (change.moment, change.words) == (hour(3), ("“稿7改” is shown in its next version",))
    assert changes_of_page(page, hour(3)).next is None


def test_neighbours_of_a_story_among_many_of_one_moment_are_known():
    """Those right beside it, however many stand on either side."""
    rows = imported(30)
    for number, hours in ((29, 1), (0, 2), (14, 3), (16, 4)):
        corrected(rows[number], hours)
    found, at = [], MONDAY
    while change := changes_of_page(PageOf("story", rows[15].story_id), at).next:
        found.append(((change.moment - MONDAY) / HOUR, change.words))
        at = change.moment
    assert found == [
        (3, ("“稿14改” is now the story before it",)),
        (4, ("“稿16改” is now the story after it",)),
    ]
