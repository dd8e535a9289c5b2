"""Sections, topics and people: newest first, page by page, at a price that does not grow."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import Contributor, Publication, Topic
from articles.views.listing import PER_PAGE, place_of
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import inline_code, outside_addresses, page

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
LISTS = ["/section/news/", "/topic/chunyun/", "/contributor/lin-yi/"]
PAGES = ["/", *LISTS]


@pytest.fixture
def shared(db) -> dict:
    """What puts a story on every list."""
    topic = Topic.objects.create(name="春运", slug="chunyun", description="话题说明")
    person = Contributor.objects.create(name="林一", slug="lin-yi", job_title="记者", biography="人物简介")
    return {
        "section": a_section(description="About this section"),
        "topics": [topic],
        "bylines": [(person, "reporter")],
    }


def headlines(path: str) -> list[str]:
    return [found.text for found in page(Client().get(path)).one("main").all(css_class="headline")]


def leafed_through(path: str) -> list[list[str]]:
    """The headlines of every page of a list, following the links."""
    pages, address = [], path
    while address:
        document = page(Client().get(address))
        pages.append([found.text for found in document.all(css_class="headline")])
        older = document.all("a", rel="next")
        address = path + older[0].attributes["href"] if older else ""
        assert len(pages) < 20, "the pages lead in a circle"
    return pages


# What lists show


@pytest.mark.parametrize("path", LISTS)
def test_list_shows_live_stories_newest_first(shared, path):
    """By the moment each first went live, however often it was corrected since."""
    first = a_publication("最早", at=MONDAY - 3 * HOUR, summary="最早的摘要", **shared)
    a_publication("中间", at=MONDAY - 2 * HOUR, **shared)
    a_publication("最新", at=MONDAY - HOUR, short_headline="短题", **shared)
    publish_story(story=first.story, by=OPERATOR, note="更正", now=MONDAY)
    publish_story(story=a_story("将来", **shared), by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    withdraw_story(story=a_publication("撤回", **shared).story, by=OPERATOR, note="x", now=MONDAY + MINUTE)
    a_story("草稿", **shared)
    a_publication("无关", section=a_section("经济", "economy"))
    assert headlines(path) == ["短题", "中间", "最早"]
    document = page(Client().get(path))
    card = document.all("article", css_class="card")[2]
    assert card.one(css_class="headline").one("a").attributes["href"] == first.get_absolute_url()
    assert "最早的摘要" in card.text
    assert "Corrected" in card.text
    assert card.one("time").attributes["title"] == "2 March 2026, 06:00 Beijing time"


@pytest.mark.parametrize("path", LISTS[1:])
def test_topic_and_person_without_a_live_story_are_unknown(shared, path):
    """The name alone of a topic could tell of a story that is not out yet."""
    assert Client().get(path).status_code == 404


def test_section_says_what_it_lists(shared):
    path, words = LISTS[0], "About this section"
    a_publication(**shared)
    document = page(Client().get(path))
    assert words in document.one("main").text
    assert document.one("meta", name="description").attributes["content"] == words


def test_section_without_stories_says_so(shared):
    """It stands in the navigation of every page, so its page is there."""
    assert "Nothing has been published here yet." in page(Client().get("/section/news/")).text


@pytest.mark.parametrize("query", ["", "?before=0-0", "?before=1772413200000000-1", "?before="])
def test_topic_and_person_without_stories_are_unknown(shared, query):
    """Their names alone would tell of a story that is not out yet: by no page of their lists, first or later."""
    publish_story(story=a_story("将来", **shared), by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    for path in LISTS[1:]:
        hidden, absent = Client().get(path + query), Client().get(f"/topic/none/{query}")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content


def test_section_shows_the_stories_of_its_children(db):
    parent = a_section("新闻", "all")
    a_publication("子栏目的", section=a_section(parent=parent))
    a_publication("自己的", section=parent)
    assert headlines("/section/all/") == ["自己的", "子栏目的"]
    assert headlines("/section/news/") == ["子栏目的"]
    document = page(Client().get("/section/all/"))
    assert document.one("nav", css_class="subsections").one("a").attributes["href"] == "/section/news/"


def test_story_moves_with_its_section(db):
    """The list follows the live version, not the draft."""
    publication = a_publication("搬家的")
    economy = a_section("经济", "economy")
    rows = story_rows("搬家的", story=publication.story, section=economy)
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    assert headlines("/section/news/") == ["搬家的"]
    publish_story(story=publication.story, by=OPERATOR, change="minor", now=MONDAY + MINUTE)
    assert headlines("/section/news/") == []
    assert headlines("/section/economy/") == ["搬家的"]


@pytest.mark.parametrize("path", ["/section/none/", "/topic/none/", "/contributor/none/"])
def test_list_of_nothing_known_is_not_found(db, path):
    assert Client().get(path).status_code == 404


# Leafing


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("apart", [MINUTE, timedelta(0)], ids=["one by one", "all at once"])
@pytest.mark.parametrize("count", [PER_PAGE, PER_PAGE + 1, 2 * PER_PAGE + 3])
def test_leafing_shows_every_story_once(shared, path, count, apart):
    """In order, also when they went live at the same moment; the last page has no link to another."""
    for number in range(count):
        a_publication(f"第{number}篇", at=MONDAY - count * apart + number * apart, **shared)
    pages = leafed_through(path)
    assert [headline for part in pages for headline in part] == [f"第{number}篇" for number in reversed(range(count))]
    assert len(pages) == -(-count // PER_PAGE)


def test_leafing_skips_what_is_not_live(shared):
    """A page is filled with what readers can read: nothing is missing from it and none is short."""
    for number in range(3 * PER_PAGE):
        publication = a_publication(f"第{number}篇", at=MONDAY - 100 * MINUTE + number * MINUTE, **shared)
        if number % 3:
            withdraw_story(story=publication.story, by=OPERATOR, note="x", now=MONDAY)
    assert [len(part) for part in leafed_through("/section/news/")] == [PER_PAGE]
    assert len(Publication.objects.live(MONDAY + HOUR)) == PER_PAGE


def test_page_after_a_story_starts_with_the_next(shared):
    middle = a_publication("中间", at=MONDAY - HOUR, **shared)
    a_publication("更早", at=MONDAY - 2 * HOUR, **shared)
    a_publication("更晚", **shared)
    document = page(Client().get(f"/section/news/?before={place_of(middle)}"))
    assert [found.text for found in document.all(css_class="headline")] == ["更早"]
    assert document.one("nav", css_class="older").one("a").attributes["href"] == "/section/news/"


NO_PLACES = [
    *("x", "-", "1-", "-1", "-1-1", "1-1-1", "1.5-1", "1e9-1", "0x1-1", "1_0-1", "+1-1", "news", "\x00", "\ud7ff"),
    # Digits to Python, and not to us; white space that int() would forgive; numbers no calendar or database holds.
    *("１-１", "²-1", "٣-٣", " 1-1", "1-1 "),
    *("9" * 40, "9" * 37 + "-1", "1-" + "9" * 40, "9" * 26 + "-1"),
]


@pytest.mark.parametrize("before", NO_PLACES, ids=ascii)
@pytest.mark.parametrize("path", ["/section/news/", "/topic/chunyun/"])
def test_place_that_is_none_is_not_found(shared, path, before):
    assert Client(raise_request_exception=False).get(path, {"before": before}).status_code == 404


@pytest.mark.parametrize(
    ("before", "status"),
    [
        ("0-0", 404),
        ("1-999999999999999999", 404),
        ("1-" + "9" * 30, 404),
        ("0-1&before=1-1", 404),
        ("253402300799999999-1", 200),
    ],
)
@pytest.mark.parametrize("path", LISTS)
def test_place_behind_all_stories_is_not_found(shared, path, before, status):
    """Any moment the calendar knows is a place; a page with nothing on it is none, for search engines either."""
    a_publication(**shared)
    assert Client(raise_request_exception=False).get(f"{path}?before={before}").status_code == status


def test_empty_place_is_the_first_page(shared):
    a_publication("一篇", **shared)
    assert headlines("/section/news/?before=") == ["一篇"]


# What a page may load, set and cost


@pytest.mark.parametrize("path", [*PAGES, "/2026/03/02/x-987654/", "/section/none/"])
def test_page_is_the_same_for_every_reader(shared, path, settings):
    """No cookie, no variation, nothing inline, no other host, the strict policy, the language of the site."""
    a_publication(**shared)
    response = Client().get(path)
    document = page(response)
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert "accept-language" not in response.get("Vary", "").lower()
    assert response["Content-Language"] == "en"
    assert document.one("html").attributes["lang"] == "en"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert inline_code(document) == []
    assert outside_addresses(document) == []


def test_page_speaks_the_sites_language_whatever_the_reader_asks_for(shared):
    """One address, one page: neither header nor the cookie of the desk's language changes it."""
    client = Client(headers={"accept-language": "zh-hans"})
    client.cookies["django_language"] = "zh-hans"
    assert client.get("/")["Content-Language"] == "en"
    assert client.get("/").content == Client().get("/").content


