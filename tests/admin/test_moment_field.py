"""Moments typed into the story form: skipped and repeated hours, in zones whose clocks change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.models import Publication
from tests.builders import MONDAY, a_story
from tests.page import page
from tests.story_form import StoryForm, desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(cast, reading_at) -> StoryForm:
    reading_at(MONDAY)
    return StoryForm.edit(desk(cast.chief_editor), a_story("一"))


@pytest.mark.parametrize(
    ("zone", "typed", "valid"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29 03:00"),
        ("America/New_York", "2026-03-08T02:00", "2026-03-08 03:00"),
    ],
)
def test_time_that_clocks_skip_is_refused_with_the_next_valid_one(form, settings, zone, typed, valid):
    settings.TIME_ZONE = zone
    back = form.fill(publish_at=typed, headline="没有存").refused("_publish_at")
    assert f"In {zone} clocks skip {typed[-5:]} that day. The next valid time is {valid}." in back.errors["publish_at"]
    assert (back.values["publish_at"], back.values["headline"]) == ([typed], ["没有存"])
    assert not Publication.objects.exists()


AUTUMN = [
    ("Europe/Berlin", "2026-10-25T02:30", ("first 02:30 (UTC+2)", "second 02:30 (UTC+1)"), (0, 30), (1, 30)),
    ("America/New_York", "2026-11-01T01:30", ("first 01:30 (UTC-4)", "second 01:30 (UTC-5)"), (5, 30), (6, 30)),
]


@pytest.mark.parametrize(("zone", "typed", "choices", "first", "second"), AUTUMN)
@pytest.mark.parametrize("which", [0, 1])
def test_time_that_clocks_show_twice_is_asked_about(form, settings, zone, typed, choices, first, second, which):
    """The form comes back with everything typed and the two to choose from; the one chosen is taken."""
    settings.TIME_ZONE = zone
    back = form.fill(publish_at=typed, headline="没有存").refused("_publish_at")
    assert "twice" in back.errors["publish_at"]
    group = back.document.one(role="radiogroup")
    assert tuple(label.text for label in group.all("label")) == choices
    assert not [radio for radio in group.all("input") if "checked" in radio.attributes]
    assert (back.values["publish_at"], back.values["headline"]) == ([typed], ["没有存"])

    back.fill(publish_at_which=which).saved("_publish_at")

    day = datetime.fromisoformat(typed).date()
    hour, minute = (first, second)[which]
    publication = Publication.objects.get()
    assert publication.live_from == datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
    assert publication.content.headline == "没有存"


def test_choice_is_kept_when_the_form_comes_back_for_something_else(form, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    form.fill(publish_at="2026-10-25T02:30", publish_at_which=1, publish_until="2026-10-25T01:00")
    back = form.refused("_publish_at")
    assert "publish_at" not in back.errors
    assert back.values["publish_at_which"] == ["1"]


@pytest.mark.parametrize("which", ["2", "", "x", "-1", "\x00"])
def test_crafted_choice_is_asked_again(form, settings, which):
    settings.TIME_ZONE = "Europe/Berlin"
    back = form.fill(publish_at="2026-10-25T02:30", publish_at_which=which).refused("_publish_at")
    assert "twice" in back.errors["publish_at"]


def test_time_that_clocks_show_once_asks_nothing(form):
    """Also where nothing was typed, or what is no time."""
    for typed in ("", "2026-10-25T02:30", "tomorrow", "9999-12-31T23:59"):
        response = form.fill(publish_at=typed, publish_until="x").press("_publish_at")
        assert not page(response).all(role="radiogroup")


def test_zone_stands_beside_the_field(form, cast, settings):
    """By its name, because its offset is another in winter than in summer."""
    zones = [element.text for element in form.document.all(css_class="zone")]
    assert set(zones) == {"Beijing time"}
    settings.TIME_ZONE = "Europe/Berlin"
    again = StoryForm.edit(desk(cast.chief_editor), a_story("二"))
    assert {element.text for element in again.document.all(css_class="zone")} == {"Europe/Berlin"}
