"""robots.txt, security.txt and tdmrep.json."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from django.test import Client

from articles.models import SiteIdentity
from tests.builders import MONDAY

SITE = "https://news.example.org"

pytestmark = pytest.mark.django_db


def lines(path: str) -> list[tuple[str, str]]:
    """The fields of a text file, in order."""
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return [tuple(line.split(": ", 1)) for line in response.content.decode().splitlines() if line]


def test_robots_are_kept_from_what_is_no_reading_matter():
    """The desk, previews, other moments and results of searches, in either script; the sitemaps are told of."""
    assert lines("/robots.txt") == [
        ("User-agent", "*"),
        ("Disallow", "/admin/"),
        ("Disallow", "/preview/"),
        ("Disallow", "/at/"),
        ("Disallow", "/search/"),
        ("Disallow", "/zh-hant/search/"),
        ("Sitemap", f"{SITE}/sitemap.xml"),
        ("Sitemap", f"{SITE}/sitemap-news.xml"),
    ]


def test_robots_file_is_the_same_at_another_moment(cast):
    """Its addresses do not begin with that moment."""
    client = Client()
    client.force_login(cast.editor)
    travelled = client.get("/at/2026-03-02T01:30:00Z/robots.txt", follow=True)
    assert travelled.content == Client().get("/robots.txt").content


def test_robots_file_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get("/robots.txt")


def test_without_a_contact_there_is_no_security_file():
    """A file that names nobody is not valid."""
    assert Client().get("/.well-known/security.txt").status_code == 404
    SiteIdentity.objects.create(pk=1, contact_email="desk@example.org")
    assert Client().get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("address", ["security@example.org", "a+b#c%d@example.org"])
def test_security_file_says_whom_to_write_to(address):
    """As RFC 9116 has it: an address as URI, languages, and where the file itself is."""
    SiteIdentity.objects.create(pk=1, security_contact=address)
    found = dict(lines("/.well-known/security.txt"))
    assert unquote(found["Contact"]) == f"mailto:{address}"
    assert found["Contact"].count("%") == (2 if "#" in address else 0)
    assert found["Preferred-Languages"] == "en, zh"
    assert found["Canonical"] == f"{SITE}/.well-known/security.txt"
    assert set(found) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}


def test_security_file_ends_within_a_year_and_changes_once_a_day(reading_at):
    """In RFC 3339; whoever watches it sees no change that is none, whatever the hour of the newsroom's day."""
    SiteIdentity.objects.create(pk=1, security_contact="security@example.org")
    seen = []
    for hours in (-1, 0, 22):
        at = MONDAY + timedelta(hours=hours)
        reading_at(at)
        seen.append(dict(lines("/.well-known/security.txt"))["Expires"])
        assert seen[-1].endswith("Z")
        assert timedelta(days=300) < datetime.fromisoformat(seen[-1]) - at < timedelta(days=365)
    assert seen == [*["2027-03-01T00:00:00Z"] * 3]
    reading_at(datetime(2026, 3, 3, tzinfo=UTC))
    assert dict(lines("/.well-known/security.txt"))["Expires"] == "2027-03-02T00:00:00Z"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {"tdm-reservation": 1}),
        (
            {"data_mining_policy": "https://news.example.org/page/tdm/"},
            {"tdm-reservation": 1, "tdm-policy": "https://news.example.org/page/tdm/"},
        ),
        (
            {"reserves_data_mining": False, "data_mining_policy": "https://news.example.org/page/tdm/"},
            {"tdm-reservation": 0},
        ),
    ],
)
def test_reservation_of_the_site_is_declared(values, expected):
    """As the TDM Reservation Protocol has it; a policy stands only beside a reservation."""
    SiteIdentity.objects.create(pk=1, **values)
    response = Client().get("/.well-known/tdmrep.json")
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content) == [{"location": "/", **expected}]


def test_without_an_identity_mining_is_reserved():
    """Nobody has to have chosen it."""
    assert json.loads(Client().get("/.well-known/tdmrep.json").content)[0]["tdm-reservation"] == 1


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/security.txt", "/.well-known/tdmrep.json"])
def test_file_that_has_not_changed_is_not_sent_again(path):
    SiteIdentity.objects.create(pk=1, security_contact="security@example.org")
    etag = Client().get(path)["ETag"]
    assert Client().get(path, headers={"if-none-match": etag}).status_code == 304
    assert Client().get(path, headers={"if-none-match": '"other"'}).status_code == 200
