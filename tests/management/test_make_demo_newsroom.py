"""`make_demo_newsroom`, as somebody types it."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from articles import demo_newsroom
from articles.actions.demo_newsroom import DemoOutcome
from articles.management.commands import make_demo_newsroom
from articles.models import Story

pytestmark = pytest.mark.django_db


def run() -> str:
    out = io.StringIO()
    call_command("make_demo_newsroom", stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def few_stories(monkeypatch):
    """The demo with its first story only: how many there are is another test's matter."""
    demo = demo_newsroom.read()
    stories = [text for text in demo.stories if not text.related][:1]
    small = demo_newsroom.DemoNewsroom(**{**vars(demo), "stories": tuple(stories), "lists": ()})
    monkeypatch.setattr(demo_newsroom, "read", lambda: small)


@pytest.mark.usefixtures("few_stories")
def test_command_says_what_it_made_and_how_to_log_in(settings):
    """On one's own machine the password is known, and said each time."""
    settings.ON_OWN_MACHINE = True
    first, second = run(), run()
    assert "1 stories created, 0 were there already" in first
    assert "0 stories created, 1 were there already" in second
    assert Story.objects.count() == 1
    for text in (first, second):
        assert make_demo_newsroom.DEMO_PASSWORD in text
    assert authenticate(username="reporter", password=make_demo_newsroom.DEMO_PASSWORD)


@pytest.mark.usefixtures("few_stories")
def test_command_gives_no_known_password_in_production(settings):
    """Elsewhere each run invents one, says it once, and says nothing when there is no new login."""
    settings.ON_OWN_MACHINE = False
    first, second = run(), run()
    assert make_demo_newsroom.DEMO_PASSWORD not in first
    assert not authenticate(username="reporter", password=make_demo_newsroom.DEMO_PASSWORD)
    password = first.split("(password ")[1].split(")")[0]
    assert authenticate(username="reporter", password=password)
    assert "password" not in second


def test_outcome_counts_from_zero():
    """Nothing found and nothing made."""
    assert DemoOutcome() == DemoOutcome(created=0, present=0, new_logins=())
