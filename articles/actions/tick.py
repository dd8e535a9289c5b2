"""The ticker: does what has to happen at the boundaries of publications, each effect once, and of story lists.

Readers never depend on it.

Every step is a short transaction of its own, so that killing a ticker at any moment loses and doubles nothing, and
several may run: what one of them is doing is locked, and the others pass it by.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error as DatabaseFailure
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from articles import clock
from articles.actions import boundary_effects
from articles.actions.attempts import ATTEMPTS, LEASE, failure, retry_at
from articles.actions.boundary_effects import Effect
from articles.actions.digests import send_digests
from articles.actions.kept_form import forget_old_kept_forms
from articles.actions.list_boundaries import purge_changed_lists
from articles.actions.list_report import report_list_problems
from articles.actions.presence import forget_old_presences
from articles.models import BoundaryEffect, Publication, TickRun
from articles.models.boundary import Boundary, due_boundaries, is_due, settle_ends_that_did_not_come

log = logging.getLogger(__name__)

# So many boundaries are read at a time, however many wait after the ticker was down.
BATCH = 50
RUNS_KEPT = timedelta(days=7)

Now = Callable[[], datetime]


@dataclass(slots=True)
class TickReport:
    """What one run did: effects done, effects and mails that failed (to be tried again), digests sent."""

    done: int = 0
    failed: int = 0
    mailed: int = 0


def tick(*, now: datetime | None = None, stop: Callable[[], bool] = lambda: False) -> TickReport:
    """Do everything that is due at `now` (None: the clock, asked again for each step), oldest first.

    What fails is recorded, logged and tried again later; it stops nothing else. `stop` is asked between two boundaries
    whether to end early. Raises django.db.Error only when the database fails.
    """

    def moment() -> datetime:
        return now or clock.now()

    run = TickRun.objects.create(started_at=moment())
    settle_ends_that_did_not_come(moment())
    report = TickReport()
    tried: set[tuple[int, str]] = set()
    while not stop():
        # What was tried and is still due is in the hands of another ticker, or of an editor.
        fresh = [each for each in due_boundaries(moment(), BATCH) if _name(each) not in tried]
        if not fresh:
            break
        tried.update(map(_name, fresh))
        _do_batch(fresh, moment, stop, report)
    purged, unpurged = purge_changed_lists(moment=moment, stop=stop)
    report.done += purged
    report.failed += unpurged
    report.failed += not _report_lists(moment(), run)
    report.mailed, unsent = send_digests(moment=moment, stop=stop)
    report.failed += unsent
    _forget_what_is_old(moment())
    run.finished_at, run.done, run.failed = moment(), report.done, report.failed
    run.save(update_fields=["finished_at", "done", "failed"])
    return report


def _report_lists(now: datetime, run: TickRun) -> bool:
    """Whether it went well. Also in a run that is to end: a run that ended has done it, so that it is done once."""
    try:
        report_list_problems(now=now, run=run)
    except DatabaseFailure:
        raise
    except Exception:  # whatever a check stumbles over, mails go out; the next run tries again
        log.exception("The story lists could not be checked")
        return False
    return True


def _forget_what_is_old(now: datetime) -> None:
    TickRun.objects.filter(started_at__lt=now - RUNS_KEPT).delete()
    forget_old_kept_forms(now)
    forget_old_presences(now)


def _name(boundary: Boundary) -> tuple[int, str]:
    return boundary.publication.pk, boundary.edge


def _do_batch(batch: list[Boundary], moment: Now, stop: Callable[[], bool], report: TickReport) -> None:
    """Effects inside the database first: a cache that does not answer keeps nobody from being told."""
    claimed = []
    for listed in batch:
        if stop():
            return
        if boundary := _claim(listed, moment()):
            claimed.append(boundary)
            _do_effects(boundary, False, moment, report)
    for boundary in claimed:
        if stop():
            return
        _do_effects(boundary, True, moment, report)
        _finish(boundary, moment())


@transaction.atomic
def _claim(boundary: Boundary, now: datetime) -> Boundary | None:
    """The boundary with all that its effects read, its rows in BoundaryEffect made; None while somebody changes it."""
    # The story's lock, as every action takes it: nothing is cancelled or moved while its effects are written down.
    row = (
        Publication.objects.select_for_update(skip_locked=True, of=("self", "story"), no_key=True)
        .select_related("story__created_by", "revision", "created_by")
        .filter(is_due(boundary.edge, now), pk=boundary.publication.pk)
        .first()
    )
    if row is None:
        return None
    BoundaryEffect.objects.bulk_create(
        (
            BoundaryEffect(publication=row, edge=boundary.edge, effect=effect.name)
            for effect in boundary_effects.EFFECTS
        ),
        ignore_conflicts=True,
    )
    return Boundary(boundary.moment, boundary.edge, row)


def _do_effects(boundary: Boundary, outside: bool, moment: Now, report: TickReport) -> None:
    perform = _perform_outside if outside else _perform_inside
    for effect in boundary_effects.EFFECTS:
        if effect.outside == outside:
            outcome = perform(effect, boundary, moment)
            report.done += outcome is True
            report.failed += outcome is False


def _perform_inside(effect: Effect, boundary: Boundary, moment: Now) -> bool | None:
    """Whether it was done; None where there was nothing to do. Doing and marking are one transaction."""
    try:
        with transaction.atomic():
            row = _lock(effect, boundary, moment())
            if row is None:
                return None
            effect.perform(boundary, moment())
            row.attempts += 1
            _mark_done(row, moment())
    except Exception as error:  # whatever an effect raises, the others go on
        # Rolled back with the transaction, so it is counted here; where the database is gone, this raises again.
        row = BoundaryEffect.objects.filter(_row_of(effect, boundary)).first()
        if row is not None:
            row.attempts += 1
            _mark_failed(row, error, moment())
        return False
    return True


def _perform_outside(effect: Effect, boundary: Boundary, moment: Now) -> bool | None:
    """The same without a transaction around the effect: taken by a lease, so that a killed one is done again."""
    with transaction.atomic():
        row = _lock(effect, boundary, moment())
        if row is None:
            return None
        row.attempts += 1
        row.try_after = moment() + LEASE
        row.save(update_fields=["attempts", "try_after"])
    try:
        effect.perform(boundary, moment())
    except Exception as error:  # whatever an effect raises, the others go on
        _mark_failed(row, error, moment())
        return False
    _mark_done(row, moment())
    return True


def _row_of(effect: Effect, boundary: Boundary) -> Q:
    return Q(publication=boundary.publication, edge=boundary.edge, effect=effect.name, done_at=None, given_up=False)


def _lock(effect: Effect, boundary: Boundary, now: datetime) -> BoundaryEffect | None:
    rows = BoundaryEffect.objects.select_for_update(skip_locked=True, no_key=True)
    return rows.filter(_row_of(effect, boundary), Q(try_after=None) | Q(try_after__lte=now)).first()


def _mark_done(row: BoundaryEffect, now: datetime) -> None:
    # Not `save`: the publication may have been called off meanwhile, and its rows with it.
    done = {"done_at": now, "attempts": row.attempts, "try_after": None, "error": ""}
    BoundaryEffect.objects.filter(pk=row.pk).update(**done)


def _mark_failed(row: BoundaryEffect, error: Exception, now: datetime) -> None:
    given_up = row.attempts >= ATTEMPTS
    BoundaryEffect.objects.filter(pk=row.pk).update(
        attempts=row.attempts,
        given_up=given_up,
        try_after=None if given_up else retry_at(row.attempts, now),
        error=failure(error),
    )
    log.error("%s failed %d times%s", row, row.attempts, "; given up" if given_up else "", exc_info=error)


def _finish(boundary: Boundary, now: datetime) -> None:
    """Mark the boundary done when each of its effects is, or was given up."""
    names = [effect.name for effect in boundary_effects.EFFECTS]
    left = BoundaryEffect.objects.filter(
        publication=OuterRef("pk"), edge=boundary.edge, effect__in=names, done_at=None, given_up=False
    )
    done = f"{boundary.edge}_done_at"
    Publication.objects.filter(~Exists(left), **{"pk": boundary.publication.pk, done: None}).update(**{done: now})
