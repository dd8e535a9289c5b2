"""Saving stories: permission, lock, rows, revision, log and index in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles import clock, permissions, search
from articles.actions.activity import author, log_activity
from articles.actions.overtaken import Decision, Overtaken, merge_overtaken
from articles.actions.review import after_edit
from articles.chinese import slug_for
from articles.content import UPGRADES, StoryContent
from articles.html import storable
from articles.models import Activity, ImportRun, Revision, Story, StoryRows

# Rows move here while they are renumbered, so that no two ever hold one position. Beyond any real position.
_PARKING = 1_000_000
_COMMENT_LENGTH = Revision._meta.get_field("comment").max_length
# What only actions write; the instance of a form may have been read before the lock.
_WRITTEN_BY_ACTIONS = (
    "has_publications created_at created_by_id import_key review waiting_for binned_at binned_by_id"
).split()


@transaction.atomic
def save_story(
    *,
    rows: StoryRows,
    by: Any,
    comment: str = "",
    based_on: int | None = None,
    decisions: Sequence[Decision] = (),
    now: datetime | None = None,
    import_run: ImportRun | None = None,
) -> Revision:
    """Store `rows` (the whole story: what is missing from a list is deleted) and return the revision they make.

    A save that changes nothing returns the latest revision and writes nothing. `based_on` is the number of the revision
    the rows were read at, where they may have been open for long: what was saved since is merged into them, `decisions`
    say how where both contradict each other, and the attribute `overtaken` of the revision that is returned (an
    Overtaken) says what was taken over. Raises PermissionDenied, ConflictError (a ValidationError) where something is
    left to decide, and ValidationError for values that cannot be stored.
    """
    now = now or clock.now()
    story = rows.story
    # no_key: a story that links to this one may be saved meanwhile, or two that link to each other would wait for ever.
    stored = Story.objects.select_for_update(no_key=True).filter(pk=story.pk).first() if story.pk else None
    if stored is None:
        # Deleted by somebody else while it was open: what was typed becomes a story again.
        story.pk = None
        story._state.adding = True
    else:
        for name in _WRITTEN_BY_ACTIONS:
            setattr(story, name, getattr(stored, name))
    if stored and stored.binned_at is not None:
        raise PermissionDenied(in_the_bin().message)
    if not (permissions.can_edit(by, stored) if stored else permissions.can_write(by)):
        raise PermissionDenied(_("You may not change this story."))
    _validate(rows)
    story.slug = stored.slug if stored and stored.has_publications else story.slug or slug_for(story.headline)
    rows.give_keys()
    content = rows.content()
    latest = stored.revisions.first() if stored else None
    if latest and (latest.digest == content.digest or _says_already(latest, content, stored)):
        return latest
    overtaken = None
    if latest and based_on is not None and latest.number != based_on:
        overtaken = merge_overtaken(rows, based_on=based_on, latest=latest, decisions=decisions, validate=_validate)
        content = rows.content()
        comment = f"{comment} {_merged_with(overtaken)}".strip()
    if overtaken is None or latest.digest != content.digest:
        after_edit(story)
        _write_rows(rows, content, by=by, now=now, is_new=stored is None)
        _refuse_links_into_the_bin(story)
        latest = _keep_revision(story, content, latest, by=by, comment=comment, now=now, import_run=import_run)
        verb = Activity.Verb.IMPORTED if import_run else Activity.Verb.SAVED if stored else Activity.Verb.CREATED
        log_activity(by=by, verb=verb, at=now, story=story, version=latest.number)
        search.add(story, content)
    latest.overtaken = overtaken
    return latest


def _says_already(latest: Revision, content: StoryContent, stored: Story) -> bool:
    """Whether `latest` says `content` as it stands, though with another hash.

    It may have been saved by an earlier release; the first form kept the address beside the content. And what is in
    review or approved keeps the names of sections, people and the like that were read there, until its text changes:
    otherwise naming a source in English would take the approval off each of its stories.
    """
    is_in_review = stored.review in {Story.Review.SUBMITTED, Story.Review.APPROVED}
    if not is_in_review and latest.stored.get("schema") not in UPGRADES:
        return False
    before = replace(latest.content, slug=latest.content.slug or stored.slug)
    return before.without_names == content.without_names if is_in_review else before == content


def _merged_with(overtaken: Overtaken) -> str:
    return _("Merged with version %(number)d.") % {"number": overtaken.latest.number}


def in_the_bin() -> ValidationError:
    """What whoever changes a story of the bin is told."""
    return ValidationError(_("This story was put into the bin. Take it out of the bin to go on with it."))


def _validate(rows: StoryRows) -> None:
    """Field values and row rules. Relations and uniqueness are the database's, and the forms', to check."""
    errors: list[ValidationError] = []
    for row in [rows.story, *rows.subsections, *rows.bylines, *rows.related_links]:
        for field in row._meta.fields:
            # As StoryContent has it: a headline of blanks is none.
            if isinstance(value := getattr(row, field.attname), str):
                setattr(row, field.attname, storable(value).strip())
        relations = {field.name for field in row._meta.fields if field.is_relation}
        try:
            row.full_clean(exclude=relations, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else ValidationError([text for error in errors for text in error.messages])


def _write_rows(rows: StoryRows, content: StoryContent, *, by: Any, now: datetime, is_new: bool) -> None:
    story = rows.story
    story.opening = content.opening
    for row, part in zip(rows.subsections, content.subsections, strict=True):
        row.body = part.body
    if is_new:
        story.created_at, story.created_by = now, author(by)
    story.updated_at, story.updated_by = now, author(by)
    story.save()
    story.topics.set(rows.topics)
    _write_ordered(story.subsections, rows.subsections)
    _write_ordered(story.bylines, rows.bylines)
    _write_ordered(story.related_links, rows.related_links)


def _write_ordered(manager: Any, rows: Sequence[models.Model]) -> None:
    """Make `rows`, in this order, the rows of the manager's story."""
    kept = set(manager.values_list("pk", flat=True)) & {row.pk for row in rows}
    manager.exclude(pk__in=kept).delete()
    manager.update(position=F("position") + _PARKING)
    for position, row in enumerate(rows, start=1):
        row.story, row.position = manager.instance, position
        if row.pk not in kept:
            # Also a row that somebody else deleted meanwhile: its text is kept.
            row.pk = None
    model = manager.model
    written = [field.name for field in model._meta.fields if not field.primary_key and field.name != "story"]
    model.objects.bulk_update([row for row in rows if row.pk], written)
    model.objects.bulk_create([row for row in rows if row.pk is None])


def _refuse_links_into_the_bin(story: Story) -> None:
    """After they are written, because writing one waits for whoever is putting its target into the bin."""
    gone = story.related_links.exclude(related_story=None).exclude(related_story__binned_at=None)
    if names := list(gone.values_list("related_story__headline", flat=True)):
        raise ValidationError(
            _("These related stories are in the bin: %(stories)s."), params={"stories": _(", ").join(names)}
        )


def _keep_revision(
    story: Story,
    content: StoryContent,
    latest: Revision | None,
    *,
    by: Any,
    comment: str,
    now: datetime,
    import_run: ImportRun | None,
) -> Revision:
    return Revision.objects.create(
        story=story,
        number=latest.number + 1 if latest else 1,
        stored=content.to_json(),
        digest=content.digest,
        text_digest=content.text_digest,
        created_at=now,
        created_by=author(by),
        comment=storable(comment).strip()[:_COMMENT_LENGTH],
        import_run=import_run,
    )
