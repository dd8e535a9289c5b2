"""Editions: what a list holds from when on. Editing what readers have makes the next edition; the past stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock, permissions, timeline
from articles.actions.activity import author, log_activity
from articles.actions.list_content import check_value, completed, keep_list_revision
from articles.actions.list_merge import merged_with_latest
from articles.actions.list_times import DRAFT, When, fit_times, has_times, merged_times, settled
from articles.actions.overtaken import Decision
from articles.actions.story_list import lock_list
from articles.lists import ListContent
from articles.lists.content import EARLIEST, LATEST
from articles.models import Activity, ListEdition, ListRevision, Story, StoryList
from articles.moments import in_words

Kind = ListEdition.Kind


@transaction.atomic
def save_edition(
    *,
    story_list: StoryList,
    content: ListContent,
    by: Any,
    when: When | None = None,
    edition: ListEdition | None = None,
    based_on: int | None = None,
    times_before: When | None = None,
    decisions: Sequence[Decision] = (),
    comment: str = "",
    now: datetime | None = None,
) -> ListEdition:
    """Store `content` for `when`, as a new edition of the list or in the place of `edition`; returns the edition.

    An edition that readers have or have had is never changed: saving it makes the next one, which begins now, or at
    `when`. `when` None leaves the times as they are. `based_on` is the number of the version the content was read at:
    what was saved in the same edition since is merged into it (actions/list_merge.py). Without an `edition` it is the
    version of what readers had, with which that is merged which is to follow it at once. `times_before` are the times
    of the edition then: where `when` still says so, those that it has by now stay. Raises PermissionDenied, ListError
    for the content, ListConflictError where something is left to decide, TimesChangedError where both changed the
    times, and ValidationError (keyed `start` or `end`) for times that do not fit.
    """
    now = now or clock.now()
    row = _for_editing(story_list.pk, by)
    check_value(content)
    now = settled(row, now)
    stored = _in_its_place(_stored(row, edition), now)
    if edition is None and based_on is not None and when is not None and when.replaces_at(now):
        stored = _holding(row, Kind.STANDING, now)
    when = merged_times(when, times_before, stored, now)
    before = stored.revision if stored else None
    if before is not None and based_on is not None:
        content = merged_with_latest(row, content, before, based_on=based_on, decisions=decisions)
    content = completed(content, before.content if before else None, now)
    when = fit_times(when, stored, now)
    if before is not None and before.digest == content.digest and has_times(stored, when, now):
        return stored
    same = before is not None and before.digest == content.digest
    revision = before if same else keep_list_revision(row, content, by=by, now=now, comment=comment)
    saved = _store(row, stored, revision, when, by=by, now=now)
    rewrite_editions(row, now, saved)
    saved.refresh_from_db()
    _log(saved, by=by, now=now)
    return saved


@transaction.atomic
def publish_editions(
    *,
    editions: Iterable[ListEdition],
    start: datetime | None,
    by: Any,
    seen: Mapping[int, int] | None = None,
    now: datetime | None = None,
) -> list[ListEdition]:
    """Let drafts or planned editions of several lists begin together at `start` (None: now): all of them, or none.

    As they are stored when they are published; with `seen`, the number of the version of each edition (by its id) that
    somebody looked at, only where it is still that one. Raises what `save_edition` raises, and ValidationError for one
    that has begun or changed and for two that would begin at once in one list; the message names the list.
    """
    now = now or clock.now()
    saved: list[ListEdition] = []
    # In one order, so that two who publish the same lists do not wait for each other for ever.
    for edition in sorted({row.pk: row for row in editions}.values(), key=lambda row: (row.story_list_id, row.pk)):
        try:
            saved.append(_publish(edition, start, saved, seen, by=by, now=now))
        except ValidationError as error:
            name = edition.story_list.name
            raise ValidationError([f"{name}: {message}" for message in error.messages]) from error
    return saved


def _publish(
    edition: ListEdition,
    start: datetime | None,
    before: list[ListEdition],
    seen: Mapping[int, int] | None,
    *,
    by: Any,
    now: datetime,
) -> ListEdition:
    """One of several editions, `before` those that were published already."""
    row = _for_editing(edition.story_list_id, by)
    stored = _stored(row, edition)
    if stored.has_begun(settled(row, now)):
        raise ValidationError(_("This edition has begun already."))
    if seen is not None and seen.get(stored.pk) != stored.revision.number:
        raise ValidationError(_("A colleague has changed this edition meanwhile. Look at it again."))
    if any((other.story_list_id, other.kind) == (row.pk, stored.kind) for other in before):
        raise ValidationError(_("Two editions of one list cannot begin at the same moment."))
    when = When(start=start, now=start is None, special=stored.is_special, end=stored.requested_end)
    return save_edition(story_list=row, content=stored.content, by=by, when=when, edition=stored, now=now)


@transaction.atomic
def copy_edition(
    *, story_list: StoryList, shown_at: datetime, by: Any, when: When = DRAFT, now: datetime | None = None
) -> ListEdition:
    """Bring back what the list held at `shown_at`, as a draft unless `when` says otherwise.

    Raises ValidationError when it held nothing then, and what `save_edition` raises.
    """
    now = now or clock.now()
    editions = list(story_list.editions.holding(shown_at).select_related("revision"))
    if not editions:
        raise ValidationError(_("The list held nothing at that moment."))
    then = max(editions, key=lambda row: row.is_special)
    comment = _("As it was %(moment)s.") % {"moment": in_words(shown_at)}
    # Stories that are gone, or in the bin, show nothing anywhere; nobody can save a list that names them.
    here = set(Story.objects.filter(pk__in=then.content.story_ids, binned_at=None).values_list("pk", flat=True))
    content = then.content.with_items(
        item for item in then.content.items if item.story_id is None or item.story_id in here
    )
    return save_edition(story_list=story_list, content=content, by=by, when=when, comment=comment, now=now)


@transaction.atomic
def cancel_edition(*, edition: ListEdition, by: Any, now: datetime | None = None) -> None:
    """Delete a draft, or an edition that has not begun. What it held stays among the versions of its list.

    Raises PermissionDenied, and ValidationError when it has begun.
    """
    row = _for_editing(edition.story_list_id, by)
    now = settled(row, now or clock.now())
    stored = _stored(row, edition)
    if stored.has_begun(now):
        raise ValidationError(_("This edition has begun; readers have had it. Save another one instead."))
    stored.delete()
    rewrite_editions(row, now)
    log_activity(
        by=by,
        verb=Activity.Verb.CANCELLED_EDITION,
        at=now,
        story_list=row,
        version=stored.revision.number,
        starts_at=str(stored.starts_at or ""),
    )


@transaction.atomic
def end_edition(
    *, edition: ListEdition, by: Any, now: datetime | None = None, end: datetime | None = None
) -> ListEdition:
    """Let an edition end at `end` (None: now), earlier or later than planned.

    After a special the standing edition counts again; where a standing one ends, the list shows nothing until the next
    begins. Raises PermissionDenied, and ValidationError (keyed `end`).
    """
    row = _for_editing(edition.story_list_id, by)
    now = settled(row, now or clock.now())
    stored = _stored(row, edition)
    end = end or now
    if not stored.has_begun(now) or (stored.ends_at is not None and stored.ends_at <= now):
        raise ValidationError({"end": _("Readers do not have this edition now.")})
    if end < now or not EARLIEST <= end < LATEST:
        raise ValidationError({"end": _("This moment is in the past; what readers had then stays as it was.")})
    if end <= stored.starts_at:
        raise ValidationError({"end": _("The edition would end before it begins.")})
    stored.requested_end = end
    stored.ends_at = end
    stored.save(update_fields=["requested_end", "ends_at"])
    rewrite_editions(row, now, stored, field="end")
    stored.refresh_from_db()
    log_activity(
        by=by,
        verb=Activity.Verb.ENDED_EDITION,
        at=now,
        story_list=row,
        version=stored.revision.number,
        ends_at=str(end),
    )
    return stored


def rewrite_editions(
    story_list: StoryList, now: datetime, changed: ListEdition | None = None, field: str = "start"
) -> None:
    """Write what follows for the ends of standing editions, and refuse specials that overlap, for `changed` to be told.

    Only of what is not over: nothing that was asked for in the past changes. The caller holds the lock on the list.
    Raises ValidationError (keyed `field`).
    """
    current = story_list.editions.exclude(starts_at=None).not_over(now)
    rows = {row.pk: row for row in current.filter(kind=Kind.STANDING)}
    try:
        windows = timeline.chain(timeline.Asked(row.pk, row.starts_at, row.requested_end) for row in rows.values())
    except timeline.ChainError as error:
        raise ValidationError({field: _("Another edition of this list begins at that moment.")}) from error
    for window in windows:
        if rows[window.key].ends_at != window.end:
            ListEdition.objects.filter(pk=window.key).update(ends_at=window.end)
    specials = [timeline.Window(row.pk, row.starts_at, row.ends_at) for row in current.filter(kind=Kind.SPECIAL)]
    for first, second in timeline.overlaps(specials):
        other = second if changed is not None and first.key == changed.pk else first
        words = _("Another special of this list runs from %(start)s until %(end)s.")
        raise ValidationError({field: words % {"start": in_words(other.start), "end": in_words(other.end)}})


def _for_editing(list_id: int, by: Any) -> StoryList:
    """The list, locked. Raises PermissionDenied, and ValidationError when there is no such list."""
    row = lock_list(list_id)
    if not permissions.can_edit_list(by, row):
        raise PermissionDenied(_("You may not change this list."))
    return row


def _stored(story_list: StoryList, edition: ListEdition | None) -> ListEdition | None:
    """The edition as it is in the database. Raises ValidationError when it was cancelled meanwhile."""
    if edition is None:
        return None
    stored = story_list.editions.select_related("revision", "story_list").filter(pk=edition.pk).first()
    if stored is None:
        raise ValidationError(_("This edition was cancelled meanwhile. Save it as a new one."), code="cancelled")
    return stored


def _in_its_place(stored: ListEdition | None, now: datetime) -> ListEdition | None:
    """The edition that counts in the place of one that has begun: a colleague's next one, or the same."""
    if stored is None or not stored.has_begun(now):
        return stored
    return _holding(stored.story_list, stored.kind, now) or stored


