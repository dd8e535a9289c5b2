"""Review at the desk: the buttons of the form, what the status bar says, and what comes back when it is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import approve_story, publish_story, submit_story
from articles.models import Publication, SignOff, Story
from tests.builders import MONDAY, a_section, a_story
from tests.story_form import StoryForm, desk


@pytest.fixture(autouse=True)
def one_review(settings, reading_at):
    settings.REVIEW_STAGES = "one"
    reading_at(MONDAY + timedelta(hours=1))


@pytest.fixture
def story(cast) -> Story:
    return a_story("松岭专车", by=cast.reporter, section=a_section())


def form_of(user, story: Story) -> StoryForm:
    return StoryForm.edit(desk(user), story)


MOVES = {"_submit", "_approve", "_send_back", "_publish_now", "_publish_at", "_withdraw"}


def moves(user, story: Story) -> set[str]:
    return form_of(user, story).buttons & MOVES


def test_buttons_follow_from_where_the_story_stands(cast, story):
    """Draft, waiting, approved, live: each role is offered what it may do then, and nothing else."""
    emergency = {"_publish_now", "_publish_at"}
    assert moves(cast.reporter, story) == {"_submit"}
    assert moves(cast.editor, story) == {"_submit"}
    assert moves(cast.chief_editor, story) == {"_submit", *emergency}
    submit_story(story=story, by=cast.reporter)
    assert moves(cast.reporter, story) == set()
    assert moves(cast.editor, story) == {"_approve", "_send_back"}
    approve_story(story=story, by=cast.editor)
    assert moves(cast.reporter, story) == set()
    assert moves(cast.editor, story) == {"_send_back"}
    assert moves(cast.chief_editor, story) == {"_send_back", *emergency}
    publish_story(story=story, by=cast.chief_editor)
    assert moves(cast.chief_editor, story) == {"_withdraw", *emergency}


def test_new_story_is_submitted_with_its_first_save(cast):
    """Its form offers what a draft's does: no detour over Save, and no publishing around the review."""
    form = StoryForm.new(desk(cast.reporter))
    assert form.buttons & MOVES == {"_submit"}
    form.fill(headline="新写的稿子").saved("_submit")
    assert Story.objects.get(headline="新写的稿子").review == "submitted"


def test_status_bar_says_who_approved_what(cast, story):
    assert "Version 1 has not been submitted for review." in form_of(cast.reporter, story).status
    assert "Version 1 waits for: review." in form_of(cast.reporter, story).saved("_submit").status
    assert "Version 1 is approved. Review: signed by Zhao" in form_of(cast.editor, story).saved("_approve").status


def test_submitting_saves_what_was_typed_first(cast, story):
    """One button: the text is stored, and that version waits."""
    form_of(cast.reporter, story).fill(headline="改好的标题").saved("_submit")
    story.refresh_from_db()
    assert (story.headline, story.review, story.waiting_for) == ("改好的标题", "submitted", "review")


def test_approving_a_text_one_has_just_changed_is_refused_with_the_text(cast, story):
    """It would be one's own version; nothing is stored, and everything typed is there."""
    submit_story(story=story, by=cast.reporter)
    back = form_of(cast.editor, story).fill(headline="编辑改的").refused("_approve")
    assert "A colleague has to approve it." in back.messages
    assert back.values["headline"] == ["编辑改的"]
    assert story.revisions.count() == 1
    assert not SignOff.objects.exists()


def test_version_saved_while_reading_is_not_approved(cast, story):
    submit_story(story=story, by=cast.reporter)
    reading = form_of(cast.editor, story)
    form_of(cast.reporter, story).fill(headline="又改了").saved()
    reading.press("_approve")
    assert not SignOff.objects.exists()
    story.refresh_from_db()
    assert (story.headline, story.waiting_for) == ("又改了", "review")


def test_sending_back_asks_for_a_note_at_its_field(cast, story):
    submit_story(story=story, by=cast.reporter)
    back = form_of(cast.editor, story).refused("_send_back")
    assert back.errors["review_note"] == "Tell the author what is missing."
    form_of(cast.editor, story).fill(review_note="标题再想想").saved("_send_back")
    assert story.notes.get().text == "标题再想想"
    assert "Sent back to its author" in form_of(cast.reporter, story).status


def test_publishing_without_approval_says_what_is_missing(cast, story):
    """The chief editor is told, and may go on in an emergency with a reason."""
    back = form_of(cast.chief_editor, story).refused("_publish_now")
    assert "Version 1 is not approved yet. Missing: review." in back.messages
    assert not Publication.objects.exists()
    back.fill(override_reason="地震速报").saved("_publish_now")
    assert Publication.objects.get().override == "地震速报"


@pytest.mark.parametrize("button", ["_approve", "_send_back", "_publish_now", "_publish_at"])
@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_button_that_is_not_offered_is_refused(cast, who, button):
    """The reporter approves nothing; the editor neither approves her own nor publishes."""
    author = getattr(cast, who)
    own = a_story("自己的稿", by=author, section=a_section())
    submit_story(story=own, by=author)
    form = form_of(author, own).fill(review_note="x", override_reason="急", publish_at="2026-03-05T12:00")
    if (who, button) == ("editor", "_send_back"):
        form.saved(button)
    else:
        assert "colleague" in (said := form.refused(button).messages) or "may not" in said
    assert not SignOff.objects.exists()
    assert not Publication.objects.exists()


def test_newsroom_without_review_shows_nothing_of_it(cast, story, settings):
    settings.REVIEW_STAGES = "none"
    form = form_of(cast.chief_editor, story)
    assert "review" not in form.status
    assert form.buttons & MOVES == {"_publish_now", "_publish_at"}
