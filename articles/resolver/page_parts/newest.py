"""Stories in the order they went live: the pages of sections, topics and people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from articles.models import Publication
from articles.resolver.outlook import StoryWindow
from articles.resolver.page_parts.part import Part, within

# Of what goes live in the span, so many are looked at.
MOST_COMING = 500


class NewestPart(Part):
    """The newest stories of a section, topic or person, or of the whole site: as many as their first page shows."""

    def __init__(
        self, publications: QuerySet[Publication], listing: QuerySet | None, shown: int, start: datetime, end: datetime
    ) -> None:
        """`listing`: the index rows that list `publications`; None where all stories are listed."""
        self.shown = shown
        coming = publications.filter(live_from__gt=start, live_from__lte=end)
        if listing is None:
            newest = publications.listed(start).out_by(start).newest_first().values_list("pk", flat=True)
        else:
            newest = listing.live(start).out_by(start).newest_first().values_list("publication", flat=True)
            coming = coming.filter(pk__in=listing.values("publication"))
        # Where some of them end, those behind them move up.
        live = newest[: 2 * shown]
        wanted = [*live, *coming.order_by("live_from").values_list("pk", flat=True)[:MOST_COMING]]
        self.rows = sorted(self._windows(wanted), key=lambda row: row.place, reverse=True)
        self.moments = within(start, end, (m for row in self.rows for m in (row.start, row.end)))

    @staticmethod
    def _windows(ids: Sequence[int]) -> list[StoryWindow]:
        rows = Publication.objects.filter(pk__in=ids).order_by()
        rows = rows.annotate(
            headline=F("revision__stored__headline"), short=F("revision__stored__short_headline")
        ).defer("findings")
        return [
            StoryWindow(
                row.story_id,
                row.pk,
                row.live_from,
                row.live_until,
                row.first_live_at,
                row.is_listed,
                row.short or row.headline,
            )
            for row in rows
        ]

    def at(self, moment: datetime) -> list[StoryWindow]:
        live = (row for row in self.rows if row.is_listed and row.holds(moment))
        return [row for row, _place in zip(live, range(self.shown), strict=False)]

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        then, now = ({row.story_id: row for row in self.at(at)} for at in (before, moment))
        words = []
        for key, row in now.items():
            if row.start != moment or (key in then and then[key] == row):
                continue
            if key in then:
                words.append(_("“%(headline)s” is shown in its next version") % {"headline": row.headline})
            elif row.went_live == moment:
                words.append(_("“%(headline)s” goes live") % {"headline": row.headline})
            else:
                words.append(_("“%(headline)s” is public again") % {"headline": row.headline})
        for key, row in then.items():
            if key not in now and row.end == moment:
                words.append(_("“%(headline)s” is shown here no longer") % {"headline": row.headline})
        return words
