"""What happens at the boundaries of publications: what is due, each effect done once, and each run of the ticker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.models.publication import Publication

# A ticker started each minute by cron has this long before the desk calls it late.
LATE_AFTER = timedelta(minutes=10)
OVERDUE_AFTER = timedelta(minutes=5)
# Nobody needs to know how many more are overdue; counting them all would cost as much as doing them.
COUNTED_OVERDUE = 1000


class BoundaryEffect(models.Model):
    """One effect of one boundary: to be done, done, or failed so far."""

    class Edge(models.TextChoices):
        BEGIN = "begin", _("begins")
        END = "end", _("ends")

    publication = models.ForeignKey(
        "Publication", models.CASCADE, related_name="effects", verbose_name=_("publication")
    )
    edge = models.CharField(_("boundary"), max_length=5, choices=Edge)
    effect = models.CharField(_("effect"), max_length=30)
    done_at = models.DateTimeField(_("done"), null=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    try_after = models.DateTimeField(_("next attempt"), null=True)
    error = models.CharField(_("last error"), max_length=500, blank=True)
    # After many attempts an effect is left undone, so that it does not keep its boundary due for ever.
    given_up = models.BooleanField(_("given up"), default=False)

    class Meta:
        verbose_name = _("effect of a boundary")
        verbose_name_plural = _("effects of boundaries")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "edge", "effect"], name="each_effect_once_per_boundary")
        ]

    def __str__(self) -> str:
        return f"{self.effect}: {self.publication_id} {self.edge}"


class TickRun(models.Model):
    """One run of the ticker. `finished_at` stays empty when it was killed."""

    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)

    class Meta:
        verbose_name = _("run of the ticker")
        verbose_name_plural = _("runs of the ticker")
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["-started_at", "-id"], name="tick_run_newest")]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M:%S} UTC"


@dataclass(frozen=True, slots=True)
class Boundary:
    """The moment at which a publication begins, or at which it ends as asked for."""

    moment: datetime
    edge: BoundaryEffect.Edge
    publication: Publication


@dataclass(frozen=True, slots=True)
class TickerStatus:
    """How the ticker is doing: moments of its last run (None: never), and how many boundaries wait too long for it."""

    last_started: datetime | None
    last_finished: datetime | None
    late: bool
    overdue: int

    @property
    def is_well(self) -> bool:
        return not self.late and not self.overdue


def next_boundaries(now: datetime, limit: int = 10) -> list[Boundary]:
    """What begins or ends after `now`, soonest first, each publication with its story. Two queries."""
    publications = Publication.objects.select_related("story")
    begins = publications.filter(live_from__gt=now).order_by("live_from", "pk")
    ends = publications.filter(_ends_as_asked(), requested_until__gt=now).order_by("requested_until", "pk")
    return _merged(begins[:limit], ends[:limit])[:limit]


def due_boundaries(now: datetime, limit: int) -> list[Boundary]:
    """What began or ended by `now` and has effects to be done now, oldest first.

    What waits for a later attempt is left out. Two queries, on indexes that hold only what is not done.
    """
    begins = _to_do(now, BoundaryEffect.Edge.BEGIN).order_by("live_from", "pk")
    ends = _to_do(now, BoundaryEffect.Edge.END).filter(_ends_as_asked()).order_by("requested_until", "pk")
    return _merged(begins[:limit], ends[:limit])[:limit]


def settle_ends_that_did_not_come(now: datetime) -> int:
    """Mark ends that another publication came before, or took over from at once: nothing happens at them."""
    ends = Publication.objects.filter(is_due(BoundaryEffect.Edge.END, now))
    return ends.exclude(_ends_as_asked()).update(end_done_at=now)


def ticker_status(at: datetime) -> TickerStatus:
    """How the ticker is doing at `at`. Four queries."""
    last_started = TickRun.objects.values_list("started_at", flat=True).first()
    finished = TickRun.objects.exclude(finished_at=None)
    last_finished = finished.values_list("finished_at", flat=True).first()
    before = at - OVERDUE_AFTER
    begins = Publication.objects.filter(is_due(BoundaryEffect.Edge.BEGIN, before))
    ends = Publication.objects.filter(_ends_as_asked(), is_due(BoundaryEffect.Edge.END, before))
    return TickerStatus(
        last_started=last_started,
        last_finished=last_finished,
        late=last_finished is None or last_finished < at - LATE_AFTER,
        overdue=sum(rows.order_by()[:COUNTED_OVERDUE].count() for rows in (begins, ends)),
    )


def is_due(edge: BoundaryEffect.Edge, now: datetime) -> Q:
    """That the `edge` of a publication has come, or its end should have, and is not done."""
    if edge == BoundaryEffect.Edge.BEGIN:
        return Q(live_from__lte=now, begin_done_at=None)
    return Q(requested_until__lte=now, end_done_at=None)


def _ends_as_asked() -> Q:
    """That a publication ends by the end asked for, and nothing follows it at that moment."""
    following = Publication.objects.filter(story=OuterRef("story"), live_from=OuterRef("requested_until"))
    return Q(live_until=F("requested_until")) & ~Exists(following)


def _to_do(now: datetime, edge: BoundaryEffect.Edge) -> models.QuerySet[Publication]:
    """Publications whose `edge` has come and has something to be done now."""
    effects = BoundaryEffect.objects.filter(publication=OuterRef("pk"), edge=edge, done_at=None)
    waiting = effects.filter(try_after__gt=now)
    ready = effects.filter(Q(try_after=None) | Q(try_after__lte=now), given_up=False)
    return Publication.objects.filter(is_due(edge, now)).filter(~Exists(waiting) | Exists(ready))


def _merged(begins: Iterable[Publication], ends: Iterable[Publication]) -> list[Boundary]:
    """Both kinds in the order of their moments. What ends in a moment ends before what begins in it."""
    found = [Boundary(row.requested_until, BoundaryEffect.Edge.END, row) for row in ends]
    found += [Boundary(row.live_from, BoundaryEffect.Edge.BEGIN, row) for row in begins]
    return sorted(found, key=lambda boundary: boundary.moment)
