"""The time machine for staff: any public page at any minute, its addresses, its headers, its bar."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import get_script_prefix, reverse

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import Publication
from articles.views import time_machine
from articles.views.time_machine import Travel, address_at, moment_of_address
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import page
from tests.story_lists import a_list, an_edition

HOUR = timedelta(hours=1)


@pytest.fixture
def staff(cast) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.reporter)
    return client


def corrected(publication: Publication, headline: str, at: datetime) -> Publication:
    """The correction of a story, scheduled for `at`."""
    story = publication.story
    save_story(rows=story_rows(headline, story=story, section=story.section), by=OPERATOR, now=MONDAY)
    return publish_story(story=story, by=OPERATOR, at=at, change="correction", note="更正", now=MONDAY)


def test_address_of_a_page_at_a_moment():
    """UTC, whatever zone the moment is given in; a fraction of a second only where there is one."""
    assert address_at("/section/news/?before=1-1", MONDAY) == "/at/2026-03-02T01:00:00Z/section/news/?before=1-1"
    for moment in (MONDAY, MONDAY.replace(second=7, microsecond=120)):
        assert moment_of_address(address_at("/", moment).split("/")[2]) == moment


@pytest.mark.parametrize(
    "text",
    ["2026-02-30T00:00Z", "1899-12-31T23:59Z", "9001-01-01T00:00Z", "2026-03-02", "２０２６-03-02T00:00Z", "0", ""],
)
def test_what_is_no_moment(text):
    assert moment_of_address(text) is None


def test_future_page_has_the_stories_of_its_moment(staff):
    """What is not out yet, and what will be gone; the page of now stays as it is."""
    a_publication("今天的稿件")
    publish_story(story=a_story("明天的稿件"), by=OPERATOR, at=MONDAY + 24 * HOUR, until=MONDAY + 25 * HOUR, now=MONDAY)
    for path in ("/", "/section/news/"):
        at_its_time = staff.get(address_at(path, MONDAY + 24 * HOUR)).content.decode()
        assert "今天的稿件" in at_its_time
        assert "明天的稿件" in at_its_time
        main = page(staff.get(address_at(path, MONDAY + 25 * HOUR))).one("main")
        assert "明天的稿件" not in main.text, "an expired story came back"
        assert "明天的稿件" not in staff.get(path).content.decode()


def test_story_is_read_in_the_version_of_the_moment(staff):
    """To the second: before, from, between and after two versions that are scheduled."""
    first = a_publication("第一版", at=MONDAY)
    corrected(first, "第二版", MONDAY + 2 * HOUR)
    corrected(first, "第三版", MONDAY + 4 * HOUR)
    withdraw_story(story=first.story, by=OPERATOR, at=MONDAY + 6 * HOUR, note="撤下", now=MONDAY)
    path, second = first.get_absolute_url(), timedelta(seconds=1)
    for moment, status, headline in (
        (MONDAY - second, 404, "Page not found"),
        (MONDAY, 200, "第一版"),
        (MONDAY + 2 * HOUR - second, 200, "第一版"),
        (MONDAY + 2 * HOUR, 200, "第二版"),
        (MONDAY + 3 * HOUR, 200, "第二版"),
        (MONDAY + 4 * HOUR, 200, "第三版"),
        (MONDAY + 6 * HOUR, 410, "This story has been withdrawn"),
    ):
        response = staff.get(address_at(path, moment))
        assert response.status_code == status, moment
        document = page(response)
        assert document.one("h1").text == headline
        assert document.one("aside", css_class="time-machine")


def test_past_front_has_the_list_that_readers_had(staff):
    """An edition that was replaced is still there at its time, a story in the version of then."""
    kept, dropped = a_publication("留下的稿件"), a_publication("换下的稿件")
    corrected(kept, "更正后的稿件", MONDAY + HOUR)
    front = a_list(kept, dropped, now=MONDAY)
    an_edition(front, kept, now=MONDAY + HOUR)
    before = page(staff.get(address_at("/", MONDAY + HOUR / 2))).one("main").text
    after = page(staff.get(address_at("/", MONDAY + HOUR))).one("main").text
    assert "留下的稿件" in before
    assert "换下的稿件" in before
    assert "更正后的稿件" in after
    assert "换下的稿件" not in after


def test_links_of_a_page_stay_at_its_moment(staff):
    """One clicks through the site as it will be; the forms of the bar and the way back are plain."""
    publication = a_publication()
    prefix = address_at("", MONDAY)
    document = page(staff.get(address_at(publication.get_absolute_url(), MONDAY)))
    bar = document.one("aside", css_class="time-machine")
    own = {link.attributes["href"] for link in bar.all("a")}
    others = {a.attributes["href"] for a in document.all("a")} - own
    assert {href for href in others if not href.startswith((prefix, "#"))} == set()
    assert f"{prefix}/section/news/" in others
    assert bar.one("a", css_class="time-machine-now").attributes["href"] == publication.get_absolute_url()
    assert [form.attributes["action"] for form in bar.all("form")] == ["/at/"]
    assert staff.get(f"{prefix}/section/news/").status_code == 200


def test_page_of_another_moment_is_nobodys_address(staff):
    """Not kept, not indexed, without a canonical address; static files keep theirs, then and later."""
    publication = a_publication()
    for name in ("STATIC_URL", "MEDIA_URL"):
        django_settings.__dict__.pop(name, None)
    for path in (publication.get_absolute_url(), "/", "/nothing/"):
        response = staff.get(address_at(path, MONDAY + HOUR))
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "same-origin"
        assert "Cookie" in response["Vary"]
        document = page(response)
        assert document.all("link", rel="canonical") == []
        assert "https://news.example.org" not in document.one("main").text
        assert {meta.attributes["content"] for meta in document.all("meta", name="robots")} == {"noindex"}
        sheets = {sheet.attributes["href"] for sheet in document.all("link", rel="stylesheet")}
        assert [href for href in sheets if not re.match(r"/(static/|style-[0-9a-f]{12}\.css$)", href)] == []
    assert django_settings.STATIC_URL == "/static/"
    plain = staff.get(publication.get_absolute_url())
    assert page(plain).one("link", rel="canonical").attributes["href"].startswith("https://news.example.org/2026/")
    assert "time-machine" not in plain.content.decode()
    assert "noindex" not in plain.get("X-Robots-Tag", "")


def test_address_leads_to_the_right_one_and_stays_at_its_moment(staff):
    """A story under an old address, and an address without its last slash; never for good."""
    publication = a_publication()
    wrong = f"/2026/01/01/other-{publication.story_id}/"
    for path, target in (
        (wrong, publication.get_absolute_url()),
        ("/section/news", "/section/news/"),
        ("", "/"),
    ):
        a_section()
        response = staff.get(address_at(path, MONDAY))
        assert (response.status_code, response["Location"]) == (302, address_at(target, MONDAY))
        assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/articles/story/", "/admin/login/", "/admin", "/health/", "/preview/x/", "/at/"]
)
def test_what_has_no_other_moment_is_plain(staff, path):
    response = staff.get(address_at(path, MONDAY) + "?x=1")
    assert (response.status_code, response["Location"]) == (302, f"{path}?x=1")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_written_at_another_moment(staff, method):
    for path in ("/", "/admin/articles/story/add/", "/at/share/"):
        assert getattr(staff, method)(address_at(path, MONDAY)).status_code == 405


@pytest.mark.parametrize(
    "address",
    ["/at/2026-02-30T00:00:00Z/", "/at/x/", "/at/9999-01-01T00:00Z/section/news/", "/at/%00/", "/at/%FF/x",
     "/at/:::/", "/at//", "/at/.eJx:y:z/"],
)  # fmt: skip
def test_what_is_no_moment_is_answered_in_words(staff, address):
    for client in (staff, Client()):
        response = client.get(address)
        assert response.status_code == 404
        assert "Traceback" not in response.content.decode()


def test_prefix_of_addresses_comes_back_after_a_fault(staff, monkeypatch):
    """The thread goes on to serve others: their addresses must not begin with the moment."""
    before = get_script_prefix()
    monkeypatch.setattr("articles.views.time_machine_bar.changes_of_page", lambda *_: 1 / 0)
    staff.raise_request_exception = False
    assert staff.get(address_at("/", MONDAY)).status_code == 500
    assert get_script_prefix() == before
    assert reverse("articles:front") == "/"


@pytest.mark.parametrize("year", [1900, 1970, 9000])
def test_far_moments_are_answered(staff, year):
    a_publication()
    for path in ("/", "/section/news/"):
        assert staff.get(address_at(path, datetime(year, 1, 1, tzinfo=UTC))).status_code == 200


def test_prefix_of_one_thread_is_not_that_of_another():
    """While one page is made at another moment, other pages have their plain addresses."""
    with time_machine.script_prefix("/at/2026-03-02T01:00:00Z/"), ThreadPoolExecutor() as threads:
        assert reverse("articles:front") == "/at/2026-03-02T01:00:00Z/"
        assert threads.submit(reverse, "articles:front").result() == "/"


def test_desk_leads_into_the_time_machine(cast):
    """From its first page, from the head of every page, and from what is scheduled for a story."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.chief_editor)
    coming = publish_story(story=a_story("明天"), by=OPERATOR, at=MONDAY + 24 * HOUR, now=MONDAY)
    desk = page(client.get("/admin/"))
    assert desk.one("form", css_class="desk-time-machine").attributes["action"] == "/at/"
    assert desk.all("a", href="/at/")
    form = page(client.get(f"/admin/articles/story/{coming.story_id}/change/"))
    link = form.one("a", href=address_at(coming.get_absolute_url(), MONDAY + 24 * HOUR))
    assert page(client.get(link.attributes["href"])).one("h1").text == "明天"
    client.force_login(cast.outsider)
    assert not page(client.get("/admin/")).all("a", href="/at/")


