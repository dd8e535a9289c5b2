"""Editorial notes on the desk: the page, what the drawer fetches, and the marks on the story form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import permissions
from articles.actions import bin_story, resolve_note, save_story, write_note
from articles.admin.story_notes import colleagues
from articles.models import EditorialNote, Story, StoryRows
from tests.builders import MONDAY, a_publication, a_story
from tests.page import Element, inline_code, page
from tests.story_form import desk

ROLES = ["reporter", "other_reporter", "photo_editor", "editor", "list_editor", "chief_editor", "administrator"]
DRAWER = {"x-requested-with": "notes"}
CANARY = "只在编辑部里说的话"
QUERIES = 8


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    reading_at(MONDAY + timedelta(hours=1))


def address(story: Story, name: str = "notes") -> str:
    return reverse(f"admin:articles_story_{name}", args=[story.pk])


def notes(user: Any, story: Story) -> Element:
    return page(desk(user).get(address(story)))


def a_note(story: Story, by: Any, text: str = CANARY, **values: Any) -> EditorialNote:
    return write_note(story=story, by=by, text=text, now=MONDAY, **values)


# Reading


@pytest.mark.parametrize("name", ["notes", "colleagues"])
def test_notes_are_for_everybody_who_may_read_the_story(cast, name):
    """Somebody without a role gets none of it, nor whether the story exists."""
    story = a_story(by=cast.reporter)
    a_note(story, cast.editor)
    assert {desk(getattr(cast, who)).get(address(story, name)).status_code for who in ROLES} == {200}
    for one in (story, Story(pk=987_654)):
        for client in (desk(cast.outsider), desk(cast.editor) if one is not story else desk(cast.outsider)):
            response = client.get(address(one, name))
            assert response.status_code == 403
            assert CANARY not in response.content.decode()
        assert Client().get(address(one, name)).url.startswith("/admin/login/")


def test_notes_never_reach_readers(cast, client):
    publication = a_publication("公开的稿件")
    a_note(publication.story, cast.editor)
    body = client.get(publication.get_absolute_url()).content.decode()
    assert "公开的稿件" in body
    assert CANARY not in body


@pytest.mark.parametrize("bad", ["0", "x", "9" * 18, "9" * 40, "1 or 1", "%00"])
def test_notes_of_no_story_are_refused(cast, bad):
    assert desk(cast.editor).get(f"/admin/articles/story/{bad}/notes/").status_code == 403


def test_drawer_gets_the_threads_without_the_page_around_them(cast):
    """And no script or style of its own, or the policy of the form would be broken."""
    story = a_story(by=cast.reporter)
    a_note(story, cast.editor)
    answered = page(desk(cast.reporter).get(address(story), headers=DRAWER))
    assert answered.one(css_class="notes").attributes["data-open"] == "1"
    assert not answered.all("header")
    assert inline_code(answered) == inline_code(notes(cast.reporter, story)) == []


def test_text_of_a_note_is_text(cast):
    """Markup is shown and not obeyed; whom it mentions is marked."""
    story = a_story(by=cast.reporter)
    a_note(story, cast.editor, "<img src=x onerror=alert(1)> 请@tang看，@nobody 不在")
    text = notes(cast.reporter, story).one(css_class="note-text")
    assert [mark.text for mark in text.all("b", "note-mention")] == ["@tang"]
    assert not text.all("img")
    assert "<img src=x" in text.text


def test_resolved_threads_are_folded_and_a_lost_subsection_is_said(cast):
    story = a_story(by=cast.reporter, subsections=[("班次", "", "<p>甲</p>")])
    key = story.subsections.get().key
    resolve_note(note=a_note(story, cast.editor, "核完了"), by=cast.editor, now=MONDAY)
    a_note(story, cast.editor, "数字？", subsection_key=key)
    rows = StoryRows.stored(story)
    rows.subsections = []
    save_story(rows=rows, by=cast.reporter, now=MONDAY)
    document = notes(cast.reporter, story)
    folded = document.one("details", "notes-resolved")
    assert [one.text for one in folded.all(css_class="note-text")] == ["核完了"]
    assert "On “班次” (no longer in the story)" in document.one(css_class="note-about").text


# Writing


def test_note_is_written_answered_and_resolved_without_scripts(cast):
    """Each leads back to the page."""
    story = a_story(by=cast.reporter, subsections=[("班次", "", "<p>甲</p>")])
    key = story.subsections.get().key
    editor, reporter = desk(cast.editor), desk(cast.reporter)
    response = editor.post(address(story), {"text": "数字核过吗？ @lin", "subsection": key})
    assert response.url == address(story)
    first = story.notes.get()
    assert (first.subsection_key, list(first.mentions.all())) == (key, [cast.reporter])
    reporter.post(address(story), {"text": "核过了", "thread": first.pk})
    assert story.notes.last().thread == first
    # What stands in the field of an answer is not sent by the button beside it.
    editor.post(address(story), {"text": "半句话", "thread": first.pk, "resolve": first.pk})
    first.refresh_from_db()
    assert (first.resolved_by, story.notes.count()) == (cast.editor, 2)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_who_may_read_may_write(cast, role):
    story = a_story(by=cast.reporter)
    assert desk(getattr(cast, role)).post(address(story), {"text": "看过"}).status_code == 302
    assert story.notes.count() == 1


def test_nobody_else_writes_or_resolves(cast):
    """No role, no login; nothing in the bin; and a note of another story is not reached through this one."""
    story, other = a_story(by=cast.reporter), a_story("别的稿", by=cast.reporter)
    note = a_note(story, cast.editor)
    for posted in ({"text": "x"}, {"resolve": note.pk}):
        assert desk(cast.outsider).post(address(story), posted).status_code == 403
        assert Client().post(address(story), posted).status_code == 302
    assert desk(cast.editor).post(address(other), {"resolve": note.pk}).status_code == 422
    assert desk(cast.editor).post(address(other), {"text": "x", "thread": note.pk}).status_code == 422
    bin_story(story=story, by=cast.reporter, now=MONDAY)
    assert desk(cast.editor).post(address(story), {"text": "x"}).status_code == 403
    note.refresh_from_db()
    assert (note.resolved_at, EditorialNote.objects.count()) == (None, 1)


@pytest.mark.parametrize(
    "posted",
    [
        {"text": ""},
        {"text": " \0 "},
        {"text": "长" * 2001},
        {"text": "写了很久的话", "thread": "9" * 30},
        {"text": "写了很久的话", "thread": "\0"},
        {"resolve": "x"},
        {"text": "x" * 1_000_000},
    ],
)
def test_note_that_makes_no_sense_comes_back_with_its_text(cast, posted):
    story = a_story(by=cast.reporter)
    for headers in ({}, DRAWER):
        response = desk(cast.editor).post(address(story), posted, headers=headers)
        assert response.status_code == 422
        document = page(response)
        assert document.one(css_class="note-failed").text
        if len(posted.get("text", "").strip(" \0")) > 1 and "thread" not in posted:
            assert document.one("textarea", id="note-text").text == posted["text"]
    assert not story.notes.exists()


def test_subsection_that_is_not_there_makes_a_note_on_the_story(cast):
    story = a_story(by=cast.reporter)
    for key in ("nowhere", "\0", "x" * 1000):
        assert desk(cast.editor).post(address(story), {"text": "看", "subsection": key}).status_code == 302
    assert set(story.notes.values_list("subsection_key", flat=True)) == {""}


# Mentioning


def test_colleagues_offered_are_those_who_may_read_stories(cast):
    """The query says the same as the predicate, for everybody here."""
    everybody = [getattr(cast, name) for name in (*ROLES, "second_editor", "outsider")]
    cast.list_editor.is_active = False
    cast.list_editor.save()
    story = a_story()
    assert set(colleagues()) == {one for one in everybody if one.is_active and permissions.can_see(one, story)}


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("ta", ["tang"]),
        ("Zhao", ["zhao"]),
        ("z", ["zhao", "zhou"]),
        ("outs", []),
        ("%", []),
        ("\0", None),
        ("x" * 9999, []),
    ],
)
def test_colleagues_are_found_by_login_or_name(cast, asked, offered):
    response = desk(cast.reporter).get(address(a_story(), "colleagues"), {"q": asked})
    found = [one["login"] for one in response.json()["colleagues"]]
    assert found == offered if offered is not None else len(found) == 8


# The form


def test_form_counts_open_threads_and_names_their_subsections(cast):
    """So that marks stand at the subsections; a resolved thread and an answer do not count."""
    story = a_story(by=cast.reporter, subsections=[("班次", "", "<p>甲</p>")])
    key = story.subsections.get().key
    a_note(story, cast.reporter, "答", thread=a_note(story, cast.editor, subsection_key=key))
    a_note(story, cast.editor, "关于全文")
    resolve_note(note=a_note(story, cast.editor, subsection_key=key), by=cast.editor, now=MONDAY)
    document = page(desk(cast.reporter).get(address(story, "change")))
    link = document.one("p", "status-notes").one("a")
    assert (link.text, link.attributes["href"], link.attributes["target"]) == ("Notes 2", address(story), "_blank")
    assert document.one("script", id="note-marks").text == f'{{"{key}": 1}}'
    assert not document.one("form", id="story_form").all("aside")


def test_new_story_has_no_notes_yet(cast):
    assert not page(desk(cast.reporter).get(reverse("admin:articles_story_add"))).all("p", "status-notes")


def test_threads_cost_the_same_however_many_there_are(cast, django_assert_num_queries):
    story = a_story(by=cast.reporter, subsections=[("班次", "", "<p>甲</p>")])
    client = desk(cast.reporter)
    for _round in range(2):
        for _number in range(3):
            a_note(story, cast.reporter, "答 @tang", thread=a_note(story, cast.editor, "问 @lin"))
        with django_assert_num_queries(QUERIES):
            client.get(address(story), headers=DRAWER)
