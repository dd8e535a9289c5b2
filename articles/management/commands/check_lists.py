"""`manage.py check_lists`: what will be wrong in story lists, before it hurts. docs/list-checks.md explains it."""

from __future__ import annotations

import argparse
from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import clock, moments
from articles.list_checks import Finding, Level
from articles.list_checks.words import brief
from articles.management.progress import progress_bar
from articles.models import StoryList
from articles.resolver.check_lists import Report, check_lists

# Nobody plans further, and everything in the span is looked at.
MOST_DAYS = 90


class Command(BaseCommand):
    help = (
        "Say what will be wrong in the story lists: gaps, lists that show less than they should, items that are late, "
        "dead or overtaken. Changes nothing. Exit status 1 when something serious was found, 2 for arguments that make "
        "no sense, 0 otherwise."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=_days, default=14, metavar="DAYS", help=f"how far to look ahead: 1 to {MOST_DAYS}"
        )
        parser.add_argument(
            "--place",
            action="append",
            choices=list(StoryList.Place.values),
            help="look at the lists of this place only; may be given more than once",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        end = now + timedelta(days=options["days"])
        with progress_bar(self.stderr, _("pages")) as progress:
            report = check_lists(now, end, places=options["place"], progress=progress)
        for line in _lines(report):
            self.stdout.write(line)
        count = len(report.findings)
        words = ngettext("%(pages)d pages, %(count)d finding.", "%(pages)d pages, %(count)d findings.", count)
        summary = words % {"pages": report.pages, "count": count}
        if any(finding.is_serious for finding in report.findings):
            raise CommandError(summary)
        self.stdout.write(summary)


def _lines(report: Report) -> list[str]:
    """The findings, each list under its name, in the order of its first moment."""
    by_list: dict[int, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_list[finding.list_id].append(finding)
    if not by_list:
        return []
    lines = [_("Times are %(zone)s.") % {"zone": moments.zone_name()}]
    for found in by_list.values():
        lines += ["", f"{found[0].list_name} ({StoryList.Place(found[0].place).label})"]
        lines += [line for finding in found for line in _of_finding(finding)]
    return [*lines, ""]


def _of_finding(finding: Finding) -> list[str]:
    until = brief(finding.end) if finding.end else "…"
    level = {Level.SERIOUS: _("serious"), Level.WARNING: _("warning"), Level.NOTE: _("note")}[finding.level]
    where = f" [{_(', ').join(finding.pages)}]" if finding.pages else ""
    # One line, whatever a headline holds.
    words = " ".join(str(finding.message).split())
    return [
        f"  {brief(finding.start)} – {until}  {level}, {finding.check}{where}: {words}",
        f"      {settings.SITE_URL}{_address(finding)}",
    ]


def _address(finding: Finding) -> str:
    if finding.edition_id is None:
        return reverse("admin:articles_storylist_change", args=[finding.list_id])
    return reverse("admin:articles_storylist_edition", args=[finding.list_id, finding.edition_id])


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not 1 <= int(text) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_DAYS} is needed, not {text!r}")
    return int(text)
