"""What every request carries: its moment, the language of its page, and how long it is kept."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.actions import publish_story, withdraw_story
from articles.middleware import FreshnessMiddleware, ReaderClockMiddleware
from articles.models import Contributor, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.page import page
from tests.story_form import desk

LOGIN = reverse("admin:login")


def test_request_carries_one_moment_in_utc(reading_at):
    """The clock is asked once, so that a page never falls on both sides of a boundary."""
    reading_at(MONDAY)
    seen = []
    ReaderClockMiddleware(lambda request: seen.append(request.at) or HttpResponse())(RequestFactory().get("/"))
    assert seen == [MONDAY]
    assert seen[0].tzinfo is UTC


def test_desk_speaks_the_users_language(db):
    """By what the browser asks for, or by what the user chose."""
    for asked, spoken in (("en", "en"), ("zh-hans", "zh-Hans"), ("zh-CN,zh;q=0.9", "zh-Hans"), ("tlh", "zh-Hans")):
        response = Client(headers={"accept-language": asked}).get(LOGIN)
        assert response["Content-Language"].lower() == spoken.lower()
        assert page(response).one("html").attributes["lang"].lower() == spoken.lower()


def test_language_is_switched_by_a_button_and_stays(cast):
    """The button in the head of every page of the desk leads back to that page."""
    client = desk(cast.reporter)
    address = reverse("admin:articles_story_changelist") + "?status=draft"
    form = page(client.get(address)).one("form", css_class="language-form")
    assert form.one("button").attributes["value"] == "zh-hans"
    response = client.post(
        form.attributes["action"],
        {"language": "zh-hans", "next": form.one("input", name="next").attributes["value"]},
    )
    assert (response.status_code, response["Location"]) == (302, address)
    assert client.get(address)["Content-Language"] == "zh-hans"
    # Back again, with the other button.
    form = page(client.get(address)).one("form", css_class="language-form")
    assert form.one("button").attributes["value"] == "en"


def test_public_pages_are_compressed_and_the_desks_are_not(db):
    """What is on the desk is confidential, and its pages hold secrets that compression would tell of."""
    client = Client(headers={"accept-encoding": "gzip"})
    public = client.get("/")
    assert public["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in public["Vary"]
    assert not client.get(LOGIN).has_header("Content-Encoding")
    assert not Client().get("/").has_header("Content-Encoding")


def test_public_pages_ignore_the_users_language(db, settings):
    """One address, one page: the site's language for everybody, and nothing that varies."""
    client = Client(headers={"accept-language": "en"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = client.get("/")
    assert response["Content-Language"] == "zh-hans"
    assert response.get("Vary", "") in {"", "Accept-Encoding"}


@pytest.fixture
def addresses(db, reading_at):
    """One public address of each kind and answer."""
    reading_at(MONDAY)
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    topic = Topic.objects.create(name="春运", slug="chunyun")
    live = a_publication(bylines=[(person, "reporter")], topics=[topic])
    gone = a_publication("撤回的", at=MONDAY - timedelta(hours=1))
    withdraw_story(story=gone.story, by=OPERATOR, note="x", now=MONDAY)
    coming = a_story("将至")
    publish_story(story=coming, by=OPERATOR, at=MONDAY + timedelta(hours=1), now=MONDAY)
    address = live.get_absolute_url()
    return {
        **dict.fromkeys(("/", "/section/news/", "/topic/chunyun/", "/contributor/lin-yi/", address), 200),
        "/section/none/": 404,
        f"/2026/03/02/x-{coming.pk}/": 404,
        gone.get_absolute_url(): 410,
        # A slug may change back: a browser that had kept this redirect would go in a circle.
        address.replace("/2026/", "/2025/"): 301,
        address.rstrip("/"): 301,
    }


def test_public_answer_is_asked_for_again_each_time(addresses):
    """Pages and redirects, what is gone and what is not there yet: an editor or a moment may change any of them."""
    for path, status in addresses.items():
        response = Client().get(path)
        assert (path, response.status_code) == (path, status)
        assert response["Cache-Control"] == "no-cache"


def test_answer_that_nobody_may_keep_stays_so():
    """What a view says itself is stricter, and counts."""

    def answer(request):
        return HttpResponse(headers={"Cache-Control": "no-store"})

    assert FreshnessMiddleware(answer)(RequestFactory().get("/"))["Cache-Control"] == "no-store"


def test_desk_says_itself_how_long_its_pages_are_kept(db):
    assert "no-store" in Client().get(LOGIN)["Cache-Control"]
