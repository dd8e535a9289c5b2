"""Editorial notes: a thread on the story, which may point at a subsection and mention colleagues."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import bin_story, resolve_note, save_story, write_note
from articles.models import EditorialNote, StoryRows
from tests.builders import MONDAY, OPERATOR, a_story

pytestmark = pytest.mark.django_db


def test_note_points_at_a_subsection_and_outlives_it(cast):
    """It remembers what the subsection was called."""
    story = a_story(by=cast.reporter, subsections=[("班次", "", "<p>甲</p>")])
    part = story.subsections.get()
    note = write_note(story=story, by=cast.editor, text="数字核过吗？", subsection_key=part.key, now=MONDAY)
    rows = StoryRows.stored(story)
    rows.subsections = []
    save_story(rows=rows, by=cast.reporter, now=MONDAY)
    note.refresh_from_db()
    assert (note.subsection_key, note.subsection_heading, note.text) == (part.key, "班次", "数字核过吗？")


def test_note_at_a_subsection_that_is_not_there_is_about_the_story(cast):
    note = write_note(story=a_story(), by=cast.editor, text="x", subsection_key="nowhere", now=MONDAY)
    assert note.subsection_key == ""


@pytest.mark.parametrize("text", ["@tang 请看", "请@tang看一下", "@tang。", "（@tang）", "@tang,@zhao"])
def test_colleague_is_mentioned_by_user_name(cast, text):
    """With or without spaces, as Chinese is written."""
    note = write_note(story=a_story(), by=cast.reporter, text=text, now=MONDAY)
    assert cast.chief_editor in note.mentions.all()


@pytest.mark.parametrize("text", ["@nobody", "mail@tang.example", "tang", "@outsider 看"])
def test_others_are_not_mentioned(cast, text):
    """Nobody who may not read the story, and no mail address."""
    note = write_note(story=a_story(), by=cast.reporter, text=text, now=MONDAY)
    assert not note.mentions.exists()


def test_thread_is_resolved_and_opened_again_by_an_answer(cast):
    story = a_story()
    note = write_note(story=story, by=cast.editor, text="问", now=MONDAY)
    answer = write_note(story=story, by=cast.reporter, text="答", thread=note, now=MONDAY)
    assert resolve_note(note=answer, by=cast.editor, now=MONDAY).resolved_by == cast.editor
    again = write_note(story=story, by=cast.reporter, text="再答", thread=answer, now=MONDAY)
    note.refresh_from_db()
    assert (note.resolved_at, again.thread) == (None, note)


def test_answer_to_the_note_of_another_story_begins_a_thread(cast):
    """A crafted answer does not reach into another story."""
    elsewhere = write_note(story=a_story("别处"), by=cast.editor, text="问", now=MONDAY)
    note = write_note(story=a_story(), by=cast.editor, text="答", thread=elsewhere, now=MONDAY)
    assert note.thread is None
    assert not elsewhere.answers.exists()


@pytest.mark.parametrize("text", ["", " \n", "\x00", "长" * 2001])
def test_note_that_cannot_be_stored_is_refused_in_words(cast, text):
    with pytest.raises(ValidationError) as refused:
        write_note(story=a_story(), by=cast.editor, text=text, now=MONDAY)
    assert set(refused.value.error_dict) == {"text"}


def test_outsider_neither_writes_nor_resolves(cast):
    story = a_story()
    note = write_note(story=story, by=cast.editor, text="问", now=MONDAY)
    with pytest.raises(PermissionDenied):
        write_note(story=story, by=cast.outsider, text="x", now=MONDAY)
    with pytest.raises(PermissionDenied):
        resolve_note(note=note, by=cast.outsider, now=MONDAY)
    assert EditorialNote.objects.get().resolved_at is None


def test_story_in_the_bin_takes_no_notes(cast):
    story = a_story()
    bin_story(story=story, by=OPERATOR, now=MONDAY)
    with pytest.raises(PermissionDenied):
        write_note(story=story, by=cast.editor, text="x", now=MONDAY)
