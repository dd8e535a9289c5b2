"""The archive: every story under the day it first went live, in the newsroom's zone, and nothing that is not public."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import StoryRows
from articles.views.archive import weekdays
from articles.views.archive_days import end_of, start_of
from articles.views.listing import PER_PAGE
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.page import Element, page

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOW = MONDAY + HOUR
CANARY = "雎鸠"


def document(path: str) -> Element:
    return page(Client().get(path)).one("main")


def calendar(path: str = "/archive/") -> dict[str, str]:
    """The days that lead somewhere: address and what the link says."""
    return {link.attributes["href"]: link.text for link in document(path).one("table").all("a")}


def headlines(path: str) -> list[str]:
    return [found.text for found in document(path).all(css_class="headline")]


def changed(publication, number: int, change: str = "correction") -> None:
    save_story(rows=StoryRows.stored(publication.story), by=OPERATOR, now=MONDAY)
    moment = MONDAY + number * timedelta(minutes=1)
    publish_story(story=publication.story, by=OPERATOR, change=change, note="注", now=moment)


# The calendar


def test_calendar_counts_the_stories_of_each_day():
    """A link where there are some; a correction counts under the first day only; what is retracted does not count."""
    first = a_publication("周一", at=MONDAY)
    a_publication("周一也", at=MONDAY)
    a_publication("周日", at=MONDAY - DAY)
    changed(first, 1)
    changed(a_publication("收回的", at=MONDAY - DAY), 1, "retraction")
    assert (
        calendar()
        == calendar("/archive/2026/03/")
        == {"/archive/2026/03/01/": "1 1 story", "/archive/2026/03/02/": "2 2 stories"}
    )


def test_calendar_is_a_table_of_weeks_that_begin_on_monday():
    """With a caption, a header for each day of the week, all days of the month in their columns, and today marked."""
    a_publication()
    table = document("/archive/2026/03/").one("table")
    assert "March 2026" in table.one("caption").text
    assert [(cell.attributes["abbr"], cell.text) for cell in table.all("th", scope="col")][::6] == [
        ("Monday", "Mon"),
        ("Sunday", "Sun"),
    ]
    rows = [row.all("td") for row in table.one("tbody").all("tr")]
    assert {len(row) for row in rows} == {7}
    assert [cell.text for cell in rows[0]] == ["", "", "", "", "", "", "1"]
    assert [int(cell.one("time").text) for row in rows for cell in row if cell.text] == list(range(1, 32))
    assert table.one("td", **{"aria-current": "date"}).one("time").attributes["datetime"] == "2026-03-02"


def test_months_with_stories_are_a_link_away_however_far(reading_at):
    """Over empty months, and years lead to their last month with stories."""
    for moment in (datetime(2019, 5, 5, tzinfo=UTC), datetime(2019, 11, 5, tzinfo=UTC), MONDAY - 40 * DAY):
        a_publication(at=moment)
    main = document("/archive/2025/06/")
    assert (main.one("a", rel="prev").attributes["href"], main.one("a", rel="next").attributes["href"]) == (
        "/archive/2019/11/",
        "/archive/2026/01/",
    )
    years = main.one("nav", css_class="archive-years").all("a")
    assert [(year.text, year.attributes["href"]) for year in years] == [
        ("2026", "/archive/2026/01/"),
        ("2019", "/archive/2019/11/"),
    ]
    assert not document("/archive/2019/05/").all("a", rel="prev")
    assert not document("/archive/").all("a", rel="next")


def test_archive_may_be_as_old_as_newspapers_are():
    """Its days are there; of its years the newest hundred are offered."""
    for year in (1872, 1950, 2024):
        a_publication(f"{year}年", at=MONDAY.replace(year=year))
    a_publication()
    years = document("/archive/").one("nav", css_class="archive-years").all("a")
    assert [year.text for year in years] == ["2026", "2024", "1950"]
    assert headlines("/archive/1872/03/02/") == ["1872年"]
    assert document("/archive/1872/03/").one("a", rel="next").attributes["href"] == "/archive/1950/03/"


def test_archive_without_stories_says_so():
    main = document("/archive/")
    assert not main.one("table").all("a")
    assert "No stories in this month." in main.text


def test_month_without_stories_is_nothing_to_be_found_by():
    """The archive itself is, also while its month has none."""
    a_publication(at=MONDAY - 70 * DAY)
    robots = {
        path: page(Client().get(path)).one("meta", name="robots").attributes["content"]
        for path in ("/archive/2026/01/", "/archive/2025/12/", "/archive/")
    }
    assert robots["/archive/2026/01/"] == "noindex"
    assert "noindex" not in robots["/archive/2025/12/"] + robots["/archive/"]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Havana", "UTC"])
def test_story_of_the_first_year_is_in_no_calendar(settings, zone):
    """That year has no moment in every zone: the archive begins after it, and no page of it fails or leads there."""
    settings.TIME_ZONE = zone
    first = a_publication("元年的", at=datetime(1, 6, 5, tzinfo=UTC))
    assert not document("/archive/").all("nav", css_class="archive-years")
    assert Client().get("/archive/0001/06/05/").status_code == 404
    a_publication("今天的", at=MONDAY)
    a_publication("去年的", at=MONDAY.replace(year=2025, hour=12))
    main = document("/archive/2025/03/")
    assert [year.text for year in main.one("nav", css_class="archive-years").all("a")] == ["2026", "2025"]
    assert not main.all("a", rel="prev")
    assert not document("/archive/2025/03/02/").all("a", rel="prev")
    assert Client().get(first.get_absolute_url()).status_code == 200


def test_single_year_is_offered_from_elsewhere_only():
    """Its own months need no choice of one; the archive of this year, which has no story yet, leads there."""
    a_publication(at=MONDAY.replace(year=2025))
    assert not document("/archive/2025/03/").all("nav", css_class="archive-years")
    elsewhere = document("/archive/").one("nav", css_class="archive-years")
    assert [year.text for year in elsewhere.all("a")] == ["2025"]


# A day


def test_day_shows_its_stories_newest_first_whatever_came_after():
    """A story stands under the day it first went live, in its present version."""
    first = a_publication("一点", at=MONDAY - DAY)
    a_publication("两点", at=MONDAY - DAY + HOUR)
    changed(first, 1)
    assert headlines("/archive/2026/03/01/") == ["两点", "一点"]
    assert "/archive/2026/03/02/" not in calendar()


@pytest.mark.parametrize(
    ("zone", "path", "hours"),
    [
        ("Europe/Berlin", "2026/03/29", 23),
        ("Europe/Berlin", "2025/10/26", 25),
        ("America/Sao_Paulo", "2018/11/04", 23),
        ("America/Havana", "2025/11/02", 25),
        ("Asia/Shanghai", "2026/03/01", 24),
    ],
)
def test_day_is_as_long_as_the_clocks_make_it(settings, reading_at, zone, path, hours):
    """Its first and last moment belong to it, and those beside do not; where clocks skip or repeat midnight too."""
    settings.TIME_ZONE = zone
    reading_at(MONDAY + 60 * DAY)
    day = date.fromisoformat(path.replace("/", "-"))
    start, end = start_of(day), end_of(day)
    assert (end - start) / HOUR == hours
    tick = timedelta(microseconds=1)
    for headline, moment in {"前": start - tick, "首": start, "末": end - tick, "后": end}.items():
        a_publication(headline, at=moment)
    assert headlines(f"/archive/{path}/") == ["末", "首"]
    assert calendar(f"/archive/{path[:7]}/")[f"/archive/{path}/"] == f"{day.day} 2 stories"


def test_leafing_through_a_day_shows_every_story_once():
    """Also when all went live in the same moment; and never those of the day before."""
    a_publication("昨天", at=MONDAY - DAY)
    expected = [a_publication(f"第{number}篇").content.headline for number in range(2 * PER_PAGE + 3)][::-1]
    seen, address = [], "/archive/2026/03/02/"
    while address:
        main = document(address)
        seen += [found.text for found in main.all(css_class="headline")]
        older = [link for nav in main.all("nav", css_class="older") for link in nav.all("a", rel="next")]
        address = "/archive/2026/03/02/" + older[0].attributes["href"] if older else ""
    assert seen == expected
    assert Client().get("/archive/2026/03/02/?before=1-1").status_code == 404


def test_empty_day_leads_to_the_nearest_days_with_stories():
    """It is there, since a calendar has it; search engines leave it out."""
    a_publication(at=MONDAY - 9 * DAY)
    a_publication(at=MONDAY)
    response = Client().get("/archive/2026/02/26/")
    main = page(response).one("main")
    assert response.status_code == 200
    assert "No stories on this day." in main.text
    assert (main.one("a", rel="prev").attributes["href"], main.one("a", rel="next").attributes["href"]) == (
        "/archive/2026/02/21/",
        "/archive/2026/03/02/",
    )
    assert "noindex" in page(response).one("meta", name="robots").attributes["content"]


# What is not there


@pytest.mark.parametrize(
    "path",
    [
        *(
            "2026/02/31",
            "2026/13/01",
            "2026/00/10",
            "2026/03/00",
            "0000/01/01",
            "0001/01/01",
            "9999/12/31",
            "2026/03/03",
        ),
        *("0000/01", "0001/01", "2026/13", "2026/00", "9999/12", "2026/04", "1999/01", "1999/01/01"),
        *("2026/03/03", "2026/3/2", "２０２６/03/02", "2026", "2026/03/02/01", "2026/03/-1", "2026/03/%00"),
    ],
)
def test_date_that_is_none_is_not_found(path):
    """One that no calendar has, before the first story, in the future, or written otherwise: with the ways on."""
    a_publication(at=MONDAY)
    response = Client(raise_request_exception=False).get(f"/archive/{path}/")
    assert response.status_code == 404
    assert page(response).one(css_class="ways-on").all("a", href="/archive/")


def hide(kind: str) -> None:
    """A story with the canary that lists do not lead to."""
    if kind == "draft":
        a_story(CANARY)
    elif kind == "scheduled":
        publish_story(story=a_story(CANARY), by=OPERATOR, at=NOW + HOUR, now=MONDAY)
    elif kind == "withdrawn":
        withdraw_story(story=a_publication(CANARY, at=MONDAY - DAY).story, by=OPERATOR, note="x", now=MONDAY)
    elif kind == "taken down":
        until = MONDAY - DAY + HOUR
        publish_story(story=a_story(CANARY), by=OPERATOR, until=until, now=MONDAY - DAY)
    elif kind == "retracted":
        changed(a_publication(CANARY, at=MONDAY - DAY), 1, "retraction")


@pytest.mark.parametrize("kind", ["draft", "scheduled", "withdrawn", "taken down", "retracted"])
def test_what_is_not_public_is_neither_named_nor_counted(kind):
    """No page of the archive differs from that of an archive without it."""
    a_publication("公开的", at=MONDAY - 5 * DAY)
    paths = [f"/archive/{path}" for path in ("", "2026/02/", "2026/03/", "2026/02/25/", "2026/03/01/", "2026/03/02/")]
    without = [Client().get(path).content for path in paths]
    hide(kind)
    assert [Client().get(path).content for path in paths] == without


def test_archive_of_hidden_stories_alone_is_an_empty_one():
    """Neither the month nor the day of what is scheduled, or was withdrawn, is there."""
    withdraw_story(story=a_publication(CANARY, at=MONDAY - 40 * DAY).story, by=OPERATOR, note="x", now=MONDAY)
    publish_story(story=a_story(CANARY), by=OPERATOR, at=NOW + HOUR, now=MONDAY)
    assert not calendar()
    for path in ("2026/01", "2026/01/21", "2026/03/02"):
        assert Client().get(f"/archive/{path}/").status_code == 404


# What it costs


@pytest.mark.parametrize(("path", "queries"), [("/archive/", 6), ("/archive/2026/03/", 6), ("/archive/2026/03/02/", 5)])
@pytest.mark.parametrize("make", ["one", "thirty", "corrected"])
def test_page_costs_the_same_with_few_and_many(django_assert_num_queries, reading_at, path, queries, make):
    for number in range(30 if make == "thirty" else 1):
        publication = a_publication(at=MONDAY)
        a_publication(at=MONDAY - number * 31 * DAY)
    if make == "corrected":
        reading_at(MONDAY + 23 * HOUR)
        for number in range(1, 51):
            changed(publication, number)
    with django_assert_num_queries(queries):
        assert Client().get(path).status_code == 200


def test_days_of_the_week_are_short_enough_for_a_phone():
    """In Chinese, which Django does not abbreviate, by their one character that differs; in full for those who ask."""
    with override("zh-hans"):
        assert weekdays()[::6] == [("一", "星期一"), ("日", "星期日")]
    with override("en"):
        assert weekdays()[::6] == [("Mon", "Monday"), ("Sun", "Sunday")]
