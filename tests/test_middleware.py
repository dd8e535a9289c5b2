"""What every request carries: its moment, and the language of its page."""

from __future__ import annotations

from datetime import UTC

from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.middleware import ReaderClockMiddleware
from tests.builders import MONDAY
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


def test_public_pages_ignore_the_users_language(db, settings):
    """One address, one page: the site's language for everybody, and nothing that varies."""
    client = Client(headers={"accept-language": "en"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = client.get("/")
    assert response["Content-Language"] == "zh-hans"
    assert "Vary" not in response
