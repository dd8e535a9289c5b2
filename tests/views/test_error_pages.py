"""Answers to addresses of nothing: they help on, and tell nothing of what is not public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.actions import bin_story, publish_story, save_story, withdraw_story
from articles.models import StoryRows
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.page import Element, inline_code, outside_addresses, page, parsed

HOUR = timedelta(hours=1)
CANARY = "雎鸠"


def assert_helps(document: Element) -> None:
    """A search form, the front page, the archive; nothing inline and nothing from elsewhere."""
    forms = document.one("main").all("form", css_class="search-form")
    assert [form.attributes["action"] for form in forms] == ["/search/"]
    assert forms[0].one("input", name="q").attributes["type"] == "search"
    ways = [link.attributes["href"] for link in document.one(css_class="ways-on").all("a")]
    assert {"/", "/archive/"} <= set(ways)
    assert document.one("main").one("h1").text
    assert not inline_code(document)
    assert not outside_addresses(document)


def test_page_of_nothing_helps_on(db):
    """Also to the sections."""
    a_section()
    response = Client().get("/nothing/")
    document = page(response)
    assert response.status_code == 404
    assert_helps(document)
    assert document.one(css_class="ways-on").all("a", href="/section/news/")
    assert "noindex" in document.one("meta", name="robots").attributes["content"]


@pytest.mark.parametrize("kind", ["withdrawn", "taken down"])
def test_page_of_a_story_that_is_gone_helps_on(db, kind):
    until = MONDAY + HOUR / 2 if kind == "taken down" else None
    story = a_story(CANARY)
    publication = publish_story(story=story, by=OPERATOR, until=until, now=MONDAY)
    if kind == "withdrawn":
        withdraw_story(story=story, by=OPERATOR, note="说明", now=MONDAY)
    response = Client().get(publication.get_absolute_url())
    assert response.status_code == 410
    assert_helps(page(response))
    assert CANARY not in response.content.decode()


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html"])
def test_error_page_stands_without_a_request(template):
    """As Django renders it when it knows nothing of the request: without the database, too."""
    assert_helps(parsed(render_to_string(template)))


def test_page_of_a_fault_needs_no_database():
    """It is what readers see when there is none; the test has no access to it either."""
    assert_helps(parsed(render_to_string("500.html")))


def mistakes(address: str) -> list[str]:
    """Addresses of a story with something lost or glued to them on the way."""
    *_empty, words = address.strip("/").split("/")
    return [
        f"/{words}/",
        f"/{words}",
        f"/2026/{words}/",
        f"/2026/03/{words}/",
        f"{address}，",
        f"{address}快看",
        f"/{words}）",
    ]


def test_mistaken_address_of_a_story_leads_to_it(db):
    """Where both its words and its number are right."""
    address = a_publication().get_absolute_url()
    for path in mistakes(address):
        response = Client().get(path)
        assert (response.status_code, response["Location"]) == (302, address), path


@pytest.mark.parametrize("path", ["/松岭专车-{}/", "/2026/03/02/松岭-{}/", "/x-{}.html", "/2026/x-{}/amp/", "/-{}/"])
def test_address_with_the_number_of_a_story_links_it(db, path):
    """Where only the number is right, the reader decides."""
    publication = a_publication("三趟专车", language="en")
    response = Client().get(path.format(publication.story_id))
    assert response.status_code == 404
    link = page(response).one("main").one("a", href=publication.get_absolute_url())
    assert (link.text, link.attributes.get("lang")) == ("三趟专车", None)


@pytest.mark.parametrize("kind", ["draft", "scheduled", "withdrawn", "taken down", "binned", "retracted"])
def test_number_of_a_story_that_lists_do_not_lead_to_answers_as_any_other(db, kind):
    """Nobody learns by a number what there is: the page is that of a number that was never given."""
    until = MONDAY + HOUR / 2 if kind == "taken down" else None
    story = a_story(CANARY)
    if kind == "scheduled":
        publish_story(story=story, by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    elif kind == "binned":
        bin_story(story=story, by=OPERATOR, now=MONDAY)
    elif kind != "draft":
        publish_story(story=story, by=OPERATOR, until=until, now=MONDAY)
    if kind == "withdrawn":
        withdraw_story(story=story, by=OPERATOR, note=CANARY, now=MONDAY)
    if kind == "retracted":
        save_story(rows=StoryRows.stored(story), by=OPERATOR, now=MONDAY)
        publish_story(story=story, by=OPERATOR, change="retraction", note=CANARY, now=MONDAY)
    story.refresh_from_db()
    paths = ["/x-{}/", "/2026/x-{}/"] if kind == "retracted" else [f"/{story.slug}-{{}}/", "/x-{}/", "/2026/x-{}/"]
    for path in paths:
        hidden, absent = (Client().get(path.format(number)) for number in (story.pk, 987654))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content.replace(b"987654", str(story.pk).encode())


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/2026/03/02/", "/archive/2026/03/02/"),
        ("/2026/3/2/", "/archive/2026/03/02/"),
        ("/2026/03/", "/archive/2026/03/"),
        ("/2026/02/", "/archive/2026/02/"),
        *(
            (path, "")
            for path in ("/2026/03/03/", "/2026/04/", "/2026/02/30/", "/0000/01/01/", "/2025/01/01/", "/2026/")
        ),
    ],
)
def test_address_cut_off_behind_its_date_leads_to_the_archive(db, path, leads_to):
    """Where the archive has such a page."""
    a_publication(at=MONDAY - timedelta(days=10))
    response = Client().get(path)
    dated = [link.attributes["href"] for link in page(response).one("main").all("a")]
    assert response.status_code == 404
    assert [address for address in dated if address.startswith("/archive/2")] == ([leads_to] if leads_to else [])


@pytest.mark.parametrize(
    "path",
    [
        f"/{'x-1' * 5000}/",
        f"/{'-1' * 5000}/{'-1' * 5000}/x",
        f"/x-{'9' * 30}/",
        f"/x-{'9' * 18}/",
        "/x-１/",
        "/²/x-1/",
        "/x-1%0a/",
        "/%0a-1/",
        "/x-1/%ED%A0%80",
        "/x-1%00/",
        "//evil.example/x-1/",
        "/\\evil.example-1/",
        "/section/news-1/",
        "/topic/x-1/",
    ],
    ids=lambda path: ascii(path)[:30],
)
def test_address_that_means_harm_is_only_not_found(db, path):
    """No fault, no redirect to anywhere, nothing of it unescaped; and a section is no story."""
    publication = a_publication()
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code == 404
    if path.startswith(("/section", "/topic")):
        other = Client().get(path.replace("-1", f"-{publication.story_id}"))
        assert not page(other).one("main").all("a", href=publication.get_absolute_url())


def test_what_may_have_been_meant_costs_one_query(db):
    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get(path)
        return len(queries)

    publication = a_publication()
    assert cost(f"/x-{publication.story_id}/") == cost("/x-987654/") == cost("/2026/03/02/") == cost("/nothing/") + 1
