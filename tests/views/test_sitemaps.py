"""The addresses of sitemaps: what they answer, when nothing changed, and at other moments."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.http import http_date

from articles.actions import publish_story, withdraw_story
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.syndication.sitemap_documents import assert_valid, entries

HOUR = timedelta(hours=1)
NOW = MONDAY + HOUR
SITE = "https://news.example.org"
FILES = ["/sitemap.xml", "/sitemap-stories-0.xml", "/sitemap-pages.xml", "/sitemap-news.xml"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", FILES)
def test_sitemap_is_valid_xml_and_no_page_to_be_found(path):
    a_publication("<标题> & “引号”")
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex", "no-cache")
    assert all(entry.loc.startswith(f"{SITE}/") for entry in entries(response.content))
    if path != "/sitemap.xml":
        assert_valid(response.content)


def test_every_address_that_is_named_is_there():
    """From the index to its files, and from those to the pages."""
    a_publication()
    files = [entry.loc.removeprefix(SITE) for entry in entries(Client().get("/sitemap.xml").content)]
    assert sorted(files) == sorted(FILES[1:])
    for path in {entry.loc.removeprefix(SITE) for file in files for entry in entries(Client().get(file).content)}:
        assert Client().get(path).status_code == 200, path


@pytest.mark.parametrize(
    "path", ["/sitemap-stories-1.xml", "/sitemap-stories-00.xml", f"/sitemap-stories-{'9' * 12}.xml"]
)
def test_file_without_a_story_is_not_there(path):
    """An empty one would not be valid, and each has one address only."""
    a_publication()
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("path", FILES)
def test_what_has_not_changed_is_not_sent_again(path, reading_at):
    """Until something readers have changes, and then it is: also where only something went."""
    a_publication("在")
    gone = a_publication("撤下")
    first = Client().get(path)
    reading_at(NOW + HOUR)
    again = Client().get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    withdraw_story(story=gone.story, by=OPERATOR, note="不实", now=NOW + HOUR)
    a_publication("新", at=NOW + HOUR)
    assert Client().get(path, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_file_of_stories_says_when_it_changed(reading_at):
    """By the date alone as well: at the moment of a withdrawal, too, and never for what is still to come."""
    a_publication("在")
    gone = a_publication("撤下")
    path, since = FILES[1], {"if-modified-since": http_date(MONDAY.timestamp())}
    withdraw_story(story=gone.story, by=OPERATOR, at=NOW + HOUR, note="不实", now=NOW)
    response = Client().get(path)
    assert response["Last-Modified"] == http_date(MONDAY.timestamp())
    assert Client().get(path, headers=since).status_code == 304
    reading_at(NOW + 2 * HOUR)
    assert Client().get(path, headers=since).status_code == 200


def test_within_the_second_of_a_change_no_date_is_given(reading_at):
    """Something else may change in the same second, and a date could not tell."""
    a_publication()
    for later, dated in ((timedelta(microseconds=999_999), False), (timedelta(seconds=1), True)):
        reading_at(MONDAY + later)
        assert ("Last-Modified" in Client().get(FILES[1]).headers) == dated


@pytest.mark.parametrize("path", FILES)
def test_what_is_to_come_changes_nothing(path):
    """Not the text, not a date, not the validators: they are the same with it and without."""
    publication = a_publication()
    before = Client().get(path)
    publish_story(story=a_story("将来"), by=OPERATOR, at=NOW + HOUR, now=NOW)
    withdraw_story(story=publication.story, by=OPERATOR, at=NOW + 2 * HOUR, note="不实", now=NOW)
    after = Client().get(path)
    assert (after.content, dict(after.headers)) == (before.content, dict(before.headers))


def test_another_moment_names_the_addresses_of_the_site_itself(cast, reading_at):
    """Staff see the sitemap of that moment; its addresses are those that search engines would have got."""
    a_publication("一")
    later = a_publication("二", at=NOW)
    reading_at(NOW + HOUR)
    client = Client()
    client.force_login(cast.editor)
    for path in FILES:
        response = client.get(f"/at/2026-03-02T01:30:00Z{path}", follow=True)
        named = [entry.loc for entry in entries(response.content)]
        assert response.status_code == 200
        assert not [address for address in named if "/at/" in address]
        assert SITE + later.get_absolute_url() not in named
        assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("path", "queries"), list(zip(FILES, (7, 2, 5, 2), strict=True)))
@pytest.mark.parametrize("count", [1, 3])
def test_sitemap_costs_few_queries(path, queries, count, django_assert_num_queries):
    """However many stories there are. The news file reads what the site is called."""
    for number in range(count):
        a_publication(f"标题{number}")
    with django_assert_num_queries(queries):
        Client().get(path)
