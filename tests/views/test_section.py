"""A section's front: its story lists above its newest stories, each story once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import When
from articles.views.listing import PER_PAGE
from tests.builders import MONDAY, a_publication, a_section
from tests.page import Element, page
from tests.story_lists import a_list, an_edition

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def section(path: str = "/section/news/") -> Element:
    return page(Client().get(path)).one("main")


def listed(path: str = "/section/news/") -> list[str]:
    """The headlines of the story lists."""
    return [link.text for shown in section(path).all(css_class="list") for link in shown.one("ul").all("a")]


def newest(path: str = "/section/news/") -> list[str]:
    """The headlines of the chronological list."""
    return [found.text for found in section(path).one(css_class="story-list").all(css_class="headline")]


def test_lists_stand_above_what_is_newest(db):
    """What they show is not repeated below them."""
    rows = [a_publication(f"稿{number}", at=MONDAY + number * MINUTE) for number in range(4)]
    a_list(rows[0], rows[2], place="section", title="关注")
    assert listed() == ["稿0", "稿2"]
    assert newest() == ["稿3", "稿1"]
    levels = [found.tag for tag in ("h1", "h2", "h3") for found in section().all(tag)]
    assert levels == ["h1", "h2", "h2", "h3", "h3"]
    assert [found.text for found in section().all("h2")] == ["关注", "Latest stories"]


def test_section_without_lists_has_no_heading_over_its_stories(db):
    a_publication("稿件")
    assert [found.text for found in section().all("h2")] == ["稿件"]


def test_section_whose_lists_show_everything_says_nothing_more(db):
    """Neither an empty heading nor that there is nothing."""
    a_list(a_publication("稿件"), place="section", title="关注")
    assert [found.text for found in section().all("h2")] == ["关注"]
    assert "Nothing has been published here yet." not in section().text


def test_narrowest_list_is_shown(db):
    """The section's own, else that of the section above, else that of all sections."""
    parent = a_section("新闻", "all")
    child, other = a_section("县区", "county", parent=parent), a_section("体育", "sport")
    rows = [a_publication(name, section=other) for name in ("全站", "上级", "自己")]
    a_list(rows[0], name="全站", place="section")
    assert listed("/section/county/") == ["全站"]
    a_list(rows[1], name="上级", place="section", scope=parent)
    assert listed("/section/county/") == ["上级"]
    a_list(rows[2], name="自己", place="section", scope=child)
    assert listed("/section/county/") == ["自己"]
    assert listed("/section/all/") == ["上级"]
    assert listed("/section/sport/") == ["全站"]


def test_lists_are_those_in_force_when_the_page_is_read(reading_at):
    first, second = a_publication("甲稿"), a_publication("乙稿")
    made = a_list(first, place="section")
    an_edition(made, second, when=When(start=MONDAY + 3 * HOUR))
    reading_at(MONDAY + 3 * HOUR - MINUTE)
    assert (listed(), newest()) == (["甲稿"], ["乙稿"])
    reading_at(MONDAY + 3 * HOUR)
    assert (listed(), newest()) == (["乙稿"], ["甲稿"])


@pytest.mark.parametrize("which", [slice(0, 3), slice(PER_PAGE - 2, PER_PAGE + 1), slice(-3, None)])
def test_leafing_with_lists_shows_every_story(which):
    """Wherever the stories of a list stand in time: each on the first page once, and what is older behind it."""
    count = 2 * PER_PAGE + 3
    rows = [a_publication(f"第{number}篇", at=MONDAY - number * MINUTE) for number in range(count)]
    a_list(*rows[which], place="section")
    path, seen = "/section/news/", []
    first = listed() + newest()
    assert len(first) == len(set(first)) == PER_PAGE + 3
    while path:
        seen += newest(path)
        older = section(path).all("a", rel="next")
        path = "/section/news/" + older[0].attributes["href"] if older else ""
    assert set(seen) | set(first) == {f"第{number}篇" for number in range(count)}
    assert len(seen) == len(set(seen))


def test_older_pages_have_no_lists(db):
    rows = [a_publication(f"第{number}篇", at=MONDAY - number * MINUTE) for number in range(PER_PAGE + 2)]
    a_list(rows[0], place="section")
    older = section().one("a", rel="next").attributes["href"]
    assert not section("/section/news/" + older).all(css_class="list")


def test_title_of_a_list_that_fills_from_the_section_does_not_lead_to_itself(db):
    a_publication("稿件")
    a_list(place="section", title="最新", fill_rule="latest", fill_section_id=a_section().pk)
    a_section("体育", "sport")
    assert not section().one(css_class="list").one("h2").all("a")
    assert section("/section/sport/").one(css_class="list").one("h2").one("a").attributes["href"] == "/section/news/"


@pytest.mark.parametrize("count", [1, 3])
def test_page_with_lists_costs_seven_queries(django_assert_num_queries, count):
    """Three for all lists, and the newest stories; sections, identity and the pages at the foot."""
    for number in range(count):
        rows = [a_publication(f"稿{number}-{place}") for place in range(count)]
        a_list(*rows, name=f"列表{number}", slot=f"s{number}", place="section", fill_rule="latest", length=count)
    with django_assert_num_queries(7):
        Client().get("/section/news/")
    assert len(section().all(css_class="list")) == count
