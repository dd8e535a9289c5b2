"""What will be wrong in the story lists in the next days: said after saving, and all of it on one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import moments, permissions
from articles.admin.lists.problem_lines import ProblemLine, lines_of_findings
from articles.list_checks import Finding, Level
from articles.list_checks.words import brief
from articles.models import ListEdition, StoryList
from articles.resolver.check_lists import check_lists, warnings_for

DAYS = 14
# So many pages are looked at, and so many lines shown: `manage.py check_lists` looks at everything.
MOST_PAGES = 60
MOST_LINES = 300
# So many are said after saving; the page has them all.
MOST_SAID = 4


class ListProblems:
    """The part of the lists' desk that shows what the checks find."""

    def problems_urls(self) -> list:
        view = self.admin_site.admin_view
        return [path("problems/", view(self.problems_view), name="articles_storylist_problems")]

    def problems_view(self, request: HttpRequest) -> HttpResponse:
        """The findings of the next DAYS days by moment; `?place=` looks at one place, `?level=serious` at the worst."""
        if not permissions.can_see_lists(request.user):
            raise PermissionDenied
        place = request.GET.get("place", "")
        place = place if place in StoryList.Place.values else ""
        only_serious = request.GET.get("level") == Level.SERIOUS
        at = request.at
        places = [place] if place else None
        report = check_lists(at, at + timedelta(days=DAYS), places=places, most_pages=MOST_PAGES)
        findings = [finding for finding in report.findings if finding.is_serious or not only_serious]
        lines = lines_of_findings(findings[:MOST_LINES], request.user, at)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Problems of the story lists"),
            "opts": self.opts,
            "days": _by_day(lines, at),
            "choices": _choices(place, only_serious),
            "serious": sum(finding.is_serious for finding in findings),
            "total": len(findings),
            "more": len(findings) - len(lines),
            "report": report,
            "span": DAYS,
            "may_travel": permissions.can_travel(request.user),
            "shown_at": at,
        }
        return TemplateResponse(request, "admin/articles/storylist/problems.html", context)


def _by_day(lines: Sequence[ProblemLine], at: datetime) -> list[tuple[datetime | None, list[ProblemLine]]]:
    """The lines of now (None) and of each day."""

    def day(line: ProblemLine) -> object:
        return None if line.finding.start <= at else moments.local(line.finding.start).date()

    groups = [list(group) for _day, group in groupby(lines, key=day)]
    return [(None if group[0].finding.start <= at else group[0].finding.start, group) for group in groups]


def _choices(place: str, only_serious: bool) -> list[tuple[str, str, bool]]:
    """The filters as (words, query, whether it is chosen)."""
    serious = "&level=serious" if only_serious else ""
    every = [("", _("all places")), *((one.value, one.label) for one in StoryList.Place)]
    found = [(str(words), f"?place={one}{serious}", one == place) for one, words in every]
    turned = "" if only_serious else "&level=serious"
    return [*found, (_("only serious ones"), f"?place={place}{turned}", only_serious)]


def say_what_was_found(request: HttpRequest, edition: ListEdition) -> None:
    """After saving, the worst of what the checks find in `edition`, as messages. It keeps nobody from anything."""
    found = [one for one in warnings_for(edition, request.at) if one.level != Level.NOTE]
    found.sort(key=lambda one: not one.is_serious)
    for finding in found[:MOST_SAID]:
        messages.warning(request, _sentence(finding))
    if len(found) > MOST_SAID:
        more = len(found) - MOST_SAID
        words = ngettext("{} more problem", "{} more problems", more).format(more)
        address = reverse("admin:articles_storylist_problems")
        messages.warning(request, format_html('<a href="{}?place={}">{}</a>', address, found[0].place, words))


def _sentence(finding: Finding) -> str:
    if finding.end is None:
        return _("From {start}: {message}").format(start=brief(finding.start), message=finding.message)
    return _("From {start} until {end}: {message}").format(
        start=brief(finding.start), end=brief(finding.end), message=finding.message
    )