def _holding(story_list: StoryList, kind: str, now: datetime) -> ListEdition | None:
    current = story_list.editions.holding(now).filter(kind=kind)
    return current.select_related("revision", "story_list").first()


def _store(
    story_list: StoryList, stored: ListEdition | None, revision: ListRevision, when: When, *, by: Any, now: datetime
) -> ListEdition:
    """Write the edition: in the place of one that has not begun, after one that has."""
    if stored is not None and stored.has_begun(now):
        if stored.is_special and when.special and stored.holds(now) and when.start < stored.ends_at:
            # The next special takes over from this one.
            ListEdition.objects.filter(pk=stored.pk).update(ends_at=when.start, requested_end=when.start)
        stored = None
    kind = Kind.SPECIAL if when.special else Kind.STANDING
    others = story_list.editions.filter(kind=kind).exclude(pk=stored.pk if stored else None)
    if not when.is_draft and others.filter(starts_at=when.start).exists():
        raise ValidationError({"start": _("Another edition of this list begins at that moment.")})
    times = {"kind": kind, "starts_at": when.start, "ends_at": when.end, "requested_end": when.end}
    if stored is None:
        made = {"created_at": now, "created_by": author(by)}
        return ListEdition.objects.create(story_list=story_list, revision=revision, **times, **made)
    for name, value in {**times, "revision": revision}.items():
        setattr(stored, name, value)
    stored.save(update_fields=[*times, "revision"])
    return stored


def _log(edition: ListEdition, *, by: Any, now: datetime) -> None:
    verb = Activity.Verb.SAVED_EDITION
    if not edition.is_draft:
        verb = Activity.Verb.PUBLISHED_EDITION if edition.has_begun(now) else Activity.Verb.SCHEDULED_EDITION
    log_activity(
        by=by,
        verb=verb,
        at=now,
        story_list=edition.story_list,
        version=edition.revision.number,
        edition=edition.pk,
        starts_at=str(edition.starts_at or ""),
        ends_at=str(edition.ends_at or ""),
    )