@pytest.mark.parametrize(
    ("base", "url", "expected"),
    [
        ("/", "/topic/x/?a=1#b", "/at/2026-03-02T01:00:00Z/topic/x/?a=1#b"),
        ("/", "/", "/at/2026-03-02T01:00:00Z/"),
        ("/cat/", "/cat/topic/x/", "/cat/at/2026-03-02T01:00:00Z/topic/x/"),
        *((base, url, url) for base, url in [("/cat/", "/topic/x/"), ("/", "https://example.org/"), ("/", "//evil/")]),
        *(("/", url, url) for url in ("/at/2027-01-01T00:00Z/topic/x/", "/admin/", "/static/x.css", "/health/")),
    ],
)
def test_typed_address_of_a_page_stays_at_the_moment(rf, base, url, expected):
    """Where it leads to a public page of this site, which may lie under a path."""
    assert Travel(rf.get("/"), MONDAY, MONDAY, "/", base=base).staying(url) == expected


def test_address_in_a_list_stays_at_the_moment(staff):
    """One can walk on from a list; readers have the address as it was typed."""
    a_list("/section/news/")
    a_section()
    assert 'href="/section/news/"' in staff.get("/").content.decode()
    assert 'href="/at/2026-03-02T01:00:00Z/section/news/"' in staff.get(address_at("/", MONDAY)).content.decode()
