"""The front page: its story lists at the moment it is read, or the newest of each section where there is no list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import When, publish_story, withdraw_story
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.page import Element, page
from tests.story_lists import a_list, an_edition, item

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
CARDS = {"display": "cards"}


def front() -> Element:
    return page(Client().get("/")).one("main")


def lead() -> Element:
    return front().one(css_class="card-lead")


def lists() -> dict[str, list[str]]:
    """The headlines of each list that is shown, by its title."""
    return {
        shown.one(css_class="list-title").text: [
            link.text for link in shown.all("a") if link.attributes["href"] and "details" not in link.classes
        ]
        for shown in front().all("section", css_class="list")
    }


def headlines(path: str) -> list[str]:
    return [found.text for found in page(Client().get(path)).one("main").all(css_class="headline")]


# With story lists


def test_first_entry_of_the_first_list_leads(db):
    """The lists stand in page order, whatever they are called; the lead is not repeated in its list."""
    rows = [a_publication(f"稿{number}") for number in range(4)]
    a_list(rows[2], rows[3], name="甲", slot="b", title="第二", order=20, display="headlines")
    a_list(rows[0], rows[1], name="乙", slot="a", title="第一", order=10, **CARDS)
    assert lead().one("h2").text == "稿0"
    assert list(lists().items()) == [("第一", ["稿1"]), ("第二", ["稿2", "稿3"])]


def test_list_with_nothing_but_the_lead_has_no_title_of_its_own(db):
    a_list(a_publication("唯一"), **CARDS)
    assert lead().one("h2").text == "唯一"
    assert lists() == {}


def test_list_without_entries_is_not_shown(db):
    """One that waits for its stories leaves neither a title nor a gap; the next gives the lead."""
    a_list(a_story("没登的"), name="甲", slot="a", title="等着", order=1)
    a_list(a_publication("登了的"), a_publication("也登了"), name="乙", slot="b", title="有稿", order=2)
    assert lead().one("h2").text == "登了的"
    assert lists() == {"有稿": ["也登了"]}


def test_page_shows_the_lists_in_force_when_it_is_read(reading_at):
    """An edition that is planned begins and a special ends by themselves, at their very moment."""
    first, second, third = a_publication("甲稿"), a_publication("乙稿"), a_publication("丙稿")
    made = a_list(first)
    an_edition(made, second, when=When(start=MONDAY + 3 * HOUR))
    an_edition(made, third, when=When(start=MONDAY + 5 * HOUR, end=MONDAY + 6 * HOUR, special=True))
    seen = []
    for moment in (3 * HOUR - MINUTE, 3 * HOUR, 5 * HOUR, 6 * HOUR):
        reading_at(MONDAY + moment)
        seen.append(lead().one("h2").text)
    assert seen == ["甲稿", "乙稿", "丙稿", "乙稿"]


def test_change_of_an_editor_is_on_the_next_page(reading_at):
    made = a_list(a_publication("旧的"))
    assert lead().one("h2").text == "旧的"
    an_edition(made, a_publication("新的"), now=MONDAY + HOUR)
    reading_at(MONDAY + HOUR)
    assert lead().one("h2").text == "新的"


def test_story_stands_once_on_the_page(db):
    """Unless a list may repeat it."""
    first, second = a_publication("头条"), a_publication("次条")
    a_list(first, name="甲", slot="a", title="一", order=1)
    a_list(first, second, name="乙", slot="b", title="二", order=2)
    assert lists() == {"二": ["次条"]}
    a_list(first, second, name="丙", slot="c", title="三", order=3, may_repeat=True)
    assert lists() == {"二": ["次条"], "三": ["头条", "次条"]}


def test_story_that_is_not_live_leaks_nowhere(reading_at):
    """Neither its headline, nor the one the list gives it, nor its address, before it goes live and once withdrawn."""
    coming, gone = a_story("金丝雀将至", summary="金丝雀摘要"), a_publication("金丝雀撤回").story
    publish_story(story=coming, by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    withdraw_story(story=gone, by=OPERATOR, note="x", now=MONDAY + MINUTE)
    draft = a_story("金丝雀草稿")
    own = {"headline": "金丝雀列表标题", "teaser": "金丝雀列表摘要"}
    stories = [item(story, **own) for story in (coming, gone, draft)]
    a_list(a_publication("在的"), *stories, display="teasers")
    answer = Client().get("/").content.decode()
    assert "在的" in answer
    assert "金丝雀" not in answer
    assert not [story for story in (coming, gone, draft) if f"-{story.pk}/" in answer]
    reading_at(MONDAY + 5 * HOUR)
    assert lists() == {"今日头条": ["金丝雀列表标题"]}


def test_own_headline_and_teaser_win_and_are_escaped(db):
    """Everywhere they are printed: as lead, feature, brief, teaser and headline."""
    evil = '<script>alert("1")</script>&amp;'
    rows = [a_publication(f"原题{number}", summary="原摘要") for number in range(6)]
    items = [item(row, headline=evil, teaser=evil) for row in rows]
    a_list(*items[:3], name="甲", slot="a", order=1, title=evil, **CARDS)
    a_list(*items[3:5], name="乙", slot="b", order=2, title=evil, display="teasers")
    a_list(items[5], name="丙", slot="c", order=3, title=evil, display="headlines")
    answer = Client().get("/").content.decode()
    assert "<script>" not in answer
    assert "原题" not in answer
    assert "原摘要" not in answer
    assert front().text.count(evil) == len("lead feature brief teaser teaser headline".split()) + 4 + 3


def test_lead_says_its_long_headline_unless_the_list_has_its_own(db):
    """What frames the story's own headline does not stand around another one."""
    story = a_publication("很长很长的标题", short_headline="短题", kicker="引题", subtitle="副题")
    made = a_list(story)
    assert lead().one("h2").text == "很长很长的标题"
    assert "引题" in lead().text
    assert "副题" in lead().text
    an_edition(made, item(story, headline="自拟的"), now=MONDAY + MINUTE)
    assert lead().one("h2").text == "自拟的"
    assert "引题" not in lead().text
    assert "副题" not in lead().text


