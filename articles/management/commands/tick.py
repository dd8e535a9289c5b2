"""`manage.py tick`: does what has to happen when publications begin and end. docs/ticker.md explains it."""

from __future__ import annotations

import argparse
import logging
import signal
import time
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseFailure
from django.db import connection

from articles import clock
from articles.actions.tick import TickReport, tick
from articles.models.boundary import next_boundaries
from articles.models.list_boundary import next_list_boundaries

log = logging.getLogger(__name__)

# A database that restarts is back in a few seconds.
_TRY_DATABASE_AGAIN = 5
_SLICE = 0.5


class Command(BaseCommand):
    help = (
        "Do what has to happen when publications begin and end: tell people, ask the checks again, purge the cache, "
        "mail digests. Once, or again and again with --loop. Readers do not depend on it. Exit status 1 when "
        "something failed; it is tried again by the next runs."
    )

    # Whether a loop was asked to end.
    ended = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop",
            nargs="?",
            type=_seconds,
            const=60,
            metavar="SECONDS",
            help="go on until SIGTERM or SIGINT; sleep SECONDS (default: 60), or less when something begins sooner",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["loop"] is None:
            try:
                report = tick()
            except DatabaseFailure as error:
                raise CommandError(f"The database failed: {error}") from error
            if report.failed:
                raise CommandError(_summary(report))
            self.stdout.write(_summary(report))
            return
        # What is being done is finished; what comes after it is left to the next ticker.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        while not self.ended:
            self._sleep(self._run(options["loop"]))

    def _end(self, *args: Any) -> None:
        self.ended = True

    def _sleep(self, seconds: float) -> None:
        # In slices: a signal does not cut a sleep short, and locks are not for handlers of signals.
        while seconds > 0 and not self.ended:
            time.sleep(min(seconds, _SLICE))
            seconds -= _SLICE

    def _run(self, longest: float) -> float:
        """One run; returns for how many seconds to sleep."""
        try:
            connection.close_if_unusable_or_obsolete()
            report = tick(stop=lambda: self.ended)
            if report.done or report.failed or report.mailed:
                self.stdout.write(_summary(report))
                self.stdout.flush()
            now = clock.now()
            coming = [*next_boundaries(now, limit=1), *next_list_boundaries(now, limit=1)]
            soon = [each.moment - now for each in coming]
            return min([timedelta(seconds=longest), *soon]).total_seconds()
        except DatabaseFailure as error:
            log.warning("The database failed; trying again in %d seconds: %s", _TRY_DATABASE_AGAIN, error)
            connection.close()
            return _TRY_DATABASE_AGAIN


def _summary(report: TickReport) -> str:
    return f"{report.done} effects done, {report.failed} failed, {report.mailed} mails sent."


def _seconds(text: str) -> float:
    try:
        seconds = int(text)
    except ValueError:
        seconds = 0
    if not 1 <= seconds <= 24 * 60 * 60:
        raise argparse.ArgumentTypeError("must be a number of seconds, from 1 to a day")
    return seconds
