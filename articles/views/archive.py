"""The archive: a calendar of the days that have stories, and the stories of a day.

There is a page for every month and every day from that of the first story until that of `request.at`; a day without
stories says so, and leads to the nearest days that have some. Every other date is not found: one that no calendar has,
one before the first story, and the future, whose days would tell of what is scheduled.
"""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import moments
from articles.views.archive_days import (
    Reach,
    counts_by_day,
    end_of,
    last_of_month,
    latest_by_year,
    reach,
    start_of,
    stories_since,
)
from articles.views.listing import read_publications
from articles.views.page_facts import Crumb, Listed, PageFacts


@dataclass(frozen=True)
class CalendarDay:
    """A day of a calendar: how many stories it has, and its page where it has some."""

    day: date
    count: int = 0
    url: str = ""
    is_today: bool = False


@dataclass(frozen=True)
class ArchiveLink:
    """The way to a day or a month, or to a year by its last month with stories."""

    name: str
    url: str
    is_shown: bool = False


@require_safe
def archive(request: HttpRequest, year: str = "", month: str = "") -> HttpResponse:
    """The calendar of a month; without one, of that of `request.at`."""
    today = moments.local(request.at).date()
    first = _day_asked(request, year, month, "1") if year else today.replace(day=1)
    last = last_of_month(first)
    start, end = start_of(first), end_of(last)
    found = reach(start, end, request.at)
    if year and (found is None or last < found.first_day):
        raise Http404
    name = month_name(first)
    root = reverse("articles:archive")
    counts = counts_by_day(start, end, request.at) if found else {}
    facts = PageFacts(
        title=name if year else _("Archive"),
        description=_("All stories of %(month)s, day by day.") % {"month": name},
        address=month_address(first) if year else root,
        crumbs=(Crumb(_("Archive"), root),) if year else (),
        # A month without stories is nothing to be found by; the archive itself always is.
        noindex=bool(year) and not counts,
    )
    context = {
        "facts": facts,
        "month": name,
        "weekdays": weekdays(),
        "weeks": weeks_of(first, counts, today),
        "total": sum(counts.values()),
        "years": years_of(found, first.year, request.at) if found else [],
        **neighbours(found, month_link),
    }
    return render(request, "articles/archive.html", context)


@require_safe
def archive_day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """The stories of a day, newest first."""
    shown = _day_asked(request, year, month, day)
    start, end = start_of(shown), end_of(shown)
    found = reach(start, end, request.at)
    if found is None or shown < found.first_day:
        raise Http404
    page = read_publications(request, stories_since(start, request.at), until=end)
    if not page.stories and not page.is_first_page:
        raise Http404
    name = day_name(shown)
    first = shown.replace(day=1)
    facts = PageFacts(
        title=name,
        description=_("All stories of %(day)s.") % {"day": name},
        address=day_address(shown) + page.query,
        crumbs=(Crumb(_("Archive"), reverse("articles:archive")), Crumb(month_name(first), month_address(first))),
        listed=tuple(Listed(row.content.list_headline, row.get_absolute_url()) for row in page.stories),
        # A day without stories is nothing to be found by.
        noindex=not page.stories,
    )
    context = {"facts": facts, "day_start": start, **neighbours(found, day_link), **vars(page)}
    return render(request, "articles/archive_day.html", context)


def _day_asked(request: HttpRequest, year: str, month: str, day: str) -> date:
    """The day of an address. Raises Http404 for one that no calendar has, or that has not begun at `request.at`."""
    try:
        asked = date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    # Digits of other scripts are digits to Python. The first year of the calendar has no moment in every zone.
    if not (year + month + day).isascii() or not date(2, 1, 1) <= asked <= moments.local(request.at).date():
        raise Http404
    return asked


def weekdays() -> list[tuple[str, str]]:
    """The days of the week from Monday, each as it heads a narrow column and in full, in the active language.

    Django abbreviates no Chinese day: 星期一 is 一 there, without what all seven begin with.
    """
    names = [str(WEEKDAYS[number]) for number in range(7)]
    if shared := sum(1 for _same in takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))):
        return [(name[shared:], name) for name in names]
    return [(str(WEEKDAYS_ABBR[number]), names[number]) for number in range(7)]


def weeks_of(first: date, counts: dict[date, int], today: date) -> list[list[CalendarDay | None]]:
    """The month that begins on `first`, in weeks from Monday to Sunday; None for the days of other months."""
    return [
        [_calendar_day(day, counts, today) if day.month == first.month else None for day in week]
        for week in Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    ]


def _calendar_day(day: date, counts: dict[date, int], today: date) -> CalendarDay:
    count = counts.get(day, 0)
    return CalendarDay(day, count, day_address(day) if count else "", is_today=day == today)


def years_of(found: Reach, shown: int, at: datetime) -> list[ArchiveLink]:
    """The years with stories, newest first, each by the last month that has some."""
    latest = latest_by_year(found, at)
    return [ArchiveLink(str(year), month_address(moments.local(row)), year == shown) for year, row in latest.items()]


def neighbours(found: Reach | None, link: Callable[[date], ArchiveLink]) -> dict[str, ArchiveLink | None]:
    """The nearest days or months before and after that have stories: `previous` and `next`, None without one."""
    around = {"previous": found and found.previous, "next": found and found.next}
    return {name: link(moments.local(moment).date()) if moment else None for name, moment in around.items()}


def month_link(day: date) -> ArchiveLink:
    return ArchiveLink(month_name(day), month_address(day))


def day_link(day: date) -> ArchiveLink:
    return ArchiveLink(day_name(day), day_address(day))


def month_name(day: date) -> str:
    """Month and year, in the active language."""
    return date_format(day, "YEAR_MONTH_FORMAT")


def day_name(day: date) -> str:
    """Date and day of the week, in the active language."""
    # Translators: a date with the day of the week, in the format of Django's date filter.
    return format_date(day, _("l, j F Y"))


def month_address(day: date) -> str:
    return reverse("articles:archive_month", args=[f"{day.year:04}", f"{day.month:02}"])


def day_address(day: date) -> str:
    return reverse("articles:archive_day", args=[f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"])
