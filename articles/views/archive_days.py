"""Which days have stories that readers can read: what the calendar of the archive is made of.

A story belongs to the day, in the newsroom's zone, on which it first went live: corrections do not repeat it. Lists do
not lead to what is retracted, and no more does the archive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Subquery
from django.db.models.functions import TruncDate

from articles import moments
from articles.models import Publication
from articles.models.publication import PublicationQuerySet

# So many years, the newest, are offered: each costs a look into the index.
MOST_YEARS = 100
# The first and last years of the calendar have no moments in every zone: pages of days begin after the one and end
# before the other, whatever stories say.
FIRST_YEAR, LAST_YEAR = 2, 9998


@dataclass(frozen=True)
class Reach:
    """From when until when there are stories, and the nearest ones around a span: moments, None where there is none."""

    earliest: datetime
    newest: datetime
    previous: datetime | None
    next: datetime | None

    @property
    def first_day(self) -> date:
        """The day of the first story."""
        return moments.local(self.earliest).date()


def start_of(day: date) -> datetime:
    """The moment in UTC at which `day` begins in the newsroom's zone; where clocks show midnight twice, the first."""
    return datetime.combine(day, time(), tzinfo=moments.zone()).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The moment at which `day` ends: 23 or 25 hours after it began where clocks are changed."""
    return start_of(day + timedelta(days=1))


def last_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def span_shown(at: datetime, year: str = "", month: str = "", day: str = "") -> tuple[datetime, datetime] | None:
    """From when until when the page of a day or month shows stories; without one, of the month of `at`.

    None for a date that no calendar has, or so far away that it has no moment in every zone.
    """
    try:
        first = date(int(year), int(month), int(day or 1)) if year else moments.local(at).date().replace(day=1)
    except ValueError:
        return None
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        return None
    return start_of(first), end_of(first if day else last_of_month(first))


def stories_between(start: datetime, end: datetime, at: datetime) -> PublicationQuerySet:
    """What lists lead to at `at` of the stories that first went live from `start` until just before `end`."""
    return stories_since(start, at).filter(first_live_at__lt=end)


def stories_since(start: datetime, at: datetime) -> PublicationQuerySet:
    """The same without an end."""
    return Publication.objects.listed(at).filter(first_live_at__gte=start)


def reach(start: datetime, end: datetime, at: datetime) -> Reach | None:
    """How far the archive goes at `at`, and what is nearest to [start, end); None when it is empty. One query."""
    # What has begun has gone live before; said again, so that the index is read from there.
    out = Publication.objects.listed(at).filter(first_live_at__gte=start_of(date(FIRST_YEAR, 1, 1)))
    out = out.filter(first_live_at__lte=at).order_by("first_live_at")
    around = {
        "newest_at": out.reverse(),
        "previous_at": out.filter(first_live_at__lt=start).reverse(),
        "next_at": out.filter(first_live_at__gte=end),
    }
    found = out.annotate(**{name: Subquery(rows.values("first_live_at")[:1]) for name, rows in around.items()})
    row = found.values_list("first_live_at", *around).first()
    return row and Reach(*row)


def counts_by_day(start: datetime, end: datetime, at: datetime) -> dict[date, int]:
    """How many stories each day between two moments has at `at`; no day without one. One query."""
    rows = stories_between(start, end, at).order_by()
    day = TruncDate("first_live_at", tzinfo=moments.zone())
    return dict(rows.annotate(day=day).values_list("day").annotate(Count("pk")))


def latest_by_year(known: Reach, at: datetime) -> dict[int, datetime]:
    """The newest story of each year that has one, newest year first. One query, with one look per year."""
    last, first = (moments.local(moment).year for moment in (known.newest, known.earliest))
    years = range(last, max(first, last - MOST_YEARS + 1) - 1, -1)
    looks = [_newest_of(year, at) for year in years]
    # Any row will do to ask these of.
    row = Publication.objects.filter(first_live_at=known.earliest).order_by("pk").values_list(*looks).first()
    return {year: found for year, found in zip(years, row, strict=True) if found is not None}


def _newest_of(year: int, at: datetime) -> Subquery:
    rows = stories_between(start_of(date(year, 1, 1)), end_of(date(year, 12, 31)), at)
    return Subquery(rows.order_by("-first_live_at").values("first_live_at")[:1])
