"""The address of a story: found by its id, the same for ever, and only read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import publish_story, save_story
from articles.views.story import story as story_view
from tests.builders import MONDAY, OPERATOR, a_publication, story_rows
from tests.page import page

HOUR = timedelta(hours=1)


def test_address_is_found_by_id_and_made_canonical(client, db):
    """Whatever date and slug stand before the id."""
    publication = a_publication()
    address = publication.get_absolute_url()
    assert address == f"/2026/03/02/song-ling-xian-xin-kai-liang-tang-wu-gong-zhuan-che-{publication.story_id}/"
    for wrong in (
        f"/2026/3/2/song-ling-xian-xin-kai-liang-tang-wu-gong-zhuan-che-{publication.story_id}/",
        f"/1999/12/31/x-{publication.story_id}/",
        f"/9999/99/99/x-{publication.story_id}/",
        f"/0000/00/00/-{publication.story_id}/".replace("/-", "/a-"),
        f"/2026/03/02/x-{publication.story_id:018}/",
    ):
        response = client.get(wrong)
        assert (response.status_code, response["Location"]) == (301, address), wrong
    document = page(client.get(address))
    assert document.one("link", rel="canonical").attributes["href"] == f"https://news.example.org{address}"


def test_address_has_the_date_of_the_newsrooms_zone(client, db, reading_at):
    """A story of one o'clock at night in Beijing has Beijing's date, not Greenwich's."""
    night = MONDAY + timedelta(hours=16)
    reading_at(night + HOUR)
    assert a_publication(at=night).get_absolute_url().startswith("/2026/03/03/")


def test_address_stays_when_headline_and_time_change(client, db, reading_at):
    publication = a_publication("第一个标题")
    address = publication.get_absolute_url()
    rows = story_rows("另一个标题", story=publication.story, section=publication.story.section)
    save_story(rows=rows, by=OPERATOR, now=MONDAY + HOUR)
    publish_story(story=publication.story, by=OPERATOR, change="minor", now=MONDAY + 48 * HOUR)
    reading_at(MONDAY + 49 * HOUR)
    response = client.get(address)
    assert (response.status_code, page(response).one("h1").text) == (200, "另一个标题")


@pytest.mark.parametrize("path", ["/2026/03/02/x-1/", "/9999/99/99/x-1/", "/2026/03/02/x-999999999999999999/"])
def test_unknown_story_is_not_found(client, db, path):
    assert client.get(path).status_code == 404


def test_address_without_its_last_slash_is_completed(client, db):
    address = a_publication().get_absolute_url()
    response = client.get(address.rstrip("/"))
    assert (response.status_code, response["Location"]) == (301, address)


def test_only_reading_is_possible(db):
    """A post without the site's own form is refused before any view, one with it is told what is allowed."""
    from django.test import Client, RequestFactory

    address = a_publication().get_absolute_url()
    careful = Client(enforce_csrf_checks=True)
    assert careful.head(address).status_code == 200
    for method in ("post", "put", "patch", "delete"):
        assert getattr(careful, method)(address).status_code == 403
        assert story_view(getattr(RequestFactory(), method)(address)).status_code == 405
