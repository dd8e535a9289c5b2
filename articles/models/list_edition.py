"""ListEdition: what a list holds from a moment on, or in a window. Written by `actions/list_edition.py` only.

Standing editions follow one another: the next ends the one before. A special has an end and counts while it lasts. One
without a start is a draft.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from articles.lists.content import ListContent
from articles.models.exclusion import PostgresExclusionConstraint


class ListEditionQuerySet(models.QuerySet["ListEdition"]):
    def holding(self, at: datetime) -> ListEditionQuerySet:
        """Those whose window holds `at`: at most one standing and one special of each list."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)

    def upcoming(self, at: datetime) -> ListEditionQuerySet:
        """Those that begin after `at`, soonest first."""
        return self.filter(starts_at__gt=at).order_by("starts_at")

    def drafts(self) -> ListEditionQuerySet:
        return self.filter(starts_at=None)

    def during(self, start: datetime, end: datetime) -> ListEditionQuerySet:
        """Those that are in force at some time in [start, end)."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=start), starts_at__lt=end)

    def not_over(self, at: datetime) -> ListEditionQuerySet:
        """Those that readers have at `at`, or may have later, drafts among them."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at))


def _never_overlap(kind: str, name: str) -> PostgresExclusionConstraint:
    return PostgresExclusionConstraint(
        name=name,
        # Checked at commit: while a plan is rewritten its windows may overlap.
        deferrable=Deferrable.DEFERRED,
        condition=Q(kind=kind) & ~Q(starts_at=None),
        # Equality of the list as a one-number range: GiST compares bigint only with an extension.
        expressions=[
            (Func(F("story_list"), F("story_list"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
            (Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange"), RangeOperators.OVERLAPS),
        ],
    )


class ListEdition(models.Model):
    class Kind(models.TextChoices):
        STANDING = "standing", _("standing")
        SPECIAL = "special", _("special")

    story_list = models.ForeignKey("StoryList", models.PROTECT, related_name="editions", verbose_name=_("story list"))
    revision = models.ForeignKey("ListRevision", models.PROTECT, related_name="editions", verbose_name=_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STANDING)
    starts_at = models.DateTimeField(_("begins"), null=True)
    ends_at = models.DateTimeField(
        _("ends"),
        null=True,
        help_text=_("Of a standing edition: follows from the next one, or from the end asked for."),
    )
    requested_end = models.DateTimeField(_("end asked for"), null=True)
    # When everything that has to happen at its begin, and at its end, was done; see `actions/tick.py`.
    begin_done_at = models.DateTimeField(null=True, editable=False)
    end_done_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("made"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )

    objects = ListEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a story list")
        verbose_name_plural = _("editions of story lists")
        ordering = ["story_list", "starts_at", "pk"]
        indexes = [
            models.Index(fields=["story_list", "kind", "starts_at"], name="list_edition_begins"),
            # What is over is most of them, and is not asked for.
            models.Index(fields=["story_list", "kind", "ends_at"], name="list_edition_ends"),
            models.Index(fields=["starts_at"], name="list_edition_next"),
            models.Index(fields=["ends_at"], name="list_edition_last", condition=~Q(ends_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="list_edition_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind="standing") | Q(starts_at=None) | Q(ends_at__isnull=False),
                name="special_list_edition_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(starts_at=None) | Q(ends_at=None, requested_end=None),
                name="draft_list_edition_has_no_end",
            ),
            models.CheckConstraint(
                condition=Q(requested_end=None) | Q(ends_at__isnull=False, ends_at__lte=F("requested_end")),
                name="list_edition_ends_when_asked",
            ),
            models.UniqueConstraint(
                fields=["story_list", "kind", "starts_at"], name="one_list_edition_per_kind_and_moment"
            ),
            _never_overlap("standing", "standing_list_editions_never_overlap"),
            _never_overlap("special", "special_list_editions_never_overlap"),
        ]

    def __str__(self) -> str:
        begins = f"{self.starts_at:%Y-%m-%d %H:%M} UTC" if self.starts_at else "–"
        return f"{self.story_list} {begins}"

    @property
    def content(self) -> ListContent:
        return self.revision.content

    @property
    def is_draft(self) -> bool:
        return self.starts_at is None

    @property
    def is_special(self) -> bool:
        return self.kind == self.Kind.SPECIAL

    def has_begun(self, at: datetime) -> bool:
        """Whether readers have, or have had, it at `at`: from then on it never changes."""
        return self.starts_at is not None and self.starts_at <= at

    def holds(self, at: datetime) -> bool:
        """Whether `at` lies in its window."""
        return self.has_begun(at) and (self.ends_at is None or at < self.ends_at)
