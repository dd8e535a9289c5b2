"""When the archive, the page of corrections, a source and the neighbours of a story change by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import CopyrightNotice, Publication, Source, StoryRows
from articles.resolver.page_changes import PageOf, changes_of_page
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# The month of MONDAY in the newsroom's zone.
MARCH = (MONDAY - DAY - 9 * HOUR, MONDAY + 30 * DAY - 9 * HOUR)
CORRECTIONS = PageOf("corrections", shown=2)


@pytest.fixture(autouse=True)
def english(db):
    with translation.override("en"):
        yield


def coming(headline: str, hours: float, until: float | None = None) -> Publication:
    end = None if until is None else MONDAY + until * HOUR
    return publish_story(story=a_story(headline), by=OPERATOR, at=MONDAY + hours * HOUR, until=end, now=MONDAY)


def changed(publication: Publication, hours: float, change: str = "correction", headline: str = "") -> None:
    """From `hours` after MONDAY on the story says something else."""
    rows = StoryRows.stored(publication.story)
    rows.story.headline = headline or rows.story.headline
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    note = "" if change == "minor" else "注"
    publish_story(story=publication.story, by=OPERATOR, at=MONDAY + hours * HOUR, change=change, note=note, now=MONDAY)


def walk(page: PageOf, hours: float = 0, until: float = 60 * 24) -> list[tuple[float, tuple[str, ...]]]:
    """Every change one comes to by jumping forward, as hours after MONDAY."""
    found, at = [], MONDAY + hours * HOUR
    while (change := changes_of_page(page, at).next) and change.moment <= MONDAY + until * HOUR:
        found.append(((change.moment - MONDAY) / HOUR, change.words))
        at = change.moment
    return found


def test_calendar_changes_when_its_number_of_stories_does():
    """Not with a next version, and not with what happens in another month."""
    first = a_publication("甲")
    changed(first, 2)
    coming("乙", 3, until=8)
    changed(a_publication("丙"), 5, "retraction")
    coming("四月", 40 * 24, until=41 * 24)
    assert walk(PageOf("archive_month", between=MARCH)) == [
        (3, ("“乙” goes live",)),
        (5, ("“丙” is shown here no longer",)),
        (8, ("“乙” is shown here no longer",)),
    ]


def test_archive_opens_with_the_next_month_when_it_begins():
    march = PageOf("archive", between=MARCH)
    assert walk(march, until=31 * 24) == [(30 * 24 - 9, ("The calendar of a new month begins",))]
    assert changes_of_page(march, MONDAY).previous.moment == MARCH[0]
    assert changes_of_page(PageOf("archive_month", between=MARCH), MONDAY).next is None


def test_corrections_come_change_their_headline_and_go_with_their_story():
    first, second, third = a_publication("甲"), a_publication("乙"), a_publication("丙")
    changed(first, 1)
    changed(second, 2, "clarification")
    changed(first, 3, "minor", headline="甲的新题")
    changed(third, 4, "update", headline="丙的新题")
    changed(third, 5, "retraction")
    withdraw_story(story=second.story, by=OPERATOR, at=MONDAY + 6 * HOUR, note="撤", now=MONDAY)
    assert walk(CORRECTIONS) == [
        (1, ("“甲” is corrected",)),
        (2, ("“乙” is clarified",)),
        (3, ("“甲的新题” is shown in its next version",)),
        (5, ("“丙的新题” is retracted",)),
        (6, ("“乙” is shown here no longer",)),
    ]


def test_source_changes_with_its_notice():
    source = Source.objects.create(slug="paper", name="本报", name_key="本报")
    a_publication("甲", source=source)
    for hours in (-2, 3):
        CopyrightNotice.objects.create(source=source, text=f"声明{hours}", effective_from=MONDAY + hours * HOUR)
    other = Source.objects.create(slug="other", name="他报", name_key="他报")
    CopyrightNotice.objects.create(source=other, text="别人的", effective_from=MONDAY + 2 * HOUR)
    assert walk(PageOf("source", source.pk)) == [(3, ("The copyright notice changes",))]


def test_story_changes_with_the_nearest_stories_of_its_section():
    """On either side; what stands farther away, in another section, or is retracted, is none of them."""
    economy = a_section("经济", "economy")
    older = [a_publication(f"前{number}", at=MONDAY - number * HOUR) for number in (2, 1)]
    story = a_publication("主稿")
    publish_story(story=a_story("别处", section=economy), by=OPERATOR, at=MONDAY + 2 * HOUR, now=MONDAY)
    coming("后一", 3, until=9)
    coming("后二", 4)
    withdraw_story(story=older[1].story, by=OPERATOR, at=MONDAY + 5 * HOUR, note="撤", now=MONDAY)
    changed(older[0], 6, "minor", headline="前二新题")
    changed(older[0], 7, "retraction")
    assert walk(PageOf("story", story.story_id)) == [
        (3, ("“后一” is now the story after it",)),
        (5, ("“前2” is now the story before it",)),
        (6, ("“前二新题” is now the story before it",)),
        (7, ("“前二新题” is shown here no longer",)),
        (9, ("“后二” is now the story after it",)),
    ]


def test_queries_do_not_grow_with_what_a_page_holds():
    story = a_publication("主稿")
    pages = [PageOf(f"archive_{span}", between=MARCH) for span in ("month", "day")]
    pages += [CORRECTIONS, PageOf("story", story.story_id)]

    def cost(page: PageOf) -> int:
        with CaptureQueriesContext(connection) as queries:
            changes_of_page(page, MONDAY)
        return len(queries)

    changed(story, 1)
    coming("稿0", 2)
    few = [cost(page) for page in pages]
    for number in range(1, 15):
        changed(coming(f"稿{number}", 2 + number), 30 + number)
    assert [cost(page) for page in pages] == few
