"""Whether readers see of the lists of a page what was meant."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from articles.list_checks.facts import GONE, PageFacts, Stretch
from articles.list_checks.findings import Level, Problem
from articles.list_checks.words import reasons, say
from articles.lists import Chosen, Hidden, Why

# Every list that nobody touches will be stale one day. It is told when that is near, or as soon as an edition begins.
STALE_SOON = timedelta(days=1)


@dataclass
class _Run:
    """So long the same is true of one list of the page: what `chosen` says holds from `start` until `end`."""

    start: datetime
    end: datetime
    edition_id: int
    chosen: Chosen

    def problem(self, page: PageFacts, level: Level, message: object, item_key: str = "") -> Problem:
        return Problem(
            level=level,
            list_id=self.chosen.key,
            edition_id=self.edition_id,
            item_key=item_key,
            start=self.start,
            # The span ends there, and nobody knows what comes then.
            end=None if self.end >= page.end else self.end,
            message=message,
        )


Telling = Callable[[Chosen, Stretch], Iterator[Hashable]]


def _runs(page: PageFacts, tell: Telling) -> Iterator[tuple[_Run, Hashable]]:
    """The runs of stretches in which `tell` says the same of one edition of a list, by when they begin."""
    open_runs: dict[tuple, _Run] = {}
    found: list[tuple[_Run, Hashable]] = []
    for stretch in page.stretches:
        told: dict[tuple, _Run] = {}
        for chosen in stretch.chosen:
            edition_id = stretch.editions[chosen.key]
            for what in tell(chosen, stretch):
                key = (chosen.key, edition_id, what)
                run = open_runs.get(key)
                if run is None:
                    run = _Run(stretch.start, stretch.end, edition_id, chosen)
                    found.append((run, what))
                run.end = stretch.end
                told[key] = run
        open_runs = told
    yield from found


def _missing(chosen: Chosen) -> list[Hidden]:
    """The items that would be shown if something were otherwise."""
    return [hidden for hidden in chosen.hidden if hidden.why != Why.NO_ROOM]


def list_shows_something(page: PageFacts) -> Iterator[Problem]:
    def tell(chosen: Chosen, stretch: Stretch) -> Iterator[Hashable]:
        if not chosen.entries and chosen.key not in page.unjudged:
            yield tuple((hidden.item.key, hidden.why) for hidden in _missing(chosen))

    for run, _what in _runs(page, tell):
        words = _("It shows nothing: {reasons}.") if _missing(run.chosen) else _("It shows nothing: it has no items.")
        message = say(words, reasons=reasons(_missing(run.chosen), page, run.start))
        yield run.problem(page, Level.SERIOUS, message)


def list_is_full(page: PageFacts) -> Iterator[Problem]:
    """Fewer entries than places, and why. An empty list is for the check above."""

    def tell(chosen: Chosen, stretch: Stretch) -> Iterator[Hashable]:
        if 0 < len(chosen.entries) < chosen.content.length and chosen.key not in page.unjudged:
            yield len(chosen.entries), tuple((hidden.item.key, hidden.why) for hidden in _missing(chosen))

    for run, _what in _runs(page, tell):
        count, length, missing = len(run.chosen.entries), run.chosen.content.length, _missing(run.chosen)
        if missing:
            words = _("It shows {count} of {length}: {reasons}.")
        elif run.chosen.content.fill_rule == "nothing":
            words = _("It shows {count} of {length}: it has no more items, and nothing fills the free places.")
        else:
            words = _("It shows {count} of {length}: there are no more stories to fill the free places.")
        message = say(words, count=count, length=length, reasons=reasons(missing, page, run.start))
        yield run.problem(page, _how_bad(run, missing, page), message)


def _how_bad(run: _Run, missing: list[Hidden], page: PageFacts) -> Level:
    if not missing:
        return Level.NOTE
    gone = any(hidden.why == Why.NOT_LIVE and _is_gone(hidden, page, run.start) for hidden in missing)
    is_half_empty = len(run.chosen.entries) * 2 < run.chosen.content.length
    return Level.SERIOUS if gone or is_half_empty else Level.WARNING


def _is_gone(hidden: Hidden, page: PageFacts, at: datetime) -> bool:
    story = page.stories.get(hidden.item.story_id)
    return story is None or story.absence(at) in GONE


def no_story_is_in_two_lists(page: PageFacts) -> Iterator[Problem]:
    """An item that another list of the page shows already: here it is left out."""

    def tell(chosen: Chosen, stretch: Stretch) -> Iterator[Hashable]:
        for hidden in chosen.hidden:
            if hidden.why == Why.DUPLICATE and hidden.list_key != chosen.key:
                yield hidden.item.key, hidden.list_key

    for run, (key, other) in _runs(page, tell):
        hidden = next(each for each in run.chosen.hidden if each.item.key == key)
        words = _("“{name}” is left out: it stands in “{other}” at position {position}.")
        if hidden.position is None:
            words = _("“{name}” is left out: it stands in “{other}”.")
        name, other_name = page.name_of(hidden.item), page.lists[other].name
        message = say(words, name=name, other=other_name, position=hidden.position)
        yield run.problem(page, Level.WARNING, message, item_key=key)


def list_is_fresh(page: PageFacts) -> Iterator[Problem]:
    """Every story that it shows went live long ago. Lists of one topic or story may be made of old ones."""
    if page.stale_after is None:
        return
    for row in page.lists.values():
        if row.topic_id is None and row.story_id is None and row.id not in page.unjudged:
            yield from _stale(row.id, page)


def _stale(list_id: int, page: PageFacts) -> Iterator[Problem]:
    """From when on, and until when, each edition of a list is stale."""
    runs: dict[int, _Run] = {}
    for stretch in page.stretches:
        chosen = next((each for each in stretch.chosen if each.key == list_id), None)
        since = _stale_since(chosen, page, stretch.start) if chosen else None
        if since is not None and since < stretch.end:
            begin = max(stretch.start, since)
            edition_id = stretch.editions[list_id]
            runs.setdefault(edition_id, _Run(begin, stretch.end, edition_id, chosen)).end = stretch.end
    message = say(_("All its stories are older than {days} days."), days=page.stale_after.days)
    for run in runs.values():
        if run.start <= _begin(run, page) + STALE_SOON:
            yield run.problem(page, Level.WARNING, message)


def _begin(run: _Run, page: PageFacts) -> datetime:
    """When the edition of a run begins, or the span, if that is later."""
    editions = page.lists[run.chosen.key].editions
    return max([page.start, *(edition.start for edition in editions if edition.id == run.edition_id)])


def _stale_since(chosen: Chosen, page: PageFacts, at: datetime) -> datetime | None:
    stories = [page.stories[pk] for pk in chosen.story_ids if pk in page.stories]
    live = [story.version_at(at) for story in stories]
    newest = max((version.went_live for version in live if version), default=None)
    return newest + page.stale_after if newest else None
