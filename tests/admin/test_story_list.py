"""The list of stories: what a row says, what filters and search find, and that it costs the same in any archive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.actions import publish_story, save_story, withdraw_story
from articles.admin.bounded_paginator import BoundedPaginator
from articles.models import Story
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import inline_code, outside_addresses, page
from tests.story_form import desk

DAY = timedelta(days=1)
# Wednesday 2026-03-04, 10:00 in Beijing.
WEDNESDAY = MONDAY + 2 * DAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def wednesday_morning(reading_at):
    reading_at(WEDNESDAY)


@pytest.fixture
def editor(cast):
    return desk(cast.chief_editor)


def listed(client, **parameters: str) -> list[str]:
    """The headlines the list shows."""
    response = client.get(reverse("admin:articles_story_changelist"), parameters)
    assert response.status_code == 200
    return [cell.one("a").text for cell in page(response).all(css_class="field-headline_and_link")]


def row_of(client, headline: str) -> dict[str, str]:
    """The cells of one story's row, by column."""
    document = page(client.get(reverse("admin:articles_story_changelist")))
    for row in document.all("tr"):
        if any(link.text == headline for link in row.all("a")):
            return {
                name.removeprefix("field-"): cell.text
                for cell in [*row.all("th"), *row.all("td")]
                for name in cell.classes
                if name.startswith("field-")
            }
    raise AssertionError(f"{headline} is not listed")


def test_row_says_who_when_where_and_what_readers_see(editor, cast):
    """Times are the newsroom's; the column's heading names the zone."""
    story = a_story("有引题的稿子", kicker="春运", by=cast.chief_editor, section=a_section("经济", "economy"))
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    assert row_of(editor, "有引题的稿子") == {
        "headline_and_link": "春运 有引题的稿子",
        "status": "live",
        "section": "经济",
        "last_changed_by": "Tang",
        "last_changed": "2 Mar, 09:00",
    }
    heading = page(editor.get(reverse("admin:articles_story_changelist"))).text
    assert "last changed (Beijing time)".lower() in heading.lower()


def test_row_tells_every_status(editor):
    names = ("草稿", "已下线", "撤回", "定时", "改过", "改过且定时", "失实")
    draft, ended, withdrawn, planned, changed, both, taken_back = (a_story(name) for name in names)
    publish_story(story=ended, by=OPERATOR, at=MONDAY, until=MONDAY + DAY, now=MONDAY)
    publish_story(story=withdrawn, by=OPERATOR, now=MONDAY)
    withdraw_story(story=withdrawn, by=OPERATOR, note="x", now=MONDAY + DAY)
    publish_story(story=planned, by=OPERATOR, at=MONDAY + 5 * DAY, now=MONDAY)
    for story in (changed, both):
        publish_story(story=story, by=OPERATOR, now=MONDAY)
        rows = story_rows(story.headline, story=story, section=story.section, summary="新")
        save_story(rows=rows, by=OPERATOR, now=MONDAY)
    publish_story(story=both, by=OPERATOR, at=MONDAY + 6 * DAY, change="minor", now=MONDAY)
    publish_story(story=taken_back, by=OPERATOR, now=MONDAY)
    publish_story(story=taken_back, by=OPERATOR, change="retraction", note="x", now=MONDAY + DAY)
    assert row_of(editor, "失实")["status"] == "retracted"
    assert row_of(editor, draft.headline)["status"] == "draft"
    assert row_of(editor, "已下线")["status"] == "taken down"
    assert row_of(editor, "撤回")["status"] == "withdrawn"
    assert row_of(editor, "定时")["status"] == "scheduled · next: 7 Mar, 09:00"
    assert row_of(editor, "改过")["status"] == "live · unpublished changes"
    assert row_of(editor, "改过且定时")["status"] == "live · next: 8 Mar, 09:00"


def test_list_is_newest_first(editor):
    for number in range(3):
        a_story(f"第{number}篇", now=MONDAY + number * DAY)
    assert listed(editor) == ["第2篇", "第1篇", "第0篇"]


# Filters


