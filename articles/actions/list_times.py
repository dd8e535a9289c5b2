"""When an edition of a list begins and ends: what was asked for, made to fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

    def replaces_at(self, now: datetime) -> bool:
        """Whether a standing edition with these times takes, at once, the place of what readers have."""
        return not self.special and (self.now or (self.start is not None and self.start <= now))


DRAFT, NOW = When(), When(now=True)


class TimesChangedError(ValidationError):
    """The times of an edition are others than those that a form was opened with: `times` says which."""

    def __init__(self, times: When) -> None:
        words = _(
            "A colleague has changed meanwhile when readers see this edition: %(times)s. Nothing is saved yet, and all"
            " that you typed is kept. Look at the times below: saved again, they count as they stand there."
        )
        super().__init__(words % {"times": times_in_words(times)}, code="times")
        self.times = times


def times_of(edition: ListEdition) -> When:
    """The times an edition has, as they were asked for."""
    special = edition.is_special and not edition.is_draft
    return When(start=edition.starts_at, end=edition.requested_end, special=special)


def times_in_words(times: When) -> str:
    """Such as "from 2 March, 14:30 until 3 March, 8:00"."""
    if times.start is None:
        return _("a draft, without a moment")
    shown = {"start": in_words(times.start), "end": in_words(times.end) if times.end else ""}
    if times.special:
        return _("a special from %(start)s until %(end)s") % shown
    return (_("from %(start)s until %(end)s") if times.end else _("from %(start)s")) % shown


def merged_times(when: When | None, before: When | None, stored: ListEdition | None, now: datetime) -> When | None:
    """`when`, asked for in a form that was opened with the times `before`; None for those that the edition has.

    What a colleague has changed since counts where the form was left as it was. Raises TimesChangedError where both
    changed something, and where readers have it by now without the form having said so: what was typed for later, or
    for nobody yet, is not shown to them by chance.
    """
    if when is None or before is None or stored is None:
        return when
    asked, theirs = when, times_of(stored)
    if stored.has_begun(now):
        if before.start is None or before.start > now:
            raise TimesChangedError(theirs)
        # When it began is past; what is asked for is the next one.
        asked, theirs = _since(before, when), replace(theirs, start=before.start)
    if theirs in (before, asked):
        return when
    if asked != before:
        raise TimesChangedError(times_of(stored))
    return None


def are_taken_over(when: When, before: When | None, saved: ListEdition, now: datetime) -> bool:
    """Whether `saved` has the times that a colleague gave it while a form with `before` was open."""
    if before is None:
        return False
    theirs, asked = times_of(saved), when
    if saved.has_begun(now) and before.start is not None and before.start <= now:
        asked, theirs = _since(before, when), replace(theirs, start=before.start)
    return asked == before != theirs


def _since(before: When, when: When) -> When:
    """`when` as it compares with an edition that readers have: now is what the form says of one that has begun."""
    return replace(when, start=before.start, now=False) if when.now else when


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
