"""Review: what is published is exactly what was approved, by people who did not write it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import (
    approve_story,
    cancel_publication,
    publish_story,
    save_story,
    send_back_story,
    submit_story,
)
from articles.models import Activity, DeskProfile, Publication, SignOff, Story, StoryRows
from articles.permissions import Operator
from tests.builders import MONDAY, OPERATOR, a_section, a_story

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def one_review(settings):
    settings.REVIEW_STAGES = "one"


def changed(story: Story, *, by, **values):
    """A new revision of the stored story."""
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    for name, value in values.items():
        setattr(rows.story, name, value)
    return save_story(rows=rows, by=by, now=MONDAY)


def approved(cast, headline: str = "松岭县新开两趟务工专车", *, by=None) -> Story:
    """A story of the reporter's that the editor approved."""
    story = a_story(headline, by=by or cast.reporter, section=a_section())
    submit_story(story=story, by=cast.reporter if by is None else by, now=MONDAY)
    approve_story(story=story, by=cast.editor, now=MONDAY)
    return Story.objects.get(pk=story.pk)


def where(story: Story) -> tuple[str, str]:
    return Story.objects.values_list("review", "waiting_for").get(pk=story.pk)


def test_story_goes_from_draft_to_approved(cast):
    """Submitted by its author, signed by an editor: the sign-off holds the hash of what was read."""
    story = a_story(by=cast.reporter)
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    assert where(story) == ("submitted", "review")
    sign_off = approve_story(story=story, by=cast.editor, seen=1, note="可以", now=MONDAY)
    assert where(story) == ("approved", "")
    assert (sign_off.digest, sign_off.signed_by, sign_off.signed_at, sign_off.note) == (
        story.revisions.get().digest,
        cast.editor,
        MONDAY,
        "可以",
    )
    verbs = list(story.activities.values_list("verb", flat=True))
    assert verbs == [Activity.Verb.APPROVED, Activity.Verb.SUBMITTED, Activity.Verb.CREATED]


def test_author_may_not_approve(cast):
    """Also with the right to review: what somebody saved last, a colleague reads."""
    story = a_story(by=cast.editor)
    submit_story(story=story, by=cast.editor, now=MONDAY)
    with pytest.raises(PermissionDenied, match=r"yourself|自己"):
        approve_story(story=story, by=cast.editor, now=MONDAY)
    approve_story(story=story, by=cast.second_editor, now=MONDAY)


def test_reviewer_who_changed_the_text_may_not_approve_it(cast):
    """One comma makes it their version."""
    story = a_story(by=cast.reporter)
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    changed(story, by=cast.editor, headline="改过")
    assert where(story) == ("submitted", "review")
    with pytest.raises(PermissionDenied):
        approve_story(story=story, by=cast.editor, now=MONDAY)
    assert not SignOff.objects.exists()


def test_version_that_was_not_read_is_not_approved(cast):
    """Somebody saved while the editor was reading."""
    story = a_story(by=cast.reporter)
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    changed(story, by=cast.reporter, headline="改过")
    with pytest.raises(ValidationError) as refused:
        approve_story(story=story, by=cast.editor, seen=1, now=MONDAY)
    assert refused.value.code == "changed"
    approve_story(story=story, by=cast.editor, seen=2, now=MONDAY)


@pytest.mark.parametrize(
    "who", ["reporter", "other_reporter", "photo_editor", "list_editor", "administrator", "outsider"]
)
def test_approving_takes_the_right_for_it(cast, who):
    story = a_story(by=cast.second_editor)
    submit_story(story=story, by=cast.second_editor, now=MONDAY)
    with pytest.raises(PermissionDenied):
        approve_story(story=story, by=getattr(cast, who), now=MONDAY)


def test_story_nobody_submitted_is_not_approved(cast):
    story = a_story(by=cast.reporter)
    with pytest.raises(ValidationError):
        approve_story(story=story, by=cast.editor, now=MONDAY)


