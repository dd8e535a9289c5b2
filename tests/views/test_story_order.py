"""The order of stories of one moment, as an import gives it to hundreds: a correction moves none of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import Contributor, Publication, Source, StoryRows, Topic
from articles.search import published
from articles.views.listing import PER_PAGE, place_of
from tests.builders import MONDAY, OPERATOR, a_publication, a_section
from tests.page import page
from tests.publishing import hour

MINUTE = timedelta(minutes=1)
COUNT = PER_PAGE + 5
DAY = "/archive/2026/03/02/"
LISTS = ["/section/news/", "/section/all/", "/topic/chunyun/", "/contributor/lin-yi/", "/source/xinhua/", DAY]
SEARCHES = ["/search/?q=专车", "/search/?q=专车&section=news", "/search/?q=专车&to=2026-03-02"]


@pytest.fixture
def shared(db) -> dict:
    """What puts a story on every list."""
    topic = Topic.objects.create(name="春运", slug="chunyun")
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    section = a_section(parent=a_section("新闻", "all"))
    return {"section": section, "topics": [topic], "bylines": [(person, "reporter")], "source": source}


def imported(count: int, shared: dict | None = None) -> list[Publication]:
    """Stories that all went live in one moment, in the order of their ids."""
    return [a_publication(f"专车 {number}", **(shared or {})) for number in range(count)]


def corrected(publication: Publication, change: str = "correction") -> Publication:
    rows = StoryRows.stored(publication.story)
    rows.story.headline += " 改"
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    note = "" if change == "minor" else "注"
    return publish_story(story=publication.story, by=OPERATOR, change=change, note=note, now=MONDAY + MINUTE)


def shown(address: str) -> tuple[list[str], str]:
    """The addresses of the stories on a page, in order, and the address of the next page or ""."""
    document = page(Client().get(address))
    links = [found.one("a").attributes["href"] for found in document.one("main").all(css_class="headline")]
    older = document.all("a", rel="next")
    query = older[0].attributes["href"] if older else ""
    return links, query and (query if query.startswith("/") else address.split("?")[0] + query)


def addresses(rows: list[Publication]) -> list[str]:
    return [row.get_absolute_url() for row in reversed(rows)]


@pytest.mark.parametrize("address", LISTS + SEARCHES)
def test_story_corrected_between_two_pages_is_read_once(shared, address):
    """Whichever page it is on, the one read already, its last place, or one to come."""
    rows = imported(COUNT, shared)
    found, following = shown(address)
    for number in (COUNT - 1, COUNT - PER_PAGE, COUNT - PER_PAGE - 1, 0):
        corrected(rows[number])
    while following:
        more, following = shown(following)
        found += more
    assert found == addresses(rows)


@pytest.mark.parametrize(("looked_at", "sample", "common"), [(2600, 400, 0.4), (1, 0, 2), (30, 1, 0)])
def test_every_way_of_searching_keeps_the_order(shared, monkeypatch, looked_at, sample, common):
    """Looking at the newest stories, asking the index, and some of each; counted to the end or not."""
    for name, value in {
        "_LOOKED_AT": looked_at,
        "_SAMPLE": sample,
        "_COMMON": common,
        "MOST_COUNTED": PER_PAGE + 1,
    }.items():
        monkeypatch.setattr(published, name, value)
    rows = imported(COUNT, shared)
    found, following = shown(SEARCHES[1])
    corrected(rows[3])
    while following:
        more, following = shown(following)
        found += more
    assert found == addresses(rows)


@pytest.mark.parametrize("address", LISTS + SEARCHES)
def test_place_is_the_storys_and_not_the_publications(shared, address):
    """The page behind a story is the same before and after its correction."""
    rows = imported(5, shared)
    last = corrected(rows[2])
    assert place_of(last) == place_of(rows[2])
    mark = "&" if "?" in address else "?"
    assert shown(f"{address}{mark}before={place_of(last)}")[0] == addresses(rows[:2])


@pytest.mark.django_db
def test_correction_changes_no_neighbours():
    """Of the story, nor of those beside it."""
    rows = imported(5)

    def beside(row: Publication) -> list[tuple[str, str]]:
        nav = page(Client().get(row.get_absolute_url())).all("nav", css_class="neighbours")
        return [(link.attributes["rel"], link.attributes["href"]) for found in nav for link in found.all("a")]

    before = [beside(row) for row in rows]
    assert before[2] == [("prev", rows[1].get_absolute_url()), ("next", rows[3].get_absolute_url())]
    corrected(rows[1])
    corrected(rows[2])
    assert [beside(row) for row in rows] == before


@pytest.mark.django_db
def test_front_page_without_lists_keeps_its_order():
    """Its lead is the story that the section's page has first."""
    rows = imported(4)
    before = shown("/")[0]
    assert before[0] == shown("/section/news/")[0][0] == rows[3].get_absolute_url()
    corrected(rows[1])
    assert shown("/")[0] == before


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/feed", "/section/news/feed"])
def test_minor_change_moves_nothing_in_a_feed(address):
    """Readers are not told of it; a correction comes first."""
    rows = imported(4)

    def told() -> list[str]:
        items = Client().get(f"{address}.json").json()["items"]
        return [item["url"].removeprefix("https://news.example.org") for item in items]

    corrected(rows[1], "minor")
    assert told() == addresses(rows)
    corrected(rows[0])
    assert told() == [rows[0].get_absolute_url(), *addresses(rows[1:])]


@pytest.mark.django_db
def test_withdrawn_and_published_again_a_story_has_its_place():
    """It keeps the moment it first went live, and stands among the others where it stood."""
    rows = imported(4)
    withdraw_story(story=rows[1].story, by=OPERATOR, note="x", now=MONDAY + MINUTE)
    publish_story(story=rows[1].story, by=OPERATOR, change="minor", now=hour(0.5))
    assert shown("/section/news/")[0] == addresses(rows)
