"""The story form: kinds of change, and moving what is planned."""

from __future__ import annotations

import pytest

from articles.models import Publication, Story
from tests.builders import MONDAY, a_publication, a_story
from tests.page import page
from tests.publishing import HOUR, cancel, change, hour, publish, seen, withdraw
from tests.story_form import StoryForm, desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast, reading_at):
    reading_at(MONDAY + HOUR)
    return desk(cast.chief_editor)


def planned_story() -> tuple[Story, Publication, Publication]:
    """一 live, 二 planned for 14:00, 三 for 17:00 in Beijing."""
    story = a_publication("一").story
    change(story, "二")
    first = publish(story, at=5, change="update", note="补充")
    change(story, "三")
    return story, first, publish(story, at=8, change="correction", note="更正")


# Kinds of change


def test_changed_story_asks_for_the_kind_of_change(editor):
    """In its own panel, which opens; everything typed is kept, and nothing is saved."""
    story = a_publication("一").story
    form = StoryForm.edit(editor, story).fill(headline="二").refused("_publish_now")
    assert "Choose what kind of change" in form.errors["change"]
    assert form.values["headline"] == ["二"]
    assert [panel for panel in form.document.all("details") if "open" in panel.attributes and panel.all(id="id_change")]
    form.fill(change="minor").saved("_publish_now")
    assert story.publications.latest("live_from").change == "minor"


def test_shown_change_asks_for_its_note(editor):
    form = StoryForm.edit(editor, a_publication("一").story).fill(headline="二", change="update")
    form = form.refused("_publish_now")
    assert "what has changed" in form.errors["correction_note"]
    form.fill(correction_note="补充").saved("_publish_now")
    assert Publication.objects.latest("live_from").shown_change == "update"


def test_correction_is_planned_for_later(editor, client, reading_at):
    """Correct at: the same panel, with a moment."""
    publication = a_publication("一")
    form = StoryForm.edit(editor, publication.story)
    form.fill(headline="二", change="correction", correction_note="有误", publish_at="2026-03-02T12:00")
    form = form.saved("_publish_at")
    assert "As correction: “有误”. Decided by Tang." in form.status
    assert "有误" not in client.get(publication.get_absolute_url()).content.decode()
    reading_at(hour(3))
    assert "有误" in client.get(publication.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", ["apology", "x" * 100_000, "\x00"])
def test_crafted_kind_of_change_is_refused_in_words(editor, kind):
    form = StoryForm.edit(editor, a_publication("一").story).fill(headline="二", change=kind)
    assert form.refused("_publish_now").errors["change"]


def test_story_that_was_never_planned_asks_for_no_change(editor):
    assert "change" not in StoryForm.edit(editor, a_story()).values


# Moving what is planned


def test_each_plan_can_be_moved_by_itself(editor):
    """The time beside the pressed button counts, not those of the other lines."""
    story, first, _second = planned_story()
    form = StoryForm.edit(editor, story)
    assert form.values["reschedule_at"] == ["2026-03-02T14:00", "2026-03-02T17:00"]
    form.fill(reschedule_at=["2026-03-02T15:30", "2026-03-02T23:00"]).saved("_reschedule", str(first.pk))
    assert [row.live_from for row in story.publications.order_by("live_from")] == [hour(0), hour(6.5), hour(8)]
    first.refresh_from_db()
    assert (first.revision.number, first.live_until) == (2, hour(8))


def test_withdrawal_can_be_moved(editor):
    story = a_publication().story
    withdrawal = withdraw(story, at=5, note="到期")
    form = StoryForm.edit(editor, story).fill(reschedule_at="2026-03-02T20:00")
    assert "Moved." in form.saved("_reschedule", str(withdrawal.pk)).messages
    withdrawal.refresh_from_db()
    assert withdrawal.live_from == hour(11)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-03-02T09:30", "has passed"),
        ("", "Give the date and time"),
        ("tomorrow", "Enter a valid date"),
        ("0001-01-01T00:00", "between 1900 and 9000"),
        ("2026-03-02T17:00", "Something else is scheduled"),
    ],
)
def test_time_that_makes_no_sense_is_refused_at_its_line(editor, typed, words):
    """The line it was typed in comes back open, with what was typed there and in the story."""
    story, first, _second = planned_story()
    form = StoryForm.edit(editor, story).fill(headline="没有存", reschedule_at=[typed, "2026-03-02T17:00"])
    back = form.refused("_reschedule", str(first.pk))
    assert words in back.errors["reschedule_at"]
    assert back.values["reschedule_at"] == [typed, "2026-03-02T17:00"]
    assert back.values["headline"] == ["没有存"]
    first.refresh_from_db()
    assert first.live_from == hour(5)


