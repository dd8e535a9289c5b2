"""What nobody should send to the page of conflicts, and what it shows that nobody should have written."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from articles.models import Story
from tests.builders import MONDAY, a_story
from tests.conflict_page import CHOSEN, asked, colleague_saves, merge_form, stored
from tests.page import inline_code, page
from tests.story_form import StoryForm, desk


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    """Everything happens an hour after `MONDAY`."""
    reading_at(MONDAY + timedelta(hours=1))


@pytest.fixture
def editor(cast):
    return desk(cast.chief_editor)


@pytest.fixture
def story(db) -> Story:
    return a_story("标题")


def test_hostile_text_is_shown_as_text(editor, story):
    """Markup in either text is text on this page, and formatting that alone differs is shown as source."""
    form = StoryForm.edit(editor, story).fill(headline="<img src=x onerror=alert(1)>", opening="<p><b>字</b></p>")
    colleague_saves(story, headline="</textarea><script>alert(1)</script>", opening="<p><i>字</i></p>")
    shown = asked(form)
    document = page(shown.response)
    # The rich text editor's own frame is the one thing the policy of this page makes room for.
    assert set(inline_code(document)) <= {"style in <div>"}
    assert not merge_form(shown.response).all("img")
    assert "<p><b>字</b></p>" in merge_form(shown.response).text


CRAFTED = ["{", "[]", "{}", '[["1", {}]]', '[[2, {"headline": 1}]]', '[[2, {"headline": ["own", null]}]]', "[" * 5000]


@pytest.mark.parametrize("crafted", [*CRAFTED, json.dumps([[2, {"headline": ["own", "\x00字\ud800"]}]])])
@pytest.mark.parametrize("field", ["_decided", "_choices_before", CHOSEN, "_decided_for", "_own:\x00"])
def test_crafted_choices_never_fail(editor, story, field, crafted):
    """Whatever is sent, the answer is a page or a saved story, and never a text that cannot be stored."""
    form = StoryForm.edit(editor, story).fill(headline="我的标题")
    colleague_saves(story, headline="她的标题")
    response = asked(form).fill(**{CHOSEN: "", field: crafted}).press("_merge")
    assert response.status_code in {200, 302}
    assert stored(story).headline in {"她的标题", "字"}
