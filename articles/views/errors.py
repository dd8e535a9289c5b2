"""The answer to an address of nothing: what may have been meant, and where to go from here."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from articles import moments
from articles.models import Publication
from articles.views.archive import ArchiveLink, day_link, month_link
from articles.views.archive_days import end_of, last_of_month, reach, start_of
from articles.views.time_machine import page_at

# The last part of a story's address, and whatever was glued to it on the way: 《…-7/，》.
_STORY = re.compile(r"(.*)-(\d{1,18})(?:\D.*)?", re.ASCII | re.DOTALL)
_DATE = re.compile(r"/(\d{4})/(\d{1,2})/(?:(\d{1,2})/)?", re.ASCII)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what is not there.

    A mistaken address of a story that readers can read leads to it: by itself where both its words and its number are
    right, by a link where only the number is. Whatever else a number stands for answers as a number of nothing.
    """
    context: dict[str, object] = {}
    at = getattr(request, "at", None)
    # A page that exists in principle has said itself that there is nothing; Django completes what lacks a slash.
    if at is not None and page_at(request.path_info) is None:
        words, publication = _story_meant(request.path_info, at)
        if publication is not None and words == publication.slug:
            return HttpResponseRedirect(publication.get_absolute_url())
        context = {
            "meant": publication if publication is not None and publication.is_listed else None,
            "archive_link": _archive_meant(request.path_info, at),
        }
    return render(request, "404.html", context, status=404)


def _story_meant(path: str, at: datetime) -> tuple[str, Publication | None]:
    """The words of a path before a story's number, and what readers have of that story at `at`.

    Of what stands before the words, only a date or a part of one makes it a story's address.
    """
    parts = path.strip("/").split("/")
    before = 0
    while before < min(3, len(parts)) and parts[before].isdigit():
        before += 1
    rest = parts[before:]
    found = _STORY.fullmatch(rest[0]) if 1 <= len(rest) <= 2 else None
    if found is None:
        return "", None
    return found[1], Publication.objects.live(at).filter(story=int(found[2])).with_content().first()


def _archive_meant(path: str, at: datetime) -> ArchiveLink | None:
    """The day or month in the archive, for the address of a story that somebody cut off behind its date."""
    found = _DATE.fullmatch(path)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    last = first if day else last_of_month(first)
    # Before then no zone has a moment for it; the future has no page.
    if not date(2, 1, 1) <= first <= moments.local(at).date():
        return None
    known = reach(start_of(first), end_of(last), at)
    if known is None or last < known.first_day:
        return None
    return day_link(first) if day else month_link(first)
