"""The buttons of the story form that publish, schedule, withdraw and cancel, and what they refuse in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles.actions import publish_story, withdraw_story
from articles.models import Publication, Story
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.page import page
from tests.story_form import StoryForm, desk

HOUR = timedelta(hours=1)
BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def editor(cast, reading_at):
    """It is an hour after `MONDAY`: 2026-03-02 10:00 in Beijing."""
    reading_at(MONDAY + HOUR)
    return desk(cast.chief_editor)


def test_publish_now_shows_the_story_to_readers(editor, client, cast):
    """One button saves what is in the form and publishes that version."""
    story = a_story()
    form = StoryForm.edit(editor, story).fill(headline="改过的标题").saved("_publish_now")
    publication = story.publications.get()
    assert "readers see this version now" in form.messages
    assert (publication.kind, publication.created_by) == ("published", cast.chief_editor)
    assert "改过的标题" in client.get(publication.get_absolute_url()).content.decode()


def test_new_story_is_published_in_one_go(editor):
    form = StoryForm.new(editor).fill(headline="快讯", section=a_section().pk)
    form.saved("_publish_now")
    assert Publication.objects.get().content.headline == "快讯"


def test_publishing_without_a_section_is_refused_at_the_field(editor):
    """Nothing is saved when publishing is refused: the form still holds what was typed, to be sent again."""
    form = StoryForm.new(editor).fill(headline="没有栏目").refused("_publish_now")
    assert "Choose a section" in form.errors["section"]
    assert form.values["headline"] == ["没有栏目"]
    assert not Story.objects.exists()


def test_correction_carries_its_note(editor, client):
    story = a_publication().story
    form = StoryForm.edit(editor, story).fill(headline="更正后", correction_note="人数有误。")
    form.saved("_publish_now")
    live = story.publications.get(live_until=None)
    assert (live.kind, live.note) == ("corrected", "人数有误。")
    assert "人数有误。" in client.get(live.get_absolute_url()).content.decode()


def test_scheduled_story_is_live_in_its_window(editor, client, reading_at):
    """Times typed are the newsroom's: 12:00 to 18:00 in Beijing."""
    story = a_story()
    form = StoryForm.edit(editor, story).fill(publish_at="2026-03-02T12:00", publish_until="2026-03-02T18:00")
    form.saved("_publish_at")
    publication = story.publications.get()
    assert publication.live_from == datetime(2026, 3, 2, 12, tzinfo=BEIJING)
    assert publication.live_until == datetime(2026, 3, 2, 18, tzinfo=BEIJING)
    answers = []
    for hour in (2, 3, 8, 9):
        reading_at(MONDAY + hour * HOUR)
        answers.append(client.get(publication.get_absolute_url()).status_code)
    assert answers == [404, 200, 200, 410]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"publish_at": "2026-03-02T09:59"}, "publish_at", "has passed"),
        ({"publish_at": ""}, "publish_at", "Give the date and time"),
        ({"publish_at": "tomorrow"}, "publish_at", "Enter a valid date"),
        ({"publish_at": "0001-01-01T00:00"}, "publish_at", "between 1900 and 9000"),
        ({"publish_at": "9999-12-31T23:59"}, "publish_at", "between 1900 and 9000"),
        (
            {"publish_at": "2026-03-02T12:00", "publish_until": "2026-03-02T12:00"},
            "publish_until",
            "after the beginning",
        ),
        (
            {"publish_at": "2026-03-02T12:00", "publish_until": "2026-03-02T11:00"},
            "publish_until",
            "after the beginning",
        ),
        ({"publish_at": "2026-03-02T12:00", "publish_until": "9999-12-31T23:59"}, "publish_until", "1900 and 9000"),
    ],
)
def test_moment_that_makes_no_sense_is_refused_at_its_field(editor, values, field, words):
    """Nothing is saved, and the text is still in the form."""
    story = a_story()
    form = StoryForm.edit(editor, story).fill(headline="还没有存", **values).refused("_publish_at")
    assert words in form.errors[field]
    assert form.values["headline"] == ["还没有存"]
    assert form.values["publish_at"] == [values["publish_at"]]
    assert not story.publications.exists()
    assert story.revisions.count() == 1


@pytest.mark.parametrize("moment", ["2026-03-29T02:30", "2026-10-25T02:30"])
def test_moment_the_clock_skips_or_shows_twice_is_refused(editor, settings, moment):
    """Where clocks change, a time that does not exist or happens twice is named at its field, not guessed."""
    settings.TIME_ZONE = "Europe/Zurich"
    form = StoryForm.edit(editor, a_story()).fill(publish_at=moment).refused("_publish_at")
    assert "Europe/Zurich" in form.errors["publish_at"]
    assert form.values["publish_at"] == [moment]


def test_withdrawing_needs_a_note_and_shows_it(editor, client):
    """Readers are told why, where the story was."""
    publication = a_publication("有误的报道")
    form = StoryForm.edit(editor, publication.story)
    assert "Tell readers" in form.refused("_withdraw").errors["withdrawal_note"]
    form.fill(withdrawal_note="消息来源不实。").saved("_withdraw")
    response = client.get(publication.get_absolute_url())
    assert response.status_code == 410
    assert "消息来源不实。" in response.content.decode()
    assert "有误的报道" not in response.content.decode()


def test_withdrawing_what_is_no_longer_live_is_refused_in_words(editor):
    """A colleague withdrew it while the form was open: the message is shown although its panel is gone."""
    story = a_publication().story
    form = StoryForm.edit(editor, story).fill(withdrawal_note="第二次", opening="<p>没有存</p>")
    withdraw_story(story=story, by=OPERATOR, note="第一次", now=MONDAY + HOUR / 2)
    form = form.refused("_withdraw")
    assert "not live at that moment" in form.messages
    assert form.values["opening"] == ["<p>没有存</p>"]


def test_scheduled_publication_is_cancelled(editor):
    story = a_story()
    planned = publish_story(story=story, by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    form, of_another_window = StoryForm.edit(editor, story), StoryForm.edit(editor, story)
    assert page(form.response).one("button", name="_cancel").attributes["value"] == str(planned.pk)
    form.saved("_cancel", str(planned.pk))
    assert not story.publications.exists()
    assert "cancelled already" in of_another_window.refused("_cancel", str(planned.pk)).messages


@pytest.mark.parametrize("wanted", ["", "x", "-1", "²", "9" * 30, "\x00"])
def test_cancelling_nonsense_is_refused_in_words(editor, wanted):
    story = a_story()
    form = StoryForm.edit(editor, story).fill(headline="还没有存").refused("_cancel", wanted)
    assert "cancelled already" in form.messages
    assert form.values["headline"] == ["还没有存"]


def test_cancelling_what_belongs_to_another_story_is_refused(editor):
    """The number of another story's plan does nothing here."""
    other = publish_story(story=a_story("另一篇"), by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    StoryForm.edit(editor, a_story()).refused("_cancel", str(other.pk))
    assert Publication.objects.get() == other
