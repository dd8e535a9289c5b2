"""When an edition of a list begins and ends: what was asked for, made to fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from articles.actions.chain import CLOCK_STEP
from articles.lists.content import EARLIEST, LATEST
from articles.models import ListEdition, StoryList
from articles.moments import in_words
from articles.timeline import TICK

Kind = ListEdition.Kind
# A moment typed a little while ago means now.
JUST_NOW = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class When:
    """From when on an edition counts. Without a start it is a draft; `now` is at once. A special has an end."""

    start: datetime | None = None
    end: datetime | None = None
    special: bool = False
    now: bool = False

    @property
    def is_draft(self) -> bool:
        return self.start is None and not self.now


DRAFT, NOW = When(), When(now=True)


def settled(story_list: StoryList, now: datetime) -> datetime:
    """`now`, but never before what is known to have happened to the list: the clock may have been set back since.

    Nor a moment at which an edition of it begins: what begins now follows all that has begun, and replaces none of it.
    Raises ValidationError (code `clock`) where the clock must be wrong.
    """
    known = story_list.editions.aggregate(made=Max("created_at"), begun=Max("starts_at", filter=~Q(begin_done_at=None)))
    latest = max([now, *(moment for moment in known.values() if moment)])
    if latest - now > CLOCK_STEP:
        words = _("The clock of the server shows %(now)s, but this list was changed at %(latest)s. Have the clock set.")
        raise ValidationError(words % {"now": in_words(now), "latest": in_words(latest)}, code="clock")
    while story_list.editions.filter(starts_at=latest).exists():
        latest += TICK
    return latest


def fit_times(when: When | None, stored: ListEdition | None, now: datetime) -> When:
    """`when` with its moments settled. Raises ValidationError (keyed `start` or `end`)."""
    if when is None:
        when = _as_planned(stored, now)
    if when.is_draft:
        if when.end is not None:
            raise ValidationError({"start": _("Say when it begins, or leave the end empty: a draft has neither.")})
        return when
    start = now if when.now else when.start
    if not EARLIEST <= start < LATEST or (when.end is not None and not EARLIEST <= when.end < LATEST):
        field = "start" if not EARLIEST <= start < LATEST else "end"
        raise ValidationError({field: _("Give a moment between the years 1900 and 9000.")})
    if start < now:
        if now - start > JUST_NOW:
            raise ValidationError({"start": _("This moment is in the past; what readers had then stays as it was.")})
        start = now
    if when.special and when.end is None:
        raise ValidationError({"end": _("A special needs an end; after it the standing list counts again.")})
    if when.end is not None and when.end <= start:
        raise ValidationError({"end": _("The window ends before it begins.")})
    return When(start=start, end=when.end, special=when.special)


def _as_planned(stored: ListEdition | None, now: datetime) -> When:
    """The times an edition has; of one that has begun, those of the next one."""
    if stored is None or stored.is_draft:
        return When(special=stored is not None and stored.is_special)
    if stored.has_begun(now):
        if not stored.holds(now):
            raise ValidationError({"start": _("This edition is over. Say when it is to begin again.")})
        return When(now=True, end=stored.requested_end, special=stored.is_special)
    return When(start=stored.starts_at, end=stored.requested_end, special=stored.is_special)


def has_times(stored: ListEdition, when: When, now: datetime) -> bool:
    """Whether the edition has these times already; what readers have now begins now."""
    kind = Kind.SPECIAL if when.special else Kind.STANDING
    if when.is_draft:
        return stored.is_draft and stored.kind == kind
    begins = now if stored.holds(now) else stored.starts_at
    return (begins, stored.requested_end, stored.kind) == (when.start, when.end, kind)