@pytest.fixture
def of_every_status(db) -> None:
    a_story("草稿")
    a_publication("在线")
    withdraw_story(story=a_publication("撤回").story, by=OPERATOR, note="x", now=MONDAY)
    publish_story(story=a_story("定时"), by=OPERATOR, at=WEDNESDAY + DAY, now=MONDAY)
    publish_story(story=a_publication("在线且定时").story, by=OPERATOR, at=WEDNESDAY + DAY, note="更正", now=MONDAY)
    publish_story(story=a_story("已下线"), by=OPERATOR, at=MONDAY, until=MONDAY + DAY, now=MONDAY)
    retracted = a_publication("声明撤回").story
    publish_story(story=retracted, by=OPERATOR, change="retraction", note="失实", now=MONDAY + DAY)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", {"草稿"}),
        ("live", {"在线", "在线且定时", "声明撤回"}),
        ("scheduled", {"定时", "在线且定时"}),
        ("retracted", {"声明撤回"}),
        ("withdrawn", {"撤回"}),
        ("nonsense", {"草稿", "在线", "撤回", "定时", "在线且定时", "已下线", "声明撤回"}),
    ],
)
@pytest.mark.usefixtures("of_every_status")
def test_status_filter_finds_what_readers_see_now(editor, status, expected):
    assert set(listed(editor, status=status)) == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"changed": "today"}, {"今天零点"}),
        ({"changed": "week"}, {"今天零点", "周一零点"}),
        ({"changed": "month"}, {"今天零点", "周一零点", "周日深夜", "一日零点"}),
        ({"changed_from": "2026-03-01", "changed_until": "2026-03-01"}, {"一日零点", "周日深夜"}),
        ({"changed_from": "2026-03-02"}, {"今天零点", "周一零点"}),
        ({"changed_until": "2026-02-28"}, {"上月深夜"}),
        ({"changed_from": "2026-03-05", "changed_until": "2026-03-01"}, set()),
    ],
)
def test_changed_filter_counts_days_in_the_newsrooms_zone(editor, parameters, expected):
    """A day, a week and a month begin at midnight in Beijing, whatever the server's zone."""
    midnight = MONDAY - timedelta(hours=9)
    for headline, moment in {
        "今天零点": midnight + 2 * DAY,
        "周一零点": midnight,
        "周日深夜": midnight - timedelta(minutes=1),
        "一日零点": midnight - DAY,
        "上月深夜": midnight - DAY - timedelta(minutes=1),
    }.items():
        a_story(headline, now=moment)
    assert set(listed(editor, **parameters)) == expected


@pytest.mark.parametrize(
    "parameters",
    [
        {"changed": "yesterday"},
        {"changed_from": "gestern"},
        {"changed_from": "2026-02-30"},
        {"changed_until": "9999-12-31"},
        {"changed_from": "0001-01-01"},
        {"changed_from": "\x00"},
        {"section": "news"},
        {"section": "9" * 30},
        {"section": "-1"},
        {"section": "²"},
        {"who": "somebody"},
        {"status": "\x00"},
    ],
    ids=str,
)
def test_filter_value_that_makes_no_sense_filters_nothing(editor, parameters):
    a_story("一篇")
    assert listed(editor, **parameters) == ["一篇"]


def test_section_filter_shows_one_section(editor):
    a_story("要闻稿")
    a_story("经济稿", section=a_section("经济", "economy"))
    assert listed(editor, section=str(a_section("经济", "economy").pk)) == ["经济稿"]
    assert listed(editor, section=str(987_654)) == []


def test_who_filter_shows_what_the_user_changed_last(editor, cast):
    a_story("我的", by=cast.chief_editor)
    a_story("别人的", by=cast.reporter)
    assert listed(editor, who="me") == ["我的"]


def test_range_form_keeps_the_other_filters(editor):
    """The dates are a form of their own: what is filtered already stays filtered, the page number does not."""
    response = editor.get(
        reverse("admin:articles_story_changelist"), {"status": "draft", "changed_from": "2026-03-01", "p": "1"}
    )
    form = page(response).one("form", css_class="date-range")
    fields = {element.attributes["name"]: element.attributes.get("value", "") for element in form.all("input")}
    assert fields == {"status": "draft", "changed_from": "2026-03-01", "changed_until": ""}


