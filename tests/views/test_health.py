"""/health/: for programs that watch the site."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.db import OperationalError

from articles.actions import publish_story
from articles.actions.list_times import When
from articles.actions.tick import tick
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.story_lists import a_list, an_edition

HOUR = timedelta(hours=1)
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday(reading_at):
    reading_at(MONDAY)


def test_site_that_works_is_ok(client):
    """The ticker ran a moment ago: all is well, and no cache may keep that."""
    tick(now=MONDAY - timedelta(minutes=1))
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "ticker": {"last_finished": "2026-03-02T00:59:00+00:00", "late": False, "overdue": 0},
    }
    assert "no-store" in answer.headers["Cache-Control"]


def test_site_without_a_ticker_is_degraded(client):
    """Readers notice nothing, so the answer is 200; what waits is counted."""
    a_publication(at=MONDAY - HOUR)
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["ticker"] == {"last_finished": None, "late": True, "overdue": 1}


def test_ticker_that_ran_long_ago_is_late(client):
    """Ten minutes without a run that ended."""
    tick(now=MONDAY - timedelta(minutes=11))
    assert client.get("/health/").json()["ticker"]["late"] is True


def test_database_that_does_not_answer_is_503(client, monkeypatch):
    """No page of errors and no words of the database."""

    def fail(at):
        raise OperationalError("password of newsroom at 10.0.0.1")

    # The package has a function of this name; the module is behind it.
    monkeypatch.setattr(import_module("articles.views.health"), "ticker_status", fail)
    monkeypatch.setattr("django.db.connection.close", lambda: None)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "degraded", "database": "unavailable", "ticker": None}


def test_site_without_any_database_still_answers():
    """A process whose database server is gone, asked by a browser with a session: 503 as JSON, not an error page."""
    script = (
        "import django; django.setup(); from django.test import Client; "
        "client = Client(raise_request_exception=False); "
        "client.cookies['sessionid'] = 'x' * 32; answer = client.get('/health/', headers={'host': 'localhost'}); "
        "print(answer.status_code, answer.json()['database'])"
    )
    environ = {"PATH": os.environ["PATH"], "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    environ["DATABASE_URL"] = "postgresql://nobody@/none?host=/nowhere"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "503 unavailable\n"


@pytest.fixture
def planned():
    return publish_story(story=a_story("秘密标题"), by=OPERATOR, at=MONDAY + HOUR, until=MONDAY + 2 * HOUR, now=MONDAY)


NEXT = [
    {"moment": "2026-03-02T02:00:00+00:00", "edge": "begin"},
    {"moment": "2026-03-02T03:00:00+00:00", "edge": "end"},
]


@pytest.mark.parametrize("who", [None, "outsider"])
def test_strangers_do_not_learn_what_is_planned(client, cast, planned, who):
    """Nobody in particular, and somebody without a role, see no moments."""
    if who:
        client.force_login(getattr(cast, who))
    answer = client.get("/health/")
    assert "next" not in answer.json()
    assert "2026-03-02T0" not in answer.content.decode()


@pytest.mark.parametrize("who", ["reporter", "administrator"])
def test_people_of_the_desk_see_the_next_boundaries(client, cast, planned, who):
    """Moments and edges; no headline."""
    client.force_login(getattr(cast, who))
    answer = client.get("/health/")
    assert answer.json()["next"] == NEXT
    assert "秘密" not in answer.content.decode()


def test_editions_of_story_lists_are_among_the_next_boundaries(client, cast, planned):
    """In the order of their moments, among those of stories."""
    when = When(start=MONDAY + HOUR / 2, end=MONDAY + 3 * HOUR / 2, special=True)
    an_edition(a_list(), when=when)
    client.force_login(cast.reporter)
    begins, ends = NEXT
    special = [
        {"moment": "2026-03-02T01:30:00+00:00", "edge": "begin"},
        {"moment": "2026-03-02T02:30:00+00:00", "edge": "end"},
    ]
    assert client.get("/health/").json()["next"] == [special[0], begins, special[1], ends]


@pytest.mark.parametrize(
    ("configured", "header", "opens"),
    [
        ("s3cret", "Bearer s3cret", True),
        ("s3cret", "bearer  s3cret", True),
        ("s3cret", "Bearer wrong", False),
        ("s3cret", "Bearer \xff\xfe", False),
        ("s3cret", "Basic s3cret", False),
        ("", "Bearer ", False),
    ],
)
def test_token_opens_the_next_boundaries(client, settings, planned, configured, header, opens):
    """Only exactly the token of the settings, and none when there is none."""
    settings.HEALTH_TOKEN = configured
    answer = client.get("/health/", headers={"authorization": header})
    assert answer.status_code == 200
    assert ("next" in answer.json()) is opens


def test_health_takes_no_post(client):
    """It changes nothing, so there is nothing to send."""
    assert client.post("/health/").status_code == 405


@pytest.mark.parametrize("archive", [1, 5])
def test_health_costs_the_same_whatever_the_archive(client, settings, django_assert_num_queries, archive):
    """Four queries for the ticker, two for stories that come next, two for lists, two around them."""
    for number in range(archive):
        a_publication(f"标题{number}", at=MONDAY - HOUR)
    settings.HEALTH_TOKEN = "t"
    with django_assert_num_queries(10):
        client.get("/health/", headers={"authorization": "Bearer t"})
