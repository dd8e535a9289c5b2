"""Review: submitting a story, signing off one exact revision of it, and sending it back.

What is signed is a revision's content hash. A new revision starts without sign-offs, so what is published is exactly
what was approved.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import author, log_activity, name_of
from articles.actions.editorial_note import write_note
from articles.actions.locking import lock_story
from articles.actions.notifying import authors, reviewers, tell
from articles.html import storable
from articles.models import Activity, Publication, Revision, SignOff, Story
from articles.workflow import Stage, next_stage, review_stages

_NOTE_LENGTH = SignOff._meta.get_field("note").max_length


@transaction.atomic
def submit_story(*, story: Story, by: Any, now: datetime | None = None) -> Story:
    """Ask for review of the latest revision. Raises PermissionDenied, and ValidationError where there is no review."""
    now = now or clock.now()
    story = lock_story(story.pk)
    if not permissions.can_edit(by, story):
        raise PermissionDenied(_("You may not change this story."))
    stages = review_stages()
    if not stages:
        raise ValidationError(_("This newsroom publishes without review."))
    # What waits for a stage that the newsroom has no more is submitted anew.
    if story.review == Story.Review.SUBMITTED and story.waiting_for in {stage.key for stage in stages}:
        return story
    revision = _latest(story)
    waiting = next_stage(stages, signed_stages(revision))
    if waiting is None and story.review == Story.Review.APPROVED:
        return story
    # Every stage may have signed this version already: of a story that has been in the bin.
    _move(story, Story.Review.SUBMITTED if waiting else Story.Review.APPROVED, waiting)
    log_activity(by=by, verb=Activity.Verb.SUBMITTED, at=now, story=story, version=revision.number)
    if waiting:
        _tell_reviewers(story, revision, waiting, by=by, now=now)
    return story


@transaction.atomic
def approve_story(
    *, story: Story, by: Any, seen: int | None = None, note: str = "", now: datetime | None = None
) -> SignOff:
    """Sign off the latest revision at the stage it waits for.

    `seen` is the number of the revision that was read; another one saved since is not approved unread. Raises
    PermissionDenied, and ValidationError (code `changed` for another revision).
    """
    now = now or clock.now()
    story = lock_story(story.pk)
    revision = _latest(story)
    signed = list(revision.sign_offs.all())
    stage = next((stage for stage in review_stages() if stage.key == story.waiting_for), None)
    if stage is None:
        raise ValidationError(_("This story does not wait for review."))
    signed_by = {row.signed_by_id for row in signed} - {None}
    if not permissions.can_sign_off(by, story, stage, edited_by=revision.created_by_id, signed_by=signed_by):
        raise PermissionDenied(_why_not(by, story, stage, signed_by))
    if seen is not None and seen != revision.number:
        raise ValidationError(
            _("Version %(number)d was saved while you were reading. Look at it before you approve."),
            code="changed",
            params={"number": revision.number},
        )
    note = storable(note).strip()[:_NOTE_LENGTH]
    sign_off = SignOff.objects.create(
        revision=revision,
        digest=revision.digest,
        stage=stage.key,
        signed_at=now,
        signed_by=author(by),
        signed_by_name=name_of(by),
        note=note,
    )
    waiting = next_stage(review_stages(), {stage.key, *(row.stage for row in signed)})
    _move(story, Story.Review.SUBMITTED if waiting else Story.Review.APPROVED, waiting)
    log_activity(
        by=by, verb=Activity.Verb.APPROVED, at=now, story=story, version=revision.number, stage=stage.key, note=note
    )
    tell(users=authors(story), kind="approved", story=story, at=now, key=f"approved:{sign_off.pk}", by=by)
    if waiting:
        _tell_reviewers(story, revision, waiting, by=by, now=now)
    return sign_off


@transaction.atomic
def send_back_story(*, story: Story, by: Any, note: str, now: datetime | None = None) -> Story:
    """Hand the story back to its author, with a note that says why; its sign-offs end.

    Raises PermissionDenied, and ValidationError (keyed `review_note` where the note is missing).
    """
    now = now or clock.now()
    story = lock_story(story.pk)
    if not permissions.can_send_back(by, story):
        raise PermissionDenied(_("You may not send this story back."))
    if story.review not in {Story.Review.SUBMITTED, Story.Review.APPROVED}:
        raise ValidationError(_("This story does not wait for review."))
    if not storable(note).strip():
        raise ValidationError({"review_note": _("Tell the author what is missing.")})
    revision = _latest(story)
    shown = story.publications.filter(revision=revision).exclude(kind=Publication.Kind.WITHDRAWN)
    if shown.filter(live_from__gt=now).exists():
        raise ValidationError(_("This version is scheduled. Cancel that first; otherwise it would go live unapproved."))
    if story.review == Story.Review.APPROVED and shown.exists():
        raise ValidationError(
            _("Readers have had this version: who approved it stays on record. Change the story instead.")
        )
    revision.sign_offs.all().delete()
    _move(story, Story.Review.SENT_BACK, None)
    written = write_note(story=story, by=by, text=note, tell_author=False, now=now)
    tell(users=authors(story), kind="sent_back", story=story, at=now, key=f"sent_back:{written.pk}", by=by)
    log_activity(by=by, verb=Activity.Verb.SENT_BACK, at=now, story=story, version=revision.number)
    return story


def _why_not(by: Any, story: Story, stage: Stage, signed_by: Collection[int]) -> str:
    """In words, why somebody may not sign off the latest revision."""
    if not permissions.can_review(by, story, stage):
        return _("You may not approve this story.")
    if by.pk in signed_by:
        return _("You approved this version at an earlier stage. Another colleague has to go on.")
    return _("You saved this version yourself. A colleague has to approve it.")


def _tell_reviewers(story: Story, revision: Revision, stage: Stage, *, by: Any, now: datetime) -> None:
    """Each time it is submitted anew, also after it was sent back unchanged: hence the moment in the key."""
    key = f"submitted:{revision.pk}:{stage.key}:{now:%Y%m%d%H%M%S}"
    tell(users=reviewers(story, stage), kind="submitted", story=story, at=now, key=key, by=by)


def after_edit(story: Story) -> None:
    """What a new revision means for the review: it needs its own sign-offs. The caller holds the lock and saves."""
    stages = review_stages()
    if story.review == Story.Review.SUBMITTED and stages:
        story.waiting_for = stages[0].key
    elif story.review in {Story.Review.SUBMITTED, Story.Review.APPROVED}:
        story.review, story.waiting_for = Story.Review.DRAFT, ""


def signed_stages(revision: Revision) -> set[str]:
    """Keys of the stages at which exactly this content was approved. One query."""
    return set(revision.sign_offs.filter(digest=F("revision__digest")).values_list("stage", flat=True))


def missing_stages(revision: Revision) -> tuple[Stage, ...]:
    """The stages that `revision` still has to pass before it may be published. At most one query."""
    stages = review_stages()
    signed = signed_stages(revision) if stages else set()
    return tuple(stage for stage in stages if stage.key not in signed)


def refuse_unapproved(revision: Revision) -> None:
    """Raises ValidationError (code `not_approved`) unless every stage approved exactly `revision`."""
    if missing := missing_stages(revision):
        stages = _(", ").join(str(stage.label) for stage in missing)
        raise ValidationError(
            _("Version %(number)d is not approved yet. Missing: %(stages)s."),
            code="not_approved",
            params={"number": revision.number, "stages": stages},
        )


def _latest(story: Story) -> Revision:
    revision = story.revisions.first()
    if revision is None:
        raise ValidationError(_("Save the story first."))
    return revision


def _move(story: Story, review: Story.Review, waiting: Stage | None) -> None:
    story.review, story.waiting_for = review, waiting.key if waiting else ""
    story.save(update_fields=["review", "waiting_for"])