def test_submitting_twice_is_submitting_once(cast):
    story = a_story(by=cast.reporter)
    for _time in range(2):
        submit_story(story=story, by=cast.reporter, now=MONDAY)
    assert story.activities.filter(verb=Activity.Verb.SUBMITTED).count() == 1


def test_three_reviews_take_three_people(cast, settings):
    """三审: each stage in its order, nobody twice, and published only after the last."""
    settings.REVIEW_STAGES = "three"
    story = a_story(by=cast.reporter, section=a_section())
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    approve_story(story=story, by=cast.editor, now=MONDAY)
    assert where(story) == ("submitted", "second")
    with pytest.raises(PermissionDenied):
        approve_story(story=story, by=cast.editor, now=MONDAY)
    approve_story(story=story, by=cast.second_editor, now=MONDAY)
    assert where(story) == ("submitted", "final")
    with pytest.raises(PermissionDenied):
        approve_story(story=story, by=cast.second_editor, now=MONDAY)
    with pytest.raises(ValidationError):
        publish_story(story=story, by=cast.chief_editor, now=MONDAY)
    approve_story(story=story, by=cast.chief_editor, now=MONDAY)
    assert publish_story(story=story, by=cast.chief_editor, now=MONDAY).override == ""


def test_edit_in_the_middle_of_three_reviews_starts_them_anew(cast, settings):
    """The first reader approved another text."""
    settings.REVIEW_STAGES = "three"
    story = a_story(by=cast.reporter)
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    approve_story(story=story, by=cast.editor, now=MONDAY)
    changed(story, by=cast.reporter, headline="改过")
    assert where(story) == ("submitted", "first")


# Publishing


@pytest.mark.parametrize("at", [None, MONDAY + HOUR])
def test_unapproved_revision_is_neither_published_nor_scheduled(cast, at):
    story = a_story(by=cast.reporter, section=a_section())
    with pytest.raises(ValidationError) as refused:
        publish_story(story=story, by=cast.chief_editor, at=at, now=MONDAY)
    assert "not_approved" in {error.code for error in refused.value.error_list}
    assert not Publication.objects.exists()


def test_edit_after_approval_needs_a_new_one(cast):
    """The page that slipped into an approved bundle: the new text waits, the approved one may go out."""
    story = approved(cast)
    changed(story, by=cast.chief_editor, headline="改过")
    assert where(story) == ("draft", "")
    with pytest.raises(ValidationError):
        publish_story(story=story, by=cast.chief_editor, now=MONDAY)
    first = story.revisions.get(number=1)
    assert publish_story(story=story, by=cast.chief_editor, revision=first, now=MONDAY).revision == first


def test_saving_without_a_change_keeps_the_approval(cast):
    story = approved(cast)
    changed(story, by=cast.chief_editor)
    assert where(story) == ("approved", "")
    publish_story(story=story, by=cast.chief_editor, now=MONDAY)


def test_text_that_comes_back_is_approved_anew(cast):
    """A sign-off belongs to one revision, not to every revision that reads the same."""
    story = approved(cast, "原来")
    changed(story, by=cast.reporter, headline="改过")
    changed(story, by=cast.reporter, headline="原来")
    with pytest.raises(ValidationError):
        publish_story(story=story, by=cast.chief_editor, now=MONDAY)


def test_sign_off_for_other_content_does_not_count(cast):
    """Should a sign-off and its revision ever disagree, nothing goes out."""
    story = approved(cast)
    SignOff.objects.update(digest="0" * 64)
    with pytest.raises(ValidationError):
        publish_story(story=story, by=cast.chief_editor, now=MONDAY)


def test_emergency_takes_a_reason_and_is_on_record(cast):
    """A chief editor may; the reason stands with the publication and in the trail."""
    story = a_story(by=cast.reporter, section=a_section())
    publication = publish_story(story=story, by=cast.chief_editor, override=" 地震 ", now=MONDAY)
    assert publication.override == "地震"
    entry = story.activities.get(verb=Activity.Verb.OVERRODE)
    assert (entry.user, entry.detail["reason"]) == (cast.chief_editor, "地震")


