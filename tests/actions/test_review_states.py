"""Review where the world around it changed: the stages of the newsroom, the bin, and what readers have had."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.actions import (
    approve_story,
    bin_story,
    publish_story,
    reschedule_publication,
    send_back_story,
    submit_story,
    take_out_of_bin,
    withdraw_story,
)
from articles.models import Activity, Story
from tests.builders import MONDAY, a_story
from tests.publishing import HOUR
from tests.story_form import StoryForm


@pytest.fixture(autouse=True)
def one_review(settings):
    settings.REVIEW_STAGES = "one"


@pytest.fixture
def story(cast) -> Story:
    """Submitted by its author."""
    story = a_story(by=cast.reporter)
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    return story


def where(story: Story) -> tuple[str, str]:
    return Story.objects.values_list("review", "waiting_for").get(pk=story.pk)


@pytest.mark.parametrize("was_approved", [False, True])
def test_story_of_a_newsroom_with_other_stages_is_submitted_anew(cast, settings, client, story, was_approved):
    """One review became three: it waits for nobody, so its author is offered to ask again."""
    if was_approved:
        approve_story(story=story, by=cast.editor, now=MONDAY)
    settings.REVIEW_STAGES = "three"
    client.force_login(cast.reporter)
    form = StoryForm.edit(client, story)
    assert "_submit" in form.buttons
    form.saved("_submit")
    assert where(story) == ("submitted", "first")
    with pytest.raises(ValidationError):
        publish_story(story=story, by=cast.chief_editor)


def test_version_that_was_approved_before_it_lay_in_the_bin_is_approved_when_it_is_submitted(cast, story):
    """Its sign-offs are there: nobody has to sign the same text twice."""
    approve_story(story=story, by=cast.editor, now=MONDAY)
    bin_story(story=story, by=cast.chief_editor, now=MONDAY)
    take_out_of_bin(story=story, by=cast.chief_editor, now=MONDAY)
    assert where(story) == ("draft", "")
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    assert where(story) == ("approved", "")
    assert publish_story(story=story, by=cast.chief_editor, now=MONDAY).override == ""


def test_note_with_characters_no_database_stores_is_approved_without_them(cast, story):
    sign_off = approve_story(story=story, by=cast.editor, note="可\x00以", now=MONDAY)
    assert sign_off.note == "可以"
    assert story.activities.get(verb=Activity.Verb.APPROVED).detail["note"] == "可以"


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_who_approved_what_readers_had_stays_on_record(cast, client, story, is_withdrawn):
    """Sending back would end the sign-off: it is neither offered nor done once the version was public."""
    approve_story(story=story, by=cast.editor, now=MONDAY)
    publication = publish_story(story=story, by=cast.chief_editor, now=MONDAY)
    if is_withdrawn:
        withdraw_story(story=story, by=cast.chief_editor, note="失实", now=MONDAY + HOUR)
    with pytest.raises(ValidationError):
        send_back_story(story=story, by=cast.second_editor, note="不行", now=MONDAY + 2 * HOUR)
    assert publication.revision.sign_offs.get().signed_by == cast.editor
    client.force_login(cast.second_editor)
    assert "_send_back" not in StoryForm.edit(client, story).buttons


def test_version_published_in_an_emergency_can_be_sent_back(cast, story):
    """Nobody has approved it: the review afterwards is free to refuse it."""
    publish_story(story=story, by=cast.chief_editor, override="地震", now=MONDAY)
    send_back_story(story=story, by=cast.editor, note="缺来源", now=MONDAY + HOUR)
    assert where(story) == ("sent_back", "")


def test_plan_is_moved_only_while_its_version_is_approved(cast, story, settings):
    """The newsroom asks for three reviews now: what one approved goes live as decided, and is not moved."""
    approve_story(story=story, by=cast.editor, now=MONDAY)
    planned = publish_story(story=story, by=cast.chief_editor, at=MONDAY + 2 * HOUR, now=MONDAY)
    settings.REVIEW_STAGES = "three"
    with pytest.raises(ValidationError) as refused:
        reschedule_publication(publication=planned, at=MONDAY + 3 * HOUR, by=cast.chief_editor, now=MONDAY)
    assert refused.value.error_list[0].code == "not_approved"