@pytest.mark.parametrize("display", ["cards", "teasers", "headlines"])
def test_address_is_marked_where_it_leads_to_another_site(display):
    """As related links are; one of this site is not."""
    addresses = ["https://example.org/a", "http://example.org/b", "/section/news/"]
    items = [item(address, headline=address) for address in addresses]
    a_list(a_publication("头条"), *items, display=display)
    links = {link.text: link for link in front().one("section", css_class="list").all("a")}
    assert [links[address].attributes.get("rel") for address in addresses] == [*["noopener noreferrer"] * 2, None]
    assert front().text.count("other site") == 2


def test_headline_says_when_its_story_went_live_as_shortly_as_it_can(reading_at):
    """The time on the day it is read, the day in the same year, else the date: each in full as the title."""
    moments = (MONDAY, MONDAY - 25 * HOUR, MONDAY - timedelta(days=365))
    rows = [a_publication(f"稿{number}", at=moment) for number, moment in enumerate(moments)]
    a_list(a_publication("头条"), *rows, display="headlines", now=MONDAY)
    reading_at(MONDAY + HOUR)
    times = front().one("section", css_class="list").all("time")
    assert [found.text for found in times] == ["09:00", "1 Mar", "2 Mar 2025"]
    assert times[0].attributes["title"] == "2 March 2026, 09:00 Beijing time"
    # Midnight in the newsroom, and not in UTC.
    reading_at(MONDAY.replace(hour=16))
    assert front().one("section", css_class="list").all("time")[0].text == "2 Mar"