def test_links_of_a_filter_keep_the_others(editor):
    response = editor.get(reverse("admin:articles_story_changelist"), {"status": "draft", "changed": "week"})
    links = [link.attributes["href"] for link in page(response).one(id="changelist-filter").all("a")]
    assert "?changed=today&status=draft" in links
    assert "?changed=week&status=live" in links


# Search


def test_search_finds_words_of_the_story(editor):
    """Also two characters of the body, in either script, and nothing where nothing is asked."""
    a_story("甲", opening="<p>松岭大桥今天通车</p>")
    a_story("乙", opening="<p>別的事情</p>")
    assert listed(editor, q="大桥") == ["甲"]
    assert listed(editor, q="大橋 通车") == ["甲"]
    assert listed(editor, q="没有") == []
    assert set(listed(editor, q="  ")) == {"甲", "乙"}


def test_search_goes_together_with_filters(editor):
    a_story("甲", opening="<p>大桥</p>")
    a_publication("乙", opening="<p>大桥</p>")
    assert listed(editor, q="大桥", status="live") == ["乙"]


# Crafted addresses


@pytest.mark.parametrize("name", ["headline__contains", "created_by__password__startswith", "internal_note__regex"])
def test_lookup_that_is_no_filter_is_refused(editor, name):
    """Nobody asks the database by address what no filter offers: neither for secrets nor for slow answers."""
    a_story("一篇")
    response = editor.get(reverse("admin:articles_story_changelist"), {name: "a"})
    assert response.status_code == 400


# Cost


# Session, user, two of permissions, sections for the filter, count, page, publications; and what a search finds, or
# which stories are scheduled, is read once and apart, so that the rest stays on an index.
QUERIES = 9


@pytest.mark.parametrize(
    ("parameters", "queries"),
    [
        ({}, QUERIES),
        ({"status": "live"}, QUERIES),
        ({"changed": "month"}, QUERIES),
        ({"who": "me"}, QUERIES),
        ({"q": "新开"}, QUERIES + 1),
        ({"status": "scheduled"}, QUERIES + 1),
    ],
    ids=str,
)
@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_with_one_story_and_thirty(
    editor, cast, django_assert_num_queries, count, parameters, queries
):
    """Whatever stands in the rows."""
    for number in range(count):
        story = a_story(f"新开{number}", by=cast.chief_editor)
        publish_story(story=story, by=OPERATOR, now=MONDAY)
        publish_story(story=story, by=OPERATOR, at=WEDNESDAY + DAY, note="更正", now=MONDAY)
    editor.get(reverse("admin:articles_story_changelist"))
    with django_assert_num_queries(queries):
        assert len(listed(editor, **parameters)) == count


def test_list_never_counts_further_than_its_bound(editor, monkeypatch):
    """Counting stops at a bound, so the last page is always near; it says so by having no further one."""
    monkeypatch.setattr(BoundedPaginator, "MOST", 4)
    monkeypatch.setattr("articles.admin.story_list.StoryListAdmin.list_per_page", 3)
    for number in range(6):
        a_story(f"第{number}篇", now=MONDAY + number * DAY)
    assert BoundedPaginator(Story.objects.order_by("pk"), 3).count == 4
    with CaptureQueriesContext(connection) as queries:
        assert listed(editor, p="1") == ["第5篇", "第4篇", "第3篇"]
    counting = [query["sql"] for query in queries if "COUNT(" in query["sql"]]
    assert counting
    assert all("LIMIT 4" in sql for sql in counting), counting
    assert listed(editor, p="2") == ["第2篇"]


def test_list_page_has_no_inline_code(editor):
    """The strict policy holds here: no editor, so nothing inline."""
    a_publication()
    response = editor.get(reverse("admin:articles_story_changelist"))
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not inline_code(page(response))
    assert not outside_addresses(page(response))