@pytest.mark.parametrize("reason", ["", "  ", "\x00"])
def test_emergency_without_a_reason_is_refused(cast, reason):
    story = a_story(by=cast.reporter, section=a_section())
    with pytest.raises(ValidationError):
        publish_story(story=story, by=cast.chief_editor, override=reason, now=MONDAY)


def test_emergency_is_not_for_everybody_who_publishes(cast):
    """Publishing is one right, publishing against review another."""
    story = a_story(by=cast.reporter, section=a_section())
    cast.chief_editor.groups.get().permissions.remove(
        cast.chief_editor.groups.get().permissions.get(codename="override_checks")
    )
    with pytest.raises(PermissionDenied):
        publish_story(story=story, by=cast.chief_editor, override="地震", now=MONDAY)


def test_reason_that_was_not_needed_is_not_kept(cast):
    assert publish_story(story=approved(cast), by=cast.chief_editor, override="急", now=MONDAY).override == ""


def test_operator_publishes_in_his_own_name_only(cast):
    """A command has no colleague who reads: it needs a reason as well."""
    story = a_story(by=Operator("import"), section=a_section())
    with pytest.raises(ValidationError):
        publish_story(story=story, by=OPERATOR, now=MONDAY)
    publish_story(story=story, by=OPERATOR, override="Imported", now=MONDAY)


def test_version_moved_into_another_section_is_published_by_its_editors(cast):
    """Where a version would appear counts, not where the working copy lies."""
    sports = a_section("体育", "sports")
    DeskProfile.objects.create(user=cast.chief_editor).sections.add(sports)
    story = approved(cast)
    changed(story, by=cast.reporter, section=sports)
    first = story.revisions.get(number=1)
    with pytest.raises(PermissionDenied):
        publish_story(story=story, by=cast.chief_editor, revision=first, now=MONDAY)


# Sending back


def test_sending_back_ends_the_approval_and_says_why(cast):
    story = approved(cast)
    send_back_story(story=story, by=cast.second_editor, note="标题再想想", now=MONDAY)
    assert where(story) == ("sent_back", "")
    assert not SignOff.objects.exists()
    assert (story.notes.get().text, story.notes.get().author) == ("标题再想想", cast.second_editor)
    with pytest.raises(ValidationError):
        publish_story(story=story, by=cast.chief_editor, now=MONDAY)


def test_sending_back_needs_a_note(cast):
    story = approved(cast)
    with pytest.raises(ValidationError) as refused:
        send_back_story(story=story, by=cast.editor, note=" ", now=MONDAY)
    assert set(refused.value.error_dict) == {"review_note"}


def test_scheduled_version_is_not_sent_back_in_silence(cast):
    """It would go live without approval: what is scheduled has to be cancelled first."""
    story = approved(cast)
    planned = publish_story(story=story, by=cast.chief_editor, at=MONDAY + HOUR, now=MONDAY)
    with pytest.raises(ValidationError):
        send_back_story(story=story, by=cast.editor, note="不行", now=MONDAY)
    cancel_publication(publication=planned, by=cast.chief_editor, now=MONDAY)
    send_back_story(story=story, by=cast.editor, note="不行", now=MONDAY)


def test_reporter_does_not_send_back(cast):
    with pytest.raises(PermissionDenied):
        send_back_story(story=approved(cast), by=cast.reporter, note="不行", now=MONDAY)


def test_newsroom_without_review_has_nothing_to_submit(cast, settings):
    settings.REVIEW_STAGES = "none"
    story = a_story(by=cast.reporter, section=a_section())
    with pytest.raises(ValidationError):
        submit_story(story=story, by=cast.reporter, now=MONDAY)
    publish_story(story=story, by=cast.chief_editor, now=MONDAY)