def test_entries_say_their_language(db):
    """A story in another language than the page, and not what stands around it."""
    chinese = [a_publication(f"中文{number}", summary="摘要", language="zh-hans") for number in range(3)]
    english = [a_publication(f"English {number}", summary="Summary", language="en") for number in range(2)]
    for number, display in enumerate(("cards", "teasers", "headlines")):
        rows = [*chinese, *english]
        a_list(*rows, name=display, slot=display, order=number, display=display, may_repeat=True)

    def tagged(element: Element, lang: str = "") -> list[tuple[str, str]]:
        lang = element.attributes.get("lang", lang)
        own = [(element.text, lang)] if element.tag == "a" and "details" not in element.classes else []
        children = [child for child in element.children if not isinstance(child, str)]
        return own + [found for child in children for found in tagged(child, lang)]

    links = tagged(front())
    assert len(links) == 5 * 3
    assert {lang for text, lang in links if "中文" in text} == {"zh-Hans"}
    assert {lang for text, lang in links if "English" in text} == {""}


def test_title_leads_to_the_section_its_list_fills_from(db):
    """It is the block of that section; another list has a title only."""
    a_list(a_publication("头条"), name="甲", slot="a", order=1)
    a_publication("要闻稿")
    block = {"name": "乙", "slot": "b", "order": 2, "title": "要闻栏"}
    a_list(fill_rule="latest", fill_section_id=a_section().pk, **block)
    title = front().one("section", css_class="list").one("h2")
    assert title.one("a").attributes["href"] == "/section/news/"
    a_list("https://example.org/", name="丙", slot="c", order=3, title="链接")
    assert not front().all("section", css_class="list")[1].one("h2").all("a")


@pytest.mark.parametrize("count", [1, 3])
def test_page_with_lists_costs_six_queries(django_assert_num_queries, count):
    """Three for all lists; sections, identity and the pages at the foot."""
    for number in range(count):
        rows = [a_publication(f"稿{number}-{place}") for place in range(2 * count)]
        slot = {"name": f"列表{number}", "slot": f"s{number}", "title": f"第{number}"}
        a_list(*rows, fill_rule="latest", fill_section_id=a_section().pk, **slot)
    with django_assert_num_queries(6):
        Client().get("/")
    assert len(lists()) == count


# Without story lists


def test_front_page_shows_the_newest_of_each_section(db):
    """The newest of all leads and is not repeated; a section shows six, a section without stories is left out."""
    for number in range(9):
        a_publication(f"要闻{number}", at=MONDAY - HOUR + number * MINUTE)
    a_publication("经济稿", at=MONDAY - 2 * HOUR, section=a_section("经济", "economy"))
    a_section("空的", "empty")
    document = page(Client().get("/"))
    assert document.one(css_class="card-lead").one(css_class="headline").text == "要闻8"
    blocks = {
        block.one(css_class="list-title").text: [found.text for found in block.all("h3", css_class="headline")]
        for block in document.all("section", css_class="list")
    }
    assert blocks == {"要闻": [f"要闻{number}" for number in (7, 6, 5, 4, 3)], "经济": ["经济稿"]}


def test_front_page_of_an_empty_site_says_so(db):
    assert "Nothing has been published yet." in page(Client().get("/")).text


def test_front_page_leaves_out_what_is_not_live(db):
    """Also where the newest entries of a section are all withdrawn or replaced."""
    kept = a_publication("留下的", at=MONDAY - HOUR)
    for number in range(8):
        publication = a_publication(f"撤回{number}", at=MONDAY - HOUR / 2)
        withdraw_story(story=publication.story, by=OPERATOR, note="x", now=MONDAY)
    publish_story(story=a_story("将来"), by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    for number in range(8):
        publish_story(story=kept.story, by=OPERATOR, note=f"更正{number}", now=MONDAY + number * MINUTE)
    assert headlines("/") == ["留下的"]


def test_front_page_falls_back_where_its_lists_show_nothing(db):
    """A site is never blank because its one list waits for a story."""
    a_list(a_story("没登的"))
    a_publication("登了的")
    assert lead().one("h2").text == "登了的"