@pytest.mark.parametrize(
    ("path", "queries"), [("/", 6), ("/section/news/", 5), ("/topic/chunyun/", 5), ("/contributor/lin-yi/", 5)]
)
@pytest.mark.parametrize("count", [1, 3, 30])
def test_page_costs_the_same_with_few_and_many(shared, django_assert_num_queries, path, queries, count):
    for number in range(count):
        a_publication(f"第{number}篇", at=MONDAY - number * MINUTE, **shared)
    with django_assert_num_queries(queries):
        response = Client().get(path)
    assert len(re.findall('<article class="card', response.content.decode())) == min(
        count, 6 if path == "/" else PER_PAGE
    )


def test_deep_page_costs_the_same(shared, django_assert_num_queries):
    """And is read by its place in the index, not counted off from the start."""
    for number in range(PER_PAGE + 5):
        last = a_publication(f"第{number}篇", at=MONDAY - number * MINUTE, **shared)
        if number == PER_PAGE:
            place = place_of(last)
    with django_assert_num_queries(4) as queries:
        response = Client().get(f"/section/news/?before={place}")
    assert response.content.decode().count('<article class="card') == 4
    assert not any("OFFSET" in query["sql"] for query in queries)


def test_section_page_costs_the_same_with_many_sections(shared, django_assert_num_queries):
    for number in range(10):
        a_section(f"栏目{number}", f"s{number}", parent=a_section("新闻", "all"))
    with django_assert_num_queries(5):
        Client().get("/section/all/")
