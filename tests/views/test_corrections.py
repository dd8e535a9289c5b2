"""What the newsroom corrected: every entry leads to its story as it is now, and none to what readers may not read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import Publication, SitePage, StoryRows
from articles.views.listing import PER_PAGE
from tests.builders import MONDAY, OPERATOR, a_publication
from tests.page import Element, page

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
CANARY = "雎鸠"
PATH = "/corrections/"


def changed(publication: Publication, minutes: float, change: str = "correction", headline: str = "", note: str = "注"):
    rows = StoryRows.stored(publication.story)
    rows.story.headline = headline or rows.story.headline
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    note = "" if change == "minor" else note
    moment = MONDAY + minutes * MINUTE
    # What is to come is decided at MONDAY.
    at = moment if moment > MONDAY + HOUR else None
    now = MONDAY if at else moment
    return publish_story(story=publication.story, by=OPERATOR, at=at, change=change, note=note, now=now)


def entries(query: str = "") -> list[Element]:
    return page(Client().get(PATH + query)).one("main").all("li", css_class="correction-entry")


def headlines() -> list[str]:
    return [entry.one(css_class="headline").text for entry in entries()]


def test_entries_say_what_kind_when_and_why_the_last_first():
    """Updates add what is new, minor changes are not told: neither stands here."""
    for number, kind in enumerate(["update", "correction", "minor", "clarification", "retraction"]):
        changed(a_publication(f"稿{number}"), number, kind, note=f"注{number}")
    assert [entry.text for entry in entries()] == [
        "Retraction 2 March 2026, 09:04 Beijing time 稿4 注4",
        "Clarification 2 March 2026, 09:03 Beijing time 稿3 注3",
        "Correction 2 March 2026, 09:01 Beijing time 稿1 注1",
    ]


def test_entry_leads_to_what_has_changed_on_the_storys_page():
    """The anchor is there, and the line beside the date leads to it too."""
    publication = a_publication(language="en")
    changed(publication, 1)
    address, _hash, anchor = entries()[0].one("a").attributes["href"].partition("#")
    assert address == publication.get_absolute_url()
    story = page(Client().get(address))
    assert "注" in story.one(id=anchor).text
    assert story.one(css_class="byline").one("a", href=f"#{anchor}").text.startswith("corrected 2 March")


def test_each_correction_of_a_story_is_an_entry_under_its_present_headline():
    """Whatever it was called when it was corrected, and whatever it will be called."""
    publication = a_publication("旧题")
    changed(publication, 1, headline="中题", note="第一")
    changed(publication, 2, headline="新题", note="第二")
    changed(publication, 90, headline=f"{CANARY}题", note=CANARY)
    assert headlines() == ["新题", "新题"]
    assert CANARY not in Client().get(PATH).content.decode()


@pytest.mark.parametrize("kind", ["scheduled", "withdrawn", "taken down", "draft"])
def test_what_readers_may_not_read_is_absent(kind):
    """Neither headline nor note: the page is the same as without it."""
    changed(a_publication("公开的"), 1)
    without = Client().get(PATH).content
    until = MONDAY + 30 * MINUTE if kind == "taken down" else None
    story = a_publication("另一篇" if kind in ("scheduled", "draft") else CANARY).story
    rows = StoryRows.stored(story)
    rows.story.headline = CANARY
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    if kind == "scheduled":
        values = {"change": "correction", "note": CANARY}
        publish_story(story=story, by=OPERATOR, at=MONDAY + 2 * HOUR, now=MONDAY, **values)
    elif kind != "draft":
        moment = MONDAY + MINUTE
        publish_story(story=story, by=OPERATOR, until=until, change="correction", note=CANARY, now=moment)
    if kind == "withdrawn":
        withdraw_story(story=story, by=OPERATOR, note=CANARY, now=MONDAY + 2 * MINUTE)
    assert Client().get(PATH).content == without


def test_story_that_comes_back_brings_its_corrections_back(reading_at):
    publication = a_publication("回来的")
    changed(publication, 1)
    withdraw_story(story=publication.story, by=OPERATOR, note="撤", now=MONDAY + 2 * MINUTE)
    assert entries() == []
    publish_story(story=publication.story, by=OPERATOR, change="minor", now=MONDAY + 3 * MINUTE)
    assert headlines() == ["回来的"]


def test_page_without_corrections_says_so():
    a_publication()
    assert "Nothing had to be corrected so far." in page(Client().get(PATH)).one("main").text


@pytest.mark.parametrize(("live_from", "shown"), [(MONDAY, True), (MONDAY + 2 * HOUR, False), (None, False)])
def test_policy_is_linked_once_it_is_public(live_from, shown):
    values = {"slug": "policy", "purpose": "correctionsPolicy", "in_footer": False, "live_from": live_from}
    SitePage.objects.create(title=CANARY, **values)
    assert bool(page(Client().get(PATH)).one("main").all("a", href="/page/policy/")) is shown


@pytest.mark.parametrize("apart", [0, 0.5])
def test_leafing_shows_every_entry_once(apart):
    """Also when all were made in the same moment."""
    count = 2 * PER_PAGE + 3
    for number in range(count):
        changed(a_publication(f"稿{number}", at=MONDAY - HOUR), number * apart)
    seen, query = [], ""
    while query is not None:
        document = page(Client().get(PATH + query))
        seen += [entry.text for entry in document.one("main").all(css_class="headline")]
        older = [link.attributes["href"] for nav in document.all(css_class="older") for link in nav.all(rel="next")]
        query = older[0] if older else None
    assert seen == [f"稿{number}" for number in reversed(range(count))]


@pytest.mark.parametrize("before", ["x", "-1", "1-1", "9" * 40, "1-" + "9" * 40, "１-１", "\x00", "news"], ids=ascii)
def test_place_that_is_none_is_not_found(before):
    changed(a_publication(), 1)
    assert Client(raise_request_exception=False).get(PATH, {"before": before}).status_code == 404


@pytest.mark.parametrize("make", ["one", "thirty", "corrected"])
def test_page_costs_the_same_with_few_and_many(django_assert_num_queries, make):
    for number in range(30 if make == "thirty" else 1):
        publication = a_publication()
        changed(publication, number)
    if make == "corrected":
        for number in range(1, 51):
            changed(publication, number)
    with django_assert_num_queries(5):
        assert Client().get(PATH).status_code == 200
