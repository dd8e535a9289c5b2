"""What the form says to machines: kept, refused, merged, compared, restored and checked like everything typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from articles.actions import save_story
from articles.admin.posted_story import story_as_posted
from articles.models import Story, StoryRows
from tests.builders import MONDAY, OPERATOR, a_story
from tests.conflict_page import asked, colleague_saves, merge_form, places, stored
from tests.page import Element, page
from tests.story_form import FORM_TYPE, StoryForm, desk, urlencoded

HOUR = timedelta(hours=1)
AI, HELPED = "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"
TYPED = {"digital_source_type": HELPED, "noindex": "on", "noarchive": "on"}
SAID = {"digital_source_type": HELPED, "noindex": True, "noarchive": True}


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    reading_at(MONDAY + HOUR)


@pytest.fixture
def editor(cast):
    return desk(cast.chief_editor)


@pytest.fixture
def story(db) -> Story:
    return a_story("标题")


def said(story: Story) -> dict[str, object]:
    """What the latest version and the working copy say, which is the same."""
    content = story.revisions.first().content
    found = {name: getattr(content, name) for name in SAID}
    assert found == {name: getattr(stored(story), name) for name in SAID}
    return found


def typed(form: StoryForm) -> dict[str, str]:
    return {name: form.values[name][0] for name in TYPED if name in form.values}


def test_form_saves_and_shows_them_again(editor, story):
    """A box that is not ticked is taken back as well."""
    form = StoryForm.edit(editor, story).fill(**TYPED).saved()
    assert said(story) == SAID
    assert typed(form) == TYPED
    del form.values["noindex"], form.values["noarchive"]
    form.fill(digital_source_type="").saved()
    assert said(story) == {"digital_source_type": "", "noindex": False, "noarchive": False}


def test_refused_form_keeps_them(editor, story):
    assert typed(StoryForm.edit(editor, story).fill(**TYPED, headline="").refused()) == TYPED


@pytest.mark.parametrize("code", ["nonsense", "\x00", "9" * 10_000])
def test_unknown_code_is_refused_at_its_field(editor, story, code):
    form = StoryForm.edit(editor, story).fill(**{**TYPED, "digital_source_type": code}).refused()
    assert "digital_source_type" in form.errors
    assert typed(form)["noindex"] == "on"
    assert story.revisions.count() == 1


def test_kept_form_brings_them_back(editor, story):
    """After a crash of the browser."""
    form = StoryForm.edit(editor, story).fill(**TYPED)
    address = reverse("admin:articles_story_keep", args=[story.pk])
    editor.post(address, urlencoded({**form.values, "form_serial": "1"}), content_type=FORM_TYPE)
    opened = StoryForm.edit(editor, story)
    [link] = [a.attributes["href"] for a in opened.document.all("a") if "?kept=" in a.attributes.get("href", "")]
    response = editor.get(f"{opened.url}{link}")
    assert typed(StoryForm.of(editor, opened.url, response)) == TYPED


def test_changes_of_two_people_are_merged(editor, story):
    """Each of them in another field."""
    form = StoryForm.edit(editor, story).fill(noindex="on")
    colleague_saves(story, digital_source_type=AI, noarchive=True)
    form.saved()
    assert said(story) == {"digital_source_type": AI, "noindex": True, "noarchive": True}


@pytest.mark.parametrize(("chosen", "expected"), [("mine", HELPED), ("theirs", AI)])
def test_contradiction_is_asked_in_words_and_nothing_else_is_lost(editor, story, chosen, expected):
    """The codes are for machines; a code of one's own is not among the choices."""
    form = StoryForm.edit(editor, story).fill(**TYPED)
    colleague_saves(story, digital_source_type=AI)
    question = asked(form)
    assert places(question) == ["Made by"]
    sides = [side.one(css_class="merge-text").text for side in merge_form(question.response).all("section")]
    assert sides == ["AI", "people with the help of AI"]
    assert "people" in merge_form(question.response).one("details").text
    options = {found.attributes["value"] for found in merge_form(question.response).all("input", type="radio")}
    assert options == {"mine", "theirs"}
    question.fill(**{"_choice:digital_source_type": chosen}).saved()
    assert said(story) == {**SAID, "digital_source_type": expected}


def a_second_version(story: Story, **values: object) -> None:
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    for name, value in values.items():
        setattr(rows.story, name, value)
    save_story(rows=rows, by=OPERATOR, now=MONDAY + HOUR)


def compared(document: Element, name: str) -> str:
    return document.one("section", id=f"field-{name}").text


def test_comparison_says_them_in_words(editor, story):
    a_second_version(story, **SAID)
    address = reverse("admin:articles_story_compare", args=[story.pk])
    document = page(editor.get(f"{address}?old=1&new=2"))
    assert "people with the help of AI" in compared(document, "digital_source_type")
    assert "Composite" not in document.text
    assert "yes" in compared(document, "noindex")
    assert "yes" in compared(document, "noarchive")


def test_each_of_them_is_restored(editor, story):
    """One by one, and with the whole version."""
    a_second_version(story, **SAID)
    address = reverse("admin:articles_story_restore", args=[story.pk])
    for name in SAID:
        latest = story.revisions.first().number
        editor.post(address, {"revision": "1", "part": name, "based_on": latest})
        assert said(story)[name] in ("", False), name
    latest = story.revisions.first().number
    editor.post(address, {"revision": "2", "whole": "1", "based_on": latest})
    assert said(story) == SAID


def test_unsaved_form_is_checked_with_what_is_typed():
    """The checks before publishing read the form as it stands."""
    read = story_as_posted(QueryDict(urlencoded({"headline": "标题", **TYPED})), {}).content
    assert {name: getattr(read, name) for name in SAID} == SAID
    bare = story_as_posted(QueryDict("headline=a"), {}).content
    assert (bare.digital_source_type, bare.noindex, bare.noarchive) == ("", False, False)
