"""The search page: what readers find, how it is shown, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models import Contributor, Source
from articles.search import published
from articles.views.listing import PER_PAGE, place_of
from tests.builders import MONDAY, a_publication, a_section
from tests.page import form_values, inline_code, outside_addresses, page
from tests.publishing import change, hour, publish, withdraw

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def read(query: str = "", **values: str):
    return Client().get("/search/", {"q": query, **values} if query or values else {})


def headlines(response) -> list[str]:
    return [found.text for found in page(response).one("main").all(css_class="headline")]


def marks(response) -> list[str]:
    return [found.text for found in page(response).all("mark")]


def the_form(document):
    return document.one("form", css_class="search-fields")


@pytest.mark.django_db
def test_page_without_a_query_is_the_form_and_the_sections():
    """It says nothing of results, and leads on without a search."""
    a_publication()
    document = page(read())
    assert form_values(the_form(document)) == {"q": [""], "section": [""], "from": [""], "to": [""]}
    assert document.all(css_class="search-results") == []
    links = {link.attributes["href"] for link in document.one("nav", css_class="search-sections").all("a")}
    assert links == {"/section/news/", "/archive/"}


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "专车", "没有这个词", "！"])
def test_page_is_for_people_and_not_for_search_engines(query):
    """Nothing inline, no other host, one form, and no address that engines are to know."""
    a_publication(summary="专车开了")
    document = page(read(query))
    assert {meta.attributes["content"] for meta in document.all("meta", name="robots")} == {"noindex"}
    assert document.all("link", rel="canonical") == []
    assert len(document.all("form", role="search")) == 1
    assert inline_code(document) == []
    assert outside_addresses(document) == []


@pytest.mark.django_db
def test_what_is_found_is_shown_with_its_words_marked():
    """Headline, passage, section and moment; the words as the story writes them, in either script."""
    text = "县里说，" + "天气很好，" * 30 + "坐專車的人多了一倍。" + "别的事情。" * 40
    found = a_publication("松岭县新开专车", opening=f"<p>{text}</p>", summary="摘要")
    document = page(read("专车"))
    card = document.one("article", css_class="search-hit")
    assert card.one(css_class="headline").one("a").attributes["href"] == found.get_absolute_url()
    assert [mark.text for mark in card.all("mark")] == ["专车", "專車"]
    passage = card.one(css_class="summary").text
    assert passage.startswith("……")
    assert "坐專車的人多了一倍。" in passage
    assert len(passage) <= 80
    assert card.one(css_class="meta").one("a").attributes["href"] == "/section/news/"
    assert card.one("time").attributes["datetime"] == "2026-03-02T09:00:00+08:00"
    assert document.one(id="search-count").text == "1 story for “专车”"


@pytest.mark.django_db
def test_passage_is_of_one_part_of_the_story():
    """Names end none, and stand there only where they are what was looked for."""
    person = Contributor.objects.create(name="赵文博", slug="zhao-wenbo")
    source = Source.objects.create(name="岷江通讯社", name_key="岷江通讯社", slug="minjiang")
    a_publication(
        "一条消息",
        summary="务工的人多了",
        opening="<p>就业率继续提高。</p>",
        subsections=[("车票", "123趟车", "<p>车上坐满了人。</p>")],
        bylines=[(person, "reporter")],
        source=source,
    )
    words = {"务工": "务工的人多了", "就业": "就业率继续提高。", "车票": "车票", "消息": "务工的人多了"}
    words |= {"赵文博": "赵文博", "岷江": "岷江通讯社"}
    for word, passage in words.items():
        assert page(read(word)).one("article", "search-hit").one(css_class="summary").text == passage


@pytest.mark.django_db
def test_passage_in_english_is_twice_as_long():
    """Of Latin letters two are as wide as a Chinese character; a Chinese name in it changes nothing."""
    a_publication("Two coaches", language="en", opening=f"<p>{'They left Songling (松岭) at dawn. ' * 20}</p>")
    passage = page(read("coaches")).one("article", "search-hit").one(css_class="summary").text
    assert 140 < len(passage) <= 160
    assert passage.endswith("…")
    assert not passage.endswith("……")


@pytest.mark.django_db
def test_query_and_text_are_shown_as_text():
    """Markup in either is no markup of the page, and the title says what was looked for."""
    a_publication("<b>专车</b> & <script>alert(1)</script>", summary="<img src=x> 专车")
    response = read('<script>"专车')
    body = response.content.decode()
    assert "<script>alert" not in body
    assert '<script>"' not in body
    document = page(response)
    assert document.one("title").text.startswith('<script>"专车 - ')
    assert form_values(the_form(document))["q"] == ['<script>"专车']
    found = read("专车 script")
    assert headlines(found) == ["<b>专车</b> & <script>alert(1)</script>"]
    assert marks(found) == ["专车", "script", "script", "专车"]


@pytest.mark.django_db
def test_nothing_found_says_what_helps():
    """And keeps what was typed."""
    a_publication()
    document = page(read("没有这个词", section="news"))
    assert document.all("article") == []
    advice = document.one(css_class="search-advice")
    assert [link.attributes["href"] for link in advice.all("a")] == [f"/search/?q={quote('没有这个词')}", "/archive/"]
    assert form_values(the_form(document))["q"] == ["没有这个词"]


# Choices


@pytest.mark.django_db
def test_one_character_is_asked_for_another_and_never_told_that_nothing_has_it():
    """It is found only where it stands alone, so that "nothing was found" would be untrue of most."""
    a_publication("松岭县新开专车")
    document = page(read("松"))
    assert "松" not in document.one("h2", css_class="list-title").text
    assert document.one(css_class="search-advice")
    assert "没有这个" in page(read("没有这个")).one("h2", css_class="list-title").text


@pytest.mark.django_db
def test_section_narrows_to_its_stories_and_those_of_its_children():
    parent = a_section("新闻", "all")
    a_publication("专车一", section=a_section("国内", "home", parent=parent))
    a_publication("专车二", section=parent, at=MONDAY - MINUTE)
    a_publication("专车三", section=a_section("体育", "sport"))
    assert headlines(read("专车", section="all")) == ["专车一", "专车二"]
    assert headlines(read("专车", section="home")) == ["专车一"]
    assert form_values(the_form(page(read("专车", section="home"))))["section"] == ["home"]


@pytest.mark.django_db
def test_dates_are_days_of_the_newsroom_both_included():
    """Half past midnight in Beijing is the evening before in UTC, and belongs to the new day."""
    midnight = MONDAY - timedelta(hours=9)
    a_publication("专车前夜", at=midnight - MINUTE)
    a_publication("专车当日", at=midnight + 30 * MINUTE)
    first_of_march, second_of_march = "2026-03-01", "2026-03-02"
    assert headlines(read("专车", **{"from": second_of_march})) == ["专车当日"]
    assert headlines(read("专车", to=first_of_march)) == ["专车前夜"]
    assert headlines(read("专车", **{"from": first_of_march, "to": second_of_march})) == ["专车当日", "专车前夜"]
    assert headlines(read("专车", **{"from": "2026年3月2日"})) == ["专车当日"]


# Pages of results


@pytest.mark.django_db
@pytest.mark.parametrize("most", [PER_PAGE, 1000])
def test_leafing_shows_every_story_once(most, monkeypatch):
    """Newest first, with the query and the choices in each address, however many hold the word."""
    monkeypatch.setattr(published, "MOST_COUNTED", most)
    monkeypatch.setattr(published, "_LOOKED_AT", 8)
    monkeypatch.setattr(published, "_SAMPLE", 4)
    count = 2 * PER_PAGE + 3
    for number in range(count):
        a_publication(f"专车 {number}", at=MONDAY - number * MINUTE)
    found, address = [], "/search/?q=专车&section=news"
    while address:
        response = Client().get(address)
        found += headlines(response)
        older = page(response).all("a", rel="next")
        address = older[0].attributes["href"] if older else ""
        assert "section=news" in address or not address
    assert found == [f"专车 {number}" for number in range(count)]
    newest = page(response).one("nav", css_class="older").one("a").attributes["href"]
    assert headlines(Client().get(newest)) == found[:PER_PAGE]


@pytest.mark.django_db
def test_page_behind_the_last_says_so():
    last = a_publication("专车")
    response = read("专车", before=place_of(last))
    assert headlines(response) == []
    assert page(response).one(id="search-count").text == "1 story for “专车”"


@pytest.mark.django_db
def test_more_than_a_thousand_are_not_counted(monkeypatch):
    """The bound is said, not what is behind it."""
    monkeypatch.setattr(published, "MOST_COUNTED", 2)
    for number in range(4):
        a_publication(f"专车 {number}")
    assert page(read("专车")).one(id="search-count").text == "More than 2 stories for “专车”"


# What it must not tell


@pytest.mark.django_db
def test_reader_finds_at_each_moment_what_was_live_then(reading_at):
    """By no word of a draft, of an earlier version, of what is planned, or of what was taken back."""
    story = a_publication("雎鸠一", at=MONDAY).story
    change(story, "雎鸠二")
    publish(story, at=2, note="更正")
    change(story, "雎鸠草稿")
    for at, wanted in ((0, "雎鸠一"), (1, "雎鸠一"), (2, "雎鸠二"), (9, "雎鸠二")):
        reading_at(hour(at))
        assert headlines(read("雎鸠")) == [wanted]
        other = "雎鸠二" if wanted == "雎鸠一" else "雎鸠一"
        assert headlines(read(other)) == headlines(read("雎鸠草稿")) == []
    withdraw(story, 10, note="不实")
    reading_at(hour(10))
    response = read("雎鸠")
    assert headlines(response) == []
    assert "Nothing was found" in page(response).one(id="search-count").text


@pytest.mark.django_db
def test_count_tells_nothing_of_what_is_not_live(reading_at):
    """The page before the moment is the same as without the story, to the last byte."""
    a_publication("雎鸠在河")
    reading_at(hour(1))
    without = read("雎鸠").content
    planned = a_publication("雎鸠预告", at=hour(2))
    assert read("雎鸠").content == without
    reading_at(hour(2))
    assert headlines(read("雎鸠")) == [planned.content.headline, "雎鸠在河"]


@pytest.mark.django_db
def test_time_machine_answers_as_of_its_moment(cast, reading_at):
    """The form and the pages stay at the moment; whoever may not travel is sent to the search of now."""
    for number in range(PER_PAGE + 1):
        a_publication(f"专车 {number}", at=MONDAY + number * MINUTE)
    reading_at(MONDAY + DAY)
    then = "/at/2026-03-02T01:00:00Z"
    client = Client()
    client.force_login(cast.editor)
    document = page(client.get(f"{then}/search/?q=专车"))
    assert [found.text for found in document.one("main").all(css_class="headline")] == ["专车 0"]
    assert the_form(document).attributes["action"] == f"{then}/search/"
    later = page(client.get("/at/2026-03-02T02:00:00Z/search/?q=专车"))
    assert later.one("a", rel="next").attributes["href"].startswith("/at/2026-03-02T02:00:00Z/search/?q=")
    assert Client().get(f"{then}/search/?q={quote('专车')}").headers["Location"] == f"/search/?q={quote('专车')}"


# What it costs


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize(("values", "queries"), [({}, 0), ({"q": "专车"}, 3), ({"q": "专车", "section": "news"}, 3)])
def test_page_costs_the_same_with_few_and_many(count, values, queries, django_assert_num_queries):
    """What the search asks, beside what every page asks."""
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    for number in range(count):
        a_publication(f"专车 {number}", at=MONDAY - number * MINUTE, bylines=[(person, "reporter")])
    with django_assert_num_queries(FURNITURE + queries):
        response = Client().get("/search/", values)
    assert len(headlines(response)) == (min(count, PER_PAGE) if values else 0)


@pytest.mark.django_db
def test_page_behind_what_is_counted_costs_two_queries_more(monkeypatch, django_assert_num_queries):
    """It looks for its own place; those before it are among what was counted."""
    monkeypatch.setattr(published, "MOST_COUNTED", PER_PAGE)
    for number in range(PER_PAGE + 5):
        last = a_publication(f"专车 {number}", at=MONDAY - number * MINUTE)
        if number == PER_PAGE - 1:
            place = place_of(last)
    with django_assert_num_queries(FURNITURE + 3):
        assert len(headlines(read("专车"))) == PER_PAGE
    with django_assert_num_queries(FURNITURE + 5):
        assert len(headlines(read("专车", before=place))) == 5


# Sections, the identity of the site, its pages.
FURNITURE = 3
