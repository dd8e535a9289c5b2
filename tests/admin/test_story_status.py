"""The status bar: what readers see now, what is planned, and how the saved text differs, as sentences."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from articles.actions import publish_story, save_story, withdraw_story
from articles.admin.story_status import StoryStatus, story_status, time_left
from articles.models import Story
from tests.builders import MONDAY, OPERATOR, a_publication, a_story, story_rows
from tests.story_form import StoryForm, desk

HOUR = timedelta(hours=1)
LATER = MONDAY + 6 * HOUR


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def status(story: Story | None, at=MONDAY + HOUR) -> StoryStatus:
    return story_status(story, at)


def now(story: Story | None, at=MONDAY + HOUR) -> str:
    return strip_tags(status(story, at).now)


def plans(story: Story, at=MONDAY + HOUR) -> list[str]:
    return [strip_tags(planned.words) for planned in status(story, at).planned]


def edit(story: Story, headline: str) -> None:
    save_story(rows=story_rows(headline, story=story, section=story.section), by=OPERATOR, now=MONDAY + HOUR)


def test_status_of_a_new_story():
    assert now(None) == now(Story()) == "New story. Nobody sees it until it is saved and published."


def test_status_of_a_draft(db):
    story = a_story()
    assert now(story) == "Not public: readers do not see this story."
    assert status(story).difference == ""
    assert plans(story) == []


def test_status_of_a_live_story(db):
    story = a_publication().story
    found = status(story)
    assert now(story) == "Live since 2 March 2026, 09:00 Beijing time, version 1."
    assert found.difference == "The saved text is what readers see."
    assert found.is_live
    assert found.live_url == story.publications.get().get_absolute_url()


def test_status_of_a_live_story_with_unpublished_changes(db):
    story = a_publication().story
    edit(story, "改过")
    assert now(story) == "Live since 2 March 2026, 09:00 Beijing time, version 1."
    assert status(story).difference == "The saved text is version 2 and has unpublished changes."


def test_status_of_a_retracted_story(db):
    """Its page stays, no list leads to it, and its saved text is nothing to be content with."""
    story = a_publication().story
    publish_story(story=story, by=OPERATOR, change="retraction", note="失实", now=MONDAY + HOUR)
    found = status(story)
    words = "Retracted since 2 March 2026, 10:00 Beijing time: the page and its notice stay, and no list leads to it."
    assert now(story) == words
    assert (found.is_live, found.is_retracted) == (True, True)
    assert found.live_url
    assert found.difference == "The saved text is the one that was retracted."


def test_status_of_a_story_corrected_after_its_retraction(db):
    story = a_publication().story
    publish_story(story=story, by=OPERATOR, change="retraction", note="失实", now=MONDAY)
    edit(story, "重写")
    publish_story(story=story, by=OPERATOR, change="correction", note="重写", now=MONDAY + HOUR)
    assert now(story) == "Live since 2 March 2026, 10:00 Beijing time, version 2."
    assert not status(story).is_retracted


def test_status_of_a_retraction_to_come(db):
    story = a_publication().story
    publish_story(story=story, by=OPERATOR, at=LATER, change="retraction", note="失实", now=MONDAY)
    assert now(story).startswith("Live since")
    assert plans(story) == ["Will be retracted 2 March 2026, 15:00 Beijing time (in 5 h 0 min). As retraction: “失实”."]


def test_status_of_a_scheduled_story(db):
    story = a_story()
    publish_story(story=story, by=OPERATOR, at=LATER, until=LATER + 30 * HOUR, now=MONDAY)
    assert now(story) == "Not public: readers do not see this story."
    assert plans(story) == [
        "Version 1 goes live 2 March 2026, 15:00 Beijing time (in 5 h 0 min). "
        "Comes down 3 March 2026, 21:00 Beijing time."
    ]
    assert not status(story).is_live


def test_status_of_a_story_with_several_plans(db):
    """Soonest first; each with the version it shows, a planned withdrawal among them."""
    story = a_publication().story
    edit(story, "改过")
    publish_story(story=story, by=OPERATOR, at=LATER, change="minor", now=MONDAY + HOUR)
    withdraw_story(story=story, by=OPERATOR, at=LATER + 48 * HOUR, note="x", now=MONDAY + HOUR)
    assert plans(story) == [
        "Version 2 goes live 2 March 2026, 15:00 Beijing time (in 5 h 0 min). As a minor change, not shown.",
        "Will be withdrawn 4 March 2026, 15:00 Beijing time (in 2 days 5 h).",
    ]
    assert now(story) == "Live since 2 March 2026, 09:00 Beijing time, version 1."


def test_plan_says_what_readers_will_be_told_and_who_decided(cast):
    """The kind of change with its note; a plan of the system names nobody."""
    story = a_publication().story
    edit(story, "改过")
    publish_story(story=story, by=cast.chief_editor, at=LATER, change="correction", note="人数有误", now=MONDAY + HOUR)
    assert plans(story) == [
        "Version 2 goes live 2 March 2026, 15:00 Beijing time (in 5 h 0 min). "
        "As correction: “人数有误”. Decided by Tang."
    ]


def test_status_of_a_story_that_will_end(db):
    story = a_story()
    publish_story(story=story, by=OPERATOR, at=MONDAY, until=LATER, now=MONDAY)
    assert now(story) == (
        "Live since 2 March 2026, 09:00 Beijing time, version 1. "
        "Comes down 2 March 2026, 15:00 Beijing time (in 5 h 0 min)."
    )


def test_status_of_a_story_that_has_ended(db):
    story = a_story()
    publish_story(story=story, by=OPERATOR, at=MONDAY, until=LATER, now=MONDAY)
    assert now(story, LATER) == "Taken down since 2 March 2026, 15:00 Beijing time."
    assert not status(story, LATER).is_live


def test_status_of_a_withdrawn_story(db):
    story = a_publication().story
    withdraw_story(story=story, by=OPERATOR, note="有误", now=MONDAY + HOUR)
    found = status(story)
    assert now(story) == "Withdrawn since 2 March 2026, 10:00 Beijing time. Readers see the notice instead."
    assert (found.is_live, found.live_url, found.difference) == (False, "", "")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "in 1 min"),
        (60, "in 1 min"),
        (61, "in 2 min"),
        (3600, "in 1 h 0 min"),
        (3 * 3600 + 12 * 60, "in 3 h 12 min"),
        (24 * 3600, "in 1 day 0 h"),
        (5 * 24 * 3600 + 2 * 3600, "in 5 days 2 h"),
    ],
)
def test_time_left_is_rounded_up_to_minutes(seconds, words):
    """What is still to come is never "in 0 min"."""
    assert time_left(MONDAY + timedelta(seconds=seconds), MONDAY) == words


def test_form_shows_the_status(cast, reading_at):
    """The bar stands on the form, in the user's language, with the address readers use."""
    reading_at(MONDAY + HOUR)
    publication = a_publication()
    form = StoryForm.edit(desk(cast.chief_editor), publication.story)
    assert "Live since 2 March 2026, 09:00 Beijing time, version 1." in form.status
    assert "It was opened 2 March 2026, 10:00 Beijing time." in form.status
    assert publication.get_absolute_url() in form.response.content.decode()


def test_status_names_another_zone_by_its_offset(cast, settings):
    settings.TIME_ZONE = "Europe/Zurich"
    story = a_publication().story
    assert now(story) == "Live since 2 March 2026, 02:00 UTC+01:00, version 1."