def test_repeated_hour_is_asked_about_at_its_line(editor, settings):
    """With one pair of choices, at the line whose button was pressed."""
    settings.TIME_ZONE = "Europe/Berlin"
    story, _first, _second = planned_story()
    publication = publish(story, at=24 * 300, change="minor")
    form = StoryForm.edit(editor, story)
    times = [*form.values["reschedule_at"][:-1], "2026-10-25T02:30"]
    back = form.fill(reschedule_at=times).refused("_reschedule", str(publication.pk))
    assert "twice" in back.errors["reschedule_at"]
    assert len(back.document.all(role="radiogroup")) == 1
    back.fill(reschedule_at_which=1).saved("_reschedule", str(publication.pk))
    publication.refresh_from_db()
    assert publication.live_from.isoformat() == "2026-10-25T01:30:00+00:00"


@pytest.mark.parametrize("wanted", ["", "x", "-1", "²", "9" * 30, "\x00"])
def test_moving_nonsense_is_refused_in_words(editor, wanted):
    story, _first, _second = planned_story()
    form = StoryForm.edit(editor, story).fill(headline="没有存", reschedule_at="2026-03-02T20:00")
    back = form.refused("_reschedule", wanted)
    assert "cancelled already" in back.messages
    assert back.values["headline"] == ["没有存"]


def test_moving_what_belongs_to_another_story_is_refused(editor):
    _story, first, _second = planned_story()
    form = StoryForm.edit(editor, a_story("另一篇")).fill(reschedule_at="2026-03-02T20:00")
    assert "cancelled already" in form.refused("_reschedule", str(first.pk)).messages
    first.refresh_from_db()
    assert first.live_from == hour(5)


@pytest.mark.parametrize("button", ["_cancel", "_reschedule"])
def test_crafted_request_leaves_what_has_begun(editor, button):
    """Its id is no secret; it is refused in words, and what readers had stays."""
    story, _first, _second = planned_story()
    begun = story.publications.get(live_from=hour(0))
    form = StoryForm.edit(editor, story).fill(reschedule_at="2026-03-02T20:00")
    assert "has begun already" in form.refused(button, str(begun.pk)).messages
    assert Publication.objects.get(pk=begun.pk) == begun
    assert seen(story, 1) == "一"


def test_moving_what_a_colleague_cancelled_is_refused_in_words(editor):
    """Its line is gone; what is wrong is said all the same."""
    story, first, _second = planned_story()
    form = StoryForm.edit(editor, story).fill(reschedule_at="2026-03-02T20:00")
    cancel(first, 1)
    assert "cancelled already" in form.refused("_reschedule", str(first.pk)).messages


def test_saving_does_not_look_at_the_times_of_plans(editor, settings):
    """A plan in an hour that clocks show twice must not keep a text from being saved."""
    story, _first, _second = planned_story()
    settings.TIME_ZONE = "Europe/Berlin"
    form = StoryForm.edit(editor, story).fill(headline="存下", reschedule_at=["2026-10-25T02:30", "nonsense"])
    form.saved()
    assert Story.objects.get(pk=story.pk).headline == "存下"


def test_reporter_sees_the_plans_and_moves_none(cast, reading_at):
    reading_at(MONDAY + HOUR)
    story, first, _second = planned_story()
    Story.objects.update(created_by=cast.reporter)
    form = StoryForm.edit(desk(cast.reporter), story)
    assert "Version 2 goes live" in form.status
    assert "_reschedule" not in form.buttons
    form.fill(reschedule_at="2026-03-02T20:00").refused("_reschedule", str(first.pk))
    first.refresh_from_db()
    assert first.live_from == hour(5)


def test_plan_lines_need_no_script(editor):
    """Inputs have labels, and ids of their own."""
    story, _first, _second = planned_story()
    document = page(StoryForm.edit(editor, story).response)
    inputs = document.all("input", name="reschedule_at")
    labels = {label.attributes.get("for") for label in document.all("label")}
    assert len({element.attributes["id"] for element in inputs}) == 2
    assert {element.attributes["id"] for element in inputs} <= labels
