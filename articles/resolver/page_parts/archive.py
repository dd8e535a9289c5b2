"""The calendar of a month in the archive: which stories it counts."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Publication
from articles.resolver.outlook import StoryWindow, story_windows
from articles.resolver.page_parts.part import Part, within

# Of the stories of the month that come or go in the span, so many are looked at.
MOST_CHANGING = 500


class CalendarPart(Part):
    """The stories that first went live between two moments. A next version of one is no change of their number."""

    def __init__(self, first: datetime, last: datetime, start: datetime, end: datetime) -> None:
        begins = Q(live_from__gt=start, live_from__lte=end)
        ends = Q(live_until__gt=start, live_until__lte=end)
        rows = Publication.objects.filter(begins | ends, first_live_at__gte=first, first_live_at__lt=last)
        changing = set(rows.order_by("live_from").values_list("story", flat=True)[:MOST_CHANGING])
        self.windows = story_windows(changing, start, end)
        every = [window for windows in self.windows.values() for window in windows]
        self.moments = within(start, end, (moment for row in every for moment in (row.start, row.end)))

    def at(self, moment: datetime) -> dict[int, StoryWindow]:
        return {
            story_id: window
            for story_id, windows in self.windows.items()
            for window in windows
            if window.is_listed and window.holds(moment)
        }

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        then, now = self.at(before), self.at(moment)
        come, back = _("“%(headline)s” goes live"), _("“%(headline)s” is public again")
        gone = _("“%(headline)s” is shown here no longer")
        return [
            (come if row.went_live == moment else back) % {"headline": row.headline}
            for key, row in now.items()
            if key not in then
        ] + [gone % {"headline": row.headline} for key, row in then.items() if key not in now]


class TurnOfMonthPart(Part):
    """That the archive opens with the calendar of another month."""

    def __init__(self, first: datetime, last: datetime, start: datetime, end: datetime) -> None:
        self.moments = within(start, end, (first, last))

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        return [_("The calendar of a new month begins")]
