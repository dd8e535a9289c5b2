"""Once a day the people who look after story lists are told what will be wrong in them until tomorrow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from articles import moments, permissions
from articles.actions.notifying import list_editors, tell_of_lists
from articles.list_checks import Finding
from articles.models import TickRun
from articles.resolver.check_lists import check_lists

AHEAD = timedelta(hours=24)


def report_list_problems(*, now: datetime, run: TickRun | None = None) -> int:
    """Tell list editors and editors, from LIST_REPORT_HOUR on and once a day, of the serious problems of 24 hours.

    Returns how many people were told. Each is told of lists that they may change, by a key of the day: a ticker that is
    killed and run again, and one that runs beside another, tells nobody twice. `run`: the run of the ticker that asks;
    after one that ended well today, nothing is looked at again.
    """
    due = _due_since(now)
    if due is None or _was_done(due, run):
        return 0
    serious = [finding for finding in check_lists(now, now + AHEAD).findings if finding.is_serious]
    if not serious:
        return 0
    problems = {user: _names(serious, user) for user in list_editors()}
    key = f"list_problems:{moments.local(now).date().isoformat()}"
    with transaction.atomic():
        return tell_of_lists(problems=problems, at=now, key=key)


def _due_since(now: datetime) -> datetime | None:
    """The moment of today from which on people are told; None before it, and where nobody is to be told."""
    hour = settings.LIST_REPORT_HOUR
    local = moments.local(now)
    if not 0 <= hour <= 23 or local.hour < hour:
        return None
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)


def _was_done(due: datetime, run: TickRun | None) -> bool:
    """Whether a run of the ticker that began after `due` ended well: each of them tells, and then ends."""
    runs = TickRun.objects.filter(started_at__gte=due, finished_at__isnull=False, failed=0)
    return runs.exclude(pk=run.pk if run else None).exists()


def _names(findings: Sequence[Finding], user: Any) -> list[str]:
    """For each finding in a list that `user` may change, the name of the list."""
    return [finding.list_name for finding in findings if permissions.can_edit_list(user, finding)]
