"""Whether a list always has one edition that counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from articles import timeline
from articles.list_checks.facts import ListFacts, PageFacts
from articles.list_checks.findings import Level, Problem
from articles.list_checks.words import say


def editions_never_overlap(page: PageFacts) -> Iterator[Problem]:
    """The actions refuse it; what came into the database otherwise is found here."""
    for row in page.own:
        for is_special, words in (
            (True, _("Two specials run at the same time; readers see one of them.")),
            (False, _("Two standing editions run at the same time; readers see the later one.")),
        ):
            of_kind = [each for each in row.editions if each.is_special == is_special]
            for first, second in timeline.overlaps(timeline.Window(each.id, each.start, each.end) for each in of_kind):
                ends = [end for end in (first.end, second.end) if end is not None]
                yield Problem(
                    level=Level.SERIOUS,
                    list_id=row.id,
                    edition_id=second.key,
                    start=max(second.start, page.start),
                    end=min(ends, default=None),
                    message=words,
                )


def list_is_always_in_force(page: PageFacts) -> Iterator[Problem]:
    """Nothing in force, from a moment on. A list that ended long ago, with nothing planned, was given up: no gap."""
    for row in page.own:
        for start, end in _gaps(row, page):
            stand_in = _stand_in(row, page, max(start, page.start))
            if stand_in is not None:
                level, words = Level.NOTE, _("It has no edition; “{other}” stands in for it.")
            elif end is not None:
                level, words = Level.SERIOUS, _("It has no edition until {end}: its place is empty.")
            else:
                level, words = Level.SERIOUS, _("It has no edition any more: its place is empty.")
            other = stand_in.name if stand_in else ""
            yield Problem(level=level, list_id=row.id, start=start, end=end, message=say(words, end=end, other=other))


def _gaps(row: ListFacts, page: PageFacts) -> Iterator[tuple[datetime, datetime | None]]:
    """The gaps of a list that begin before the span ends, as (start, end)."""
    covered = row.ended_at
    for edition in sorted(row.editions, key=lambda each: each.start):
        if covered is not None and edition.start > covered:
            yield covered, edition.start
        if edition.end is None:
            return
        covered = max(covered, edition.end) if covered else edition.end
    if covered is not None and covered < page.end:
        yield covered, None


def _stand_in(row: ListFacts, page: PageFacts, at: datetime) -> ListFacts | None:
    """The list that the page shows in the slot of `row` at `at`."""
    for stretch in page.stretches:
        if stretch.start <= at < stretch.end:
            for list_id in stretch.editions:
                other = page.lists[list_id]
                if other.id != row.id and (other.place, other.slot) == (row.place, row.slot):
                    return other
    return None
