"""When pages change next and last, and what changes then: what the time machine jumps to."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles.actions import publish_story, save_copyright_notice, save_story, withdraw_story
from articles.actions.list_times import When
from articles.models import Contributor, CopyrightNotice, Publication, Source, Topic
from articles.resolver.page_changes import PageOf, changes_of_page
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.story_lists import a_list, an_edition, item

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
FRONT = PageOf("front")


@pytest.fixture(autouse=True)
def english(db):
    with translation.override("en"):
        yield


def coming(headline: str, at: datetime, until: datetime | None = None, **values) -> Publication:
    story = a_story(headline, **values)
    return publish_story(story=story, by=OPERATOR, at=at, until=until, now=MONDAY)


def walk(page: PageOf, start: datetime, end: datetime) -> list[tuple[float, tuple[str, ...]]]:
    """Every change one comes to by jumping forward from `start`, as hours after MONDAY."""
    found, at = [], start
    while (change := changes_of_page(page, at).next) and change.moment <= end:
        found.append(((change.moment - MONDAY) / HOUR, change.words))
        at = change.moment
    return found


def walk_back(page: PageOf, start: datetime, end: datetime) -> list[float]:
    found, at = [], end
    while (change := changes_of_page(page, at).previous) and change.moment > start:
        found.insert(0, (change.moment - MONDAY) / HOUR)
        at = change.moment
    return found


def test_front_changes_with_its_lists():
    """Editions, a special, an item with a window, a story that goes live and one that ends."""
    first, second = a_publication("甲"), a_publication("乙")
    later = coming("丙", MONDAY + 5 * HOUR, MONDAY + 7 * HOUR)
    front = a_list(first, later.story, item(second, ends_at=MONDAY + 9 * HOUR), title="头条", now=MONDAY)
    special = When(start=MONDAY + 20 * HOUR, end=MONDAY + 22 * HOUR, special=True)
    an_edition(front, second, when=special, title="突发")
    an_edition(front, second, when=When(start=MONDAY + 30 * HOUR), title="明天")
    assert walk(FRONT, MONDAY, MONDAY + 40 * HOUR) == [
        (5, ("“丙” goes live and comes into “头条”",)),
        (7, ("“丙” drops out of “头条”",)),
        (9, ("“乙” drops out of “头条”",)),
        (20, ("The special edition of “突发” begins", "“乙” comes into “突发”", "“甲” drops out of “突发”")),
        (22, ("The special edition of “突发” ends", "“甲” comes into “头条”", "“乙” drops out of “头条”")),
        (30, ("The next edition of “明天” begins", "“乙” comes into “明天”", "“甲” drops out of “明天”")),
    ]
    assert walk_back(FRONT, MONDAY, MONDAY + 40 * HOUR) == [5, 7, 9, 20, 22, 30]


def test_change_at_the_very_moment_is_told_and_neither_next_nor_last():
    """Windows are half open: from the moment on, not a tick before."""
    a_list(a_publication("甲"), coming("丙", MONDAY + 5 * HOUR).story, title="头条", now=MONDAY)
    at = MONDAY + 5 * HOUR
    here = changes_of_page(FRONT, at)
    assert here.here.words == ("“丙” goes live and comes into “头条”",)
    assert here.next is None
    assert here.previous.moment == MONDAY
    assert changes_of_page(FRONT, at - TICK).next.moment == at
    assert changes_of_page(FRONT, at + TICK).previous.moment == at
    assert changes_of_page(FRONT, at + TICK).here is None


def test_far_changes_are_found_and_those_beyond_reach_are_not():
    """In ninety days, not after them; what changes nothing on this page is no change."""
    a_list(a_publication("甲"), coming("丙", MONDAY + timedelta(days=60)).story, now=MONDAY)
    coming("别处", MONDAY + timedelta(days=1), section=a_section("县区", "county"))
    far = coming("丁", MONDAY + timedelta(days=200))
    assert changes_of_page(FRONT, MONDAY).next.moment == MONDAY + timedelta(days=60)
    assert changes_of_page(FRONT, MONDAY + timedelta(days=61)).next is None
    assert changes_of_page(PageOf("story", far.story_id), MONDAY).next is None


@pytest.mark.parametrize("kind", ["section", "topic", "contributor", "source", "front", "archive_day"])
def test_listing_changes_when_a_story_comes_changes_or_goes(kind):
    """The first page only: what stands too far down to be seen is no change of it."""
    topic = Topic.objects.create(name="春运", slug="chunyun")
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    source = Source.objects.create(slug="paper", name="本报", name_key="本报")
    under = {"topics": [topic], "bylines": [(person, "reporter")], "source": source}
    for number in range(2):
        # Not under the topic or the person, and older than what is.
        a_publication(f"别处{number}", section=a_section("县区", "county"), at=MONDAY - HOUR)
    things = {"section": a_section(), "topic": topic, "contributor": person, "source": source}
    pk = things[kind].pk if kind in things else None
    between = (MONDAY - HOUR, MONDAY + 24 * HOUR) if kind == "archive_day" else None
    old = publish_story(story=a_story("旧", **under), by=OPERATOR, until=MONDAY + 9 * HOUR, now=MONDAY)
    rows = story_rows("旧二", story=old.story, section=old.story.section, **under)
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    publish_story(story=old.story, by=OPERATOR, at=MONDAY + HOUR, until=MONDAY + 9 * HOUR, change="minor", now=MONDAY)
    for number in (2, 3):
        coming(f"新{number}", MONDAY + number * HOUR, **under)
    page = PageOf(kind, pk, 3, between)
    assert walk(page, MONDAY, MONDAY + 20 * HOUR) == [
        (1, ("“旧二” is shown in its next version",)),
        (2, ("“新2” goes live",)),
        (3, ("“新3” goes live",)),
        (9, ("“旧二” is shown here no longer",)),
    ]
    assert walk_back(page, MONDAY, MONDAY + 20 * HOUR) == [1, 2, 3, 9]
    assert [hour for hour, _ in walk(PageOf(kind, pk, 2, between), MONDAY, MONDAY + 20 * HOUR)] == [1, 2, 3]


def test_story_changes_with_its_versions_links_and_notice():
    """Also before it is out: a page that is not there yet says when it will be."""
    source = Source.objects.create(slug="paper", name="本报", name_key="本报")
    friend = coming("伙伴", MONDAY + 2 * HOUR, MONDAY + 8 * HOUR)
    story = a_story("主稿", related=[friend.story], source=source)
    publish_story(story=story, by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
    rows = story_rows("主稿二", story=story, section=story.section, source=source, related=[friend.story])
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    publish_story(story=story, by=OPERATOR, at=MONDAY + 4 * HOUR, change="correction", note="改", now=MONDAY)
    withdraw_story(story=story, by=OPERATOR, at=MONDAY + 10 * HOUR, note="撤", now=MONDAY)
    notice = CopyrightNotice(source=source, text="新声明", effective_from=MONDAY + 6 * HOUR, applies_to_earlier=True)
    save_copyright_notice(notice=notice, by=OPERATOR, now=MONDAY)
    a_list(a_publication("旁边甲"), title="旁边", place="beside", now=MONDAY)
    page = PageOf("story", story.pk)
    assert walk(page, MONDAY - HOUR, MONDAY + 40 * HOUR) == [
        (1, ("“主稿” goes live",)),
        (2, ("“伙伴” comes among the related stories", "“伙伴” is now the story after it")),
        (4, ("“主稿二” is corrected",)),
        (6, ("The copyright notice changes",)),
        (8, ("“伙伴” drops out of the related stories", "“伙伴” is shown here no longer")),
        (10, ("“主稿二” is withdrawn",)),
    ]
    assert walk_back(page, MONDAY - HOUR, MONDAY + 40 * HOUR) == [1, 2, 4, 6, 8, 10]


def test_lists_of_a_story_page_change_it():
    """Those beside and below it, in the scope of its section."""
    story = a_publication("主稿")
    a_list(coming("丙", MONDAY + 3 * HOUR).story, title="旁边", place="beside", now=MONDAY, scope=a_section())
    page = PageOf("story", story.story_id)
    words = ("The list “旁边” begins to be shown", "“丙” goes live and comes into “旁边”")
    assert walk(page, MONDAY, MONDAY + 9 * HOUR) == [(3, (*words, "“丙” is now the story after it"))]


def test_queries_do_not_grow_with_what_a_page_holds():
    """One list or five, one planned story or twenty; a page without any change is the dearest."""

    def cost(page: PageOf) -> int:
        with CaptureQueriesContext(connection) as queries:
            changes_of_page(page, MONDAY + 100 * timedelta(days=365))
        far = len(queries)
        with CaptureQueriesContext(connection) as queries:
            changes_of_page(page, MONDAY)
        return max(far, len(queries))

    story = a_publication("主稿")
    pages = [FRONT, PageOf("section", a_section().pk), PageOf("story", story.story_id)]
    for number in range(2):
        a_list(story, name=f"首{number}", slot=f"s{number}", fill_rule="latest", now=MONDAY)
        a_list(story, name=f"栏{number}", slot=f"s{number}", place="section", fill_rule="latest", now=MONDAY)
        a_list(story, name=f"旁{number}", slot=f"s{number}", place="beside", fill_rule="latest", now=MONDAY)
    few = [cost(page) for page in pages]
    for number in range(2, 6):
        coming(f"稿{number}", MONDAY + number * HOUR)
        for place in ("front", "section", "beside"):
            a_list(story, name=f"{place}{number}", slot=f"s{number}", place=place, fill_rule="latest", now=MONDAY)
    many = [cost(page) for page in pages]
    assert many == few
    assert max(many) <= 50
