"""Kinds of change: what a publication has to say about a story that readers had before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.html import storable
from articles.models import Publication, Revision, Story
from articles.moments import in_words

Change = Publication.Change


def last_version(story: Story, start: datetime) -> Publication | None:
    """The last version that readers have had when `start` comes; None for a story that is new to them. One query."""
    return _versions(story).filter(live_from__lt=start).last()


def fit_change(change: str, note: str, revision: Revision, *, before: Publication | None) -> Change:
    """The kind of change as it is stored, for `revision` after the version `before`: a note alone is a correction.

    Raises ValidationError keyed `change` (code `change_needed` where one has to be chosen), or `note` (code
    `note_needed`) where readers would not be told what has changed.
    """
    if change not in Change.values:
        raise ValidationError({"change": _("Choose one of the kinds of change.")})
    change = Change(change)
    if before is None:
        if change == Change.RETRACTION:
            raise ValidationError({"change": _("Readers have had nothing that could be retracted.")})
        return Change.NONE
    if note and not change:
        change = Change.CORRECTION
    if _is_needed(before, revision, change):
        raise ValidationError({"change": _needed(before)})
    if change.is_shown and not note:
        needed = _("Tell readers what has changed.")
        raise ValidationError({"note": ValidationError(needed, code="note_needed")})
    if change == Change.MINOR and note:
        raise ValidationError({"change": _("A minor change is not shown. Choose another kind, or empty the note.")})
    return change


def fit_note(note: str) -> str:
    """The note as it can be stored. Raises ValidationError (keyed `note`) when it is too long."""
    try:
        return Publication._meta.get_field("note").clean(storable(note).strip(), None)
    except ValidationError as error:
        raise ValidationError({"note": error.messages}) from error


@contextmanager
def keeping_plans_explained(story: Story) -> Iterator[None]:
    """What is done in here leaves nothing scheduled that would change what readers have without a kind of change.

    Raises ValidationError (code `plan_unexplained`) that names what has to be called off first.
    """
    known = {row.pk for row in _unexplained(story)}
    yield
    for row in _unexplained(story):
        if row.pk not in known:
            raise ValidationError(
                _(
                    "Version %(number)d is scheduled for %(moment)s. It would then change what readers have without "
                    "telling them. Cancel it first, or schedule it again with a kind of change."
                ),
                code="plan_unexplained",
                params={"number": row.revision.number, "moment": in_words(row.live_from)},
            )


def _versions(story: Story):
    rows = story.publications.exclude(kind=Publication.Kind.WITHDRAWN)
    return rows.select_related("revision").defer("revision__stored").order_by("live_from")


def _unexplained(story: Story) -> list[Publication]:
    return [row for before, row in pairwise(_versions(story)) if _is_needed(before, row.revision, Change(row.change))]


def _is_needed(before: Publication, revision: Revision, change: Change) -> bool:
    """Whether `revision` cannot follow `before` with this kind of change."""
    if before.is_retraction:
        # Nothing may bring a retracted text back unsaid.
        return not change.is_shown
    return not change and before.revision.digest != revision.digest


def _needed(before: Publication) -> ValidationError:
    if before.is_retraction:
        words = _("The story was retracted. Choose what kind of change this is, and tell readers what has changed.")
    else:
        words = _("Readers have had another version. Choose what kind of change this is, or “minor, not shown”.")
    return ValidationError(words, code="change_needed")
