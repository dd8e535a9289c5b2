"""The preview page of the story form: what is typed or what is saved, for those who work here, stored nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.models import Story
from tests.builders import MONDAY, a_story
from tests.page import inline_code, page
from tests.story_form import StoryForm, desk

HOUR = timedelta(hours=1)


@pytest.fixture
def editor(cast, reading_at):
    """It is an hour after `MONDAY`: 2026-03-02 10:00 in Beijing."""
    reading_at(MONDAY + HOUR)
    return desk(cast.chief_editor)


def test_preview_shows_what_is_typed_and_stores_nothing(editor):
    """The page of the unsaved form: strict policy, kept by nobody, found by no search engine."""
    story = a_story()
    form = StoryForm.edit(editor, story).fill(headline="只是看看")
    form.add("subsections", heading="预览的一节", body="<p>甲</p>")

    response = form.press("_preview")

    text = response.content.decode()
    assert response.status_code == 200
    assert "只是看看" in text
    assert "预览的一节" in text
    assert "机密便条" not in text
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not inline_code(page(response))
    story.refresh_from_db()
    assert story.headline != "只是看看"
    assert (story.revisions.count(), story.subsections.count(), story.activities.count()) == (1, 0, 1)


def test_preview_of_a_new_story_stores_nothing(editor):
    response = StoryForm.new(editor).fill(headline="新稿预览").press("_preview")
    assert "新稿预览" in response.content.decode()
    assert not Story.objects.exists()


def test_preview_of_what_cannot_be_saved_is_the_form(editor):
    assert StoryForm.new(editor).refused("_preview").errors["headline"]


def test_preview_address_shows_the_saved_working_copy(editor, client):
    """For those who work here only."""
    story = a_story("存过的稿")
    url = reverse("admin:articles_story_preview", args=[story.pk])
    response = editor.get(url)
    assert "存过的稿" in response.content.decode()
    assert "机密便条" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert client.get(url).status_code == 302
