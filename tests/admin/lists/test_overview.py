"""All story lists on one page: what each line says, in what order, and at what cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.actions import end_edition, publish_story
from articles.actions.list_times import DRAFT, When
from articles.models import Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.page import Element, page
from tests.story_form import desk
from tests.story_lists import a_list, an_edition, item

HOUR = timedelta(hours=1)
URL = reverse("admin:articles_storylist_changelist")


@pytest.fixture(autouse=True)
def monday_noon(reading_at):
    reading_at(MONDAY + 3 * HOUR)


def opened(user, **query) -> Element:
    response = desk(user).get(URL, query)
    assert response.status_code == 200
    return page(response).one("div", id="content-main")


def lines(document: Element) -> list[str]:
    return [line.one("h3").text for line in document.all("li", "list-line")]


def line(document: Element, name: str) -> Element:
    (found,) = [line for line in document.all("li", "list-line") if line.one("h3").text == name]
    return found


def test_lists_stand_by_place_in_page_order(cast):
    """Front page first; within a place by the order on the page, and lists of all pages before those of a section."""
    a_list(name="下方", place="below", slot="related")
    a_list(name="要闻头条", place="section", scope=a_section())
    a_list(name="首页次条", slot="second", order=20)
    a_list(name="首页头条", slot="lead", order=10)
    a_list(name="旁边", place="beside")
    a_list(name="各栏目头条", place="section")
    document = opened(cast.list_editor)
    assert lines(document) == ["首页头条", "首页次条", "各栏目头条", "要闻头条", "旁边", "下方"]
    headings = [heading.text for heading in document.all("h2")]
    assert headings == ["Front page", "Section front", "Beside a story", "Below a story"]


def test_line_says_what_readers_have_and_what_is_not_shown(cast):
    """The first headlines as readers see them; a story that is not live waits."""
    live, own = a_publication("松岭县新开专车", at=MONDAY), a_publication("桥头镇修路", at=MONDAY)
    waiting = a_story("还没有发")
    a_list(live, item(own, headline="桥头修路"), waiting, length=2)
    now = line(opened(cast.reporter), "首页头条").one("div", "line-now").text
    assert "松岭县新开专车" in now
    assert "桥头修路" in now
    assert "桥头镇修路" not in now
    assert "还没有发" not in now
    assert "1 not shown" in now


def test_line_says_what_comes_next_and_when(cast):
    """The soonest of what is planned, with what it will show then: a story that goes live with it among it."""
    planned = a_story("明早头条")
    publish_story(story=planned, by=OPERATOR, at=MONDAY + 24 * HOUR, now=MONDAY)
    row = a_list()
    an_edition(row, planned, when=When(start=MONDAY + 24 * HOUR))
    an_edition(row, when=When(start=MONDAY + 48 * HOUR))
    an_edition(row, when=DRAFT)
    coming = line(opened(cast.reporter), "首页头条").one("div", "line-next").text
    assert "3 Mar, 09:00" in coming
    assert "明早头条" in coming
    assert "2 planned · 1 draft" in coming


def test_special_is_marked_while_it_lasts(cast, reading_at):
    """It stands in the line until it ends; then the standing edition does."""
    row = a_list(item("/standing", headline="常规"))
    an_edition(row, item("/special", headline="特别"), when=When(now=True, special=True, end=MONDAY + 6 * HOUR))
    found = line(opened(cast.reporter), "首页头条")
    assert "is-special" in found.classes
    assert "特别" in found.text
    assert "until 2 Mar, 15:00" in found.text
    reading_at(MONDAY + 6 * HOUR)
    found = line(opened(cast.reporter), "首页头条")
    assert "is-special" not in found.classes
    assert "常规" in found.text


def test_list_without_an_edition_in_force_is_marked(cast):
    """Its place on the site is empty."""
    row = a_list()
    end_edition(edition=row.editions.get(), by=OPERATOR, now=MONDAY + HOUR)
    assert "the place is empty" in line(opened(cast.reporter), "首页头条").text


@pytest.mark.parametrize(
    ("typed", "found"),
    [("头条", ["首页头条", "要闻头条"]), ("要闻", ["要闻头条"]), ("春运", ["专题旁"]), ("没有", []), ("\x00", None)],
)
def test_lists_are_found_by_name_and_scope(cast, typed, found):
    a_list(name="首页头条")
    a_list(name="要闻头条", place="section", scope=a_section())
    a_list(name="专题旁", place="beside", scope=Topic.objects.create(name="春运", slug="spring"))
    document = opened(cast.reporter, q=typed)
    assert lines(document) == (found if found is not None else ["首页头条", "要闻头条", "专题旁"])


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40, "\x00"])
def test_pages_that_are_none_lead_to_one_that_is(cast, number):
    a_list()
    assert lines(opened(cast.reporter, p=number)) == ["首页头条"]


def test_ways_are_offered_to_those_who_may_go_them(cast):
    """Everybody opens a list; its editors edit; who makes lists makes another."""
    a_list()
    reader, editor, chief = (opened(getattr(cast, who)) for who in ("reporter", "list_editor", "chief_editor"))
    assert [link.text for link in reader.all("a", "list-button") if link.text.startswith(("Edit", "New"))] == []
    assert [link.text for link in editor.all("a", "list-button") if link.text.startswith(("Edit", "New"))] == [
        "Edit now",
        "New edition",
    ]
    assert reverse("admin:articles_storylist_add") in [link.attributes["href"] for link in chief.all("a")]
    assert reverse("admin:articles_storylist_add") not in [link.attributes["href"] for link in editor.all("a")]


def test_overview_is_for_the_desk(cast, client):
    """Somebody without a role, and without a login."""
    assert desk(cast.outsider).get(URL).status_code == 403
    assert client.get(URL).status_code == 302


@pytest.mark.parametrize("count", [1, 30])
def test_overview_costs_the_same_for_many_lists(cast, django_assert_num_queries, count):
    """And for many editions that are over; four of the queries are for the checks of the lists."""
    story = a_publication(at=MONDAY)
    for number in range(count):
        row = a_list(story, name=f"列表{number}", slot=f"slot{number}")
        an_edition(row, story, now=MONDAY + HOUR)
        an_edition(row, when=When(start=MONDAY + 24 * HOUR), now=MONDAY + HOUR)
        an_edition(row, when=DRAFT, now=MONDAY + HOUR)
    client = desk(cast.list_editor)
    with django_assert_num_queries(17):
        assert client.get(URL).status_code == 200


def test_more_lists_than_a_page_holds_are_leafed_through(cast, monkeypatch):
    monkeypatch.setattr("articles.admin.lists.overview.LISTS_ON_A_PAGE", 2)
    for number in range(3):
        a_list(name=f"列表{number}", slot=f"slot{number}")
    assert lines(opened(cast.reporter)) == ["列表0", "列表1"]
    assert lines(opened(cast.reporter, p=2)) == ["列表2"]
