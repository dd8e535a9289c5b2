"""A story form that is sent twice is saved once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.models import Activity, Publication, Revision, Story
from tests.builders import MONDAY, a_section, a_story
from tests.story_form import StoryForm, desk


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    reading_at(MONDAY + timedelta(hours=1))


@pytest.fixture
def story(cast) -> Story:
    return a_story("原来的标题", by=cast.reporter)


@pytest.fixture
def reporter(cast):
    return desk(cast.reporter)


def test_new_story_sent_twice_is_one_story(reporter):
    """A double click is answered twice the same."""
    form = StoryForm.new(reporter).fill(headline="双击")
    first, second = form.press(), form.press()
    assert first.url == second.url
    assert Story.objects.count() == Revision.objects.count() == 1


def test_new_story_sent_again_with_more_text_is_its_next_version(reporter):
    form = StoryForm.new(reporter).fill(headline="双击")
    form.press()
    form.fill(headline="双击之后").saved()
    assert Story.objects.get().headline == "双击之后"
    assert Revision.objects.count() == 2


def test_publishing_sent_twice_is_one_publication(cast, story):
    """The second answer says what the first did, and no second correction is made."""
    form = StoryForm.edit(desk(cast.chief_editor), story).fill(headline="发了", section=a_section().pk)
    form.saved("_publish_now")
    again = form.saved("_publish_now")
    assert "readers see this version now" in again.messages
    assert (story.revisions.count(), Publication.objects.count()) == (2, 1)
    assert Activity.objects.filter(verb="published").count() == 1


def test_form_of_somebody_else_asks_before_it_is_saved_in_ones_name(story, cast, reporter):
    form = StoryForm.edit(reporter, story).fill(headline="谁写的")
    form.client = desk(cast.editor)
    back = form.refused()
    assert "Somebody else opened this form" in back.errors[""]
    assert back.values["headline"] == ["谁写的"]
    back.saved()
    assert story.revisions.first().created_by == cast.editor


def test_new_story_that_was_refused_can_be_sent_again(reporter):
    """Only what was saved is remembered."""
    form = StoryForm.new(reporter).fill(headline="")
    form.refused().fill(headline="现在有了").saved()
    assert Story.objects.get().headline == "现在有了"


def test_key_of_somebody_else_changes_nothing(reporter, cast):
    """A form with the key of another person's form is a form of its own."""
    form = StoryForm.new(desk(cast.editor)).fill(headline="编辑的")
    form.saved()
    StoryForm.new(reporter).fill(headline="记者的", form_key=form.values["form_key"][0]).saved()
    assert set(Story.objects.values_list("headline", flat=True)) == {"编辑的", "记者的"}


@pytest.mark.parametrize("key", ["", "\x00", "长", "x" * 99])
def test_form_without_a_usable_key_is_saved(reporter, key):
    StoryForm.new(reporter).fill(headline="没有钥匙", form_key=key).saved()
    assert Story.objects.count() == 1
