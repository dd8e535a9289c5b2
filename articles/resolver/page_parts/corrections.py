"""What the newsroom corrected: which entries the page of corrections has, and under which headlines."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from articles.models import Publication
from articles.resolver.page_parts.part import Part, within
from articles.resolver.page_parts.story import story_words

# Of the corrections that begin in the span, so many are looked at.
MOST_COMING = 500


class CorrectionsPart(Part):
    """The newest corrections: as many as the first page shows."""

    def __init__(self, shown: int, start: datetime, end: datetime) -> None:
        self.shown = shown
        told = Publication.objects.corrections(end)
        coming = told.filter(live_from__gt=start).order_by("live_from", "pk")[:MOST_COMING]
        # Where some of their stories end, those behind them move up.
        newest = Publication.objects.corrections(start)[: 2 * shown]
        self.changes = sorted([*newest, *coming], key=lambda row: (row.live_from, row.pk), reverse=True)
        self.versions: dict[int, list[Publication]] = defaultdict(list)
        for row in _versions({row.story_id for row in self.changes}, start, end):
            self.versions[row.story_id].append(row)
        every = [row for rows in self.versions.values() for row in rows]
        self.moments = within(start, end, (moment for row in every for moment in (row.live_from, row.live_until)))

    def at(self, moment: datetime) -> dict[int, tuple[Publication, Publication]]:
        """The entries by their id: the change, and what readers have of its story."""
        found: dict[int, tuple[Publication, Publication]] = {}
        for change in self.changes:
            current = next((row for row in self.versions[change.story_id] if row.shows and row.holds(moment)), None)
            if change.live_from <= moment and current is not None and len(found) < self.shown:
                found[change.pk] = (change, current)
        return found

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        then, now = self.at(before), self.at(moment)
        words = []
        for key, (change, current) in now.items():
            names = {"headline": current.headline}
            if change.live_from == moment:
                words.append(story_words(change) % names)
            elif key in then and then[key][1].headline != current.headline:
                words.append(_("“%(headline)s” is shown in its next version") % names)
            elif key not in then and current.live_from == moment:
                words.append(_("“%(headline)s” is public again") % names)
        for key, (change, current) in then.items():
            if key not in now and current.live_until == moment and self._ends(change, moment):
                words.append(_("“%(headline)s” is shown here no longer") % {"headline": current.headline})
        return words

    def _ends(self, change: Publication, moment: datetime) -> bool:
        """Whether readers have nothing of the story from `moment` on: other entries only make room for new ones."""
        return not any(row.shows and row.holds(moment) for row in self.versions[change.story_id])


def _versions(stories: set[int], start: datetime, end: datetime) -> list[Publication]:
    """What readers have of the stories between two moments, each with its `headline` for lists. One query."""
    lasting = Q(live_until=None) | Q(live_until__gt=start)
    rows = Publication.objects.filter(lasting, story__in=stories, live_from__lte=end).defer("findings")
    long, short = F("revision__stored__headline"), F("revision__stored__short_headline")
    found = list(rows.annotate(long_headline=long, short_headline=short).order_by("story", "live_from"))
    for row in found:
        row.headline = row.short_headline or row.long_headline
    return found
