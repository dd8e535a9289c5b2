"""Lists and stories for the tests of the checks: moments are hours after NOW."""

from __future__ import annotations

from datetime import timedelta

from articles.actions import publish_story
from articles.list_checks import Level
from articles.models import Publication
from articles.resolver.check_lists import check_lists
from tests.builders import MONDAY, OPERATOR, a_publication, a_story

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# Later than everything that is made.
NOW = MONDAY + HOUR
SERIOUS, WARNING, NOTE = Level.SERIOUS, Level.WARNING, Level.NOTE


def found(name: str, days: float = 1, now=NOW) -> list[tuple]:
    """(level, start in hours after NOW, end, words) of what one check finds."""
    findings = check_lists(now, now + days * DAY).findings
    return [
        (one.level, (one.start - NOW) / HOUR, one.end and (one.end - NOW) / HOUR, str(one.message))
        for one in findings
        if one.check == name
    ]


def planned(headline: str, hours: float, until: float | None = None) -> Publication:
    """A story that goes live so many hours after NOW."""
    end = None if until is None else NOW + until * HOUR
    return publish_story(story=a_story(headline), by=OPERATOR, at=NOW + hours * HOUR, until=end, now=MONDAY)


def ending(headline: str, hours: float) -> Publication:
    """A story that is live and comes down so many hours after NOW."""
    return publish_story(story=a_story(headline), by=OPERATOR, until=NOW + hours * HOUR, now=MONDAY)


def live(count: int, prefix: str = "稿") -> list[Publication]:
    """So many live stories."""
    return [a_publication(f"{prefix}{number}") for number in range(count)]
