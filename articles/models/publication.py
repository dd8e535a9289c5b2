"""Publication: one revision of a story is live from one moment until another.

Everything readers see is found here, by `live(at)`. Chains are written by `actions/publication.py` only.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, Deferrable, F, Func, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import moments
from articles.content import StoryContent
from articles.models.exclusion import PostgresExclusionConstraint
from articles.models.story_order import StoryOrderQuerySet, story_of_publication
from articles.story_order import LAST_TOLD_FIRST, StoryPlace


def in_window(at: datetime, through: str = "") -> Q:
    """That a publication's window holds `at`. `through` is the way to the publication, such as "publication__"."""
    begun = Q(**{f"{through}live_from__lte": at})
    return begun & (Q(**{f"{through}live_until": None}) | Q(**{f"{through}live_until__gt": at}))


def readable(at: datetime, through: str = "") -> Q:
    """That readers can read a publication at `at`: the one rule of what is public."""
    return in_window(at, through) & ~Q(**{f"{through}kind": Publication.Kind.WITHDRAWN})


class PublicationQuerySet(StoryOrderQuerySet):
    def current(self, at: datetime) -> PublicationQuerySet:
        """What holds at `at`: the live version, or the withdrawal, of each story."""
        return self.filter(in_window(at))

    def live(self, at: datetime) -> PublicationQuerySet:
        """What readers can read at `at`. At most one for each story."""
        return self.filter(readable(at))

    def listed(self, at: datetime) -> PublicationQuerySet:
        """What lists and teasers lead to at `at`: what is live, but for retractions."""
        return self.live(at).exclude(change=Publication.Change.RETRACTION)

    def corrections(self, at: datetime) -> PublicationQuerySet:
        """What put something right by `at`, the last one first. An update adds what is new, and is none of them."""
        change = Publication.Change
        told = [change.CORRECTION, change.CLARIFICATION, change.RETRACTION]
        rows = self.filter(kind=Publication.Kind.CORRECTED, change__in=told, live_from__lte=at)
        return rows.order_by("-live_from", "-pk")

    def upcoming(self, at: datetime) -> PublicationQuerySet:
        """What begins after `at`, soonest first."""
        return self.filter(live_from__gt=at).order_by("live_from")

    def so_far(self, at: datetime) -> PublicationQuerySet:
        """What began by `at`, newest first; only what is live at `at` carries content. For one story: one query."""
        content = Case(When(readable(at), then=F("revision__stored")), output_field=models.JSONField())
        return self.filter(live_from__lte=at).annotate(stored_content=content).order_by("-live_from")

    def last_told_first(self) -> PublicationQuerySet:
        """In the order in which readers were told; the story decides between equals."""
        return self.order_by(*LAST_TOLD_FIRST)

    def with_content(self) -> PublicationQuerySet:
        """With the revision that `content` is read from, so that reading it costs no further query."""
        return self.select_related("revision")


class Publication(models.Model):
    class Kind(models.TextChoices):
        PUBLISHED = "published", _("published")
        CORRECTED = "corrected", _("corrected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Change(models.TextChoices):
        """What kind of change a publication is to a story that was public before. Shown to readers, but for MINOR."""

        NONE = "", _("none")
        UPDATE = "update", _("update")
        CORRECTION = "correction", _("correction")
        CLARIFICATION = "clarification", _("clarification")
        RETRACTION = "retraction", _("retraction")
        MINOR = "minor", _("minor, not shown")

        @property
        def is_shown(self) -> bool:
            """Whether readers are told of it."""
            return self not in (Publication.Change.NONE, Publication.Change.MINOR)

    story = models.ForeignKey("Story", models.PROTECT, related_name="publications", verbose_name=_("story"))
    # For a withdrawal: the last version readers had. It is not shown.
    revision = models.ForeignKey("Revision", models.PROTECT, related_name="publications", verbose_name=_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PUBLISHED)
    live_from = models.DateTimeField(_("live from"))
    live_until = models.DateTimeField(
        _("live until"), null=True, help_text=_("Follows from the next publication, or from the end asked for.")
    )
    requested_until = models.DateTimeField(_("end asked for"), null=True)
    first_live_at = models.DateTimeField(_("first live"), help_text=_("When the story first went live; its address."))
    # When readers were last told of the story, while this holds: a minor change tells nothing. Feeds are in this order.
    told_at = models.DateTimeField(editable=False)
    slug = models.CharField(_("address"), max_length=100)
    # Whether search engines are asked to leave it out, as its version says; kept here for sitemaps.
    noindex = models.BooleanField(default=False, editable=False)
    # As it was asked for. Whether readers are told of it follows from what they had before: see `shown_change`.
    change = models.CharField(_("kind of change"), max_length=13, choices=Change, blank=True)
    note = models.CharField(
        _("note to readers"), max_length=500, blank=True, help_text=_("What was corrected, or why it was withdrawn.")
    )
    # The reason given for publishing against review or checks.
    override = models.CharField(_("reason for the emergency"), max_length=500, blank=True)
    # What preflight last found about something scheduled, as JSON; None before it was asked.
    findings = models.JSONField(null=True, editable=False)
    # When everything that has to happen at its beginning, and at the end asked for, was done; see `actions/tick.py`.
    begin_done_at = models.DateTimeField(null=True, editable=False)
    end_done_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("decided"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["story", "live_from"]
        indexes = [
            models.Index(fields=["-first_live_at", "-story", "-id"], name="publication_newest"),
            models.Index(fields=["-told_at", "-story"], name="publication_told"),
            models.Index(fields=["live_from"], name="publication_begins"),
            # In these words: SQLite sees in no others that a query for some moment is meant.
            models.Index(fields=["live_until"], name="publication_ends", condition=Q(live_until__isnull=False)),
            models.Index(fields=["kind", "-live_from"], name="publication_of_kind"),
            models.Index(fields=["live_from"], name="publication_begin_to_do", condition=Q(begin_done_at=None)),
            models.Index(
                fields=["requested_until"],
                name="publication_end_to_do",
                condition=Q(end_done_at=None, requested_until__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["story", "live_from"], name="one_publication_per_story_and_moment"),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gt=F("live_from")), name="publication_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(requested_until=None) | Q(live_until__isnull=False, live_until__lte=F("requested_until")),
                name="publication_ends_when_asked",
            ),
            models.CheckConstraint(
                condition=Q(first_live_at__lte=F("live_from")), name="publication_is_not_before_the_first"
            ),
            PostgresExclusionConstraint(
                name="publications_of_a_story_never_overlap",
                # Checked at commit: while a chain is rewritten its windows may overlap.
                deferrable=Deferrable.DEFERRED,
                # Equality of the story as a one-number range: GiST compares bigint only with an extension.
                expressions=[
                    (Func(F("story"), F("story"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (
                        Func(F("live_from"), F("live_until"), Value("[)"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.live_from:%Y-%m-%d %H:%M} UTC"

    def get_absolute_url(self) -> str:
        day = moments.local(self.first_live_at)
        return reverse(
            "articles:story", args=[f"{day.year:04}", f"{day.month:02}", f"{day.day:02}", self.slug, self.story_id]
        )

    @cached_property
    def content(self) -> StoryContent:
        """What it says: read with the publication by `so_far`, otherwise from its revision."""
        stored = self.__dict__.get("stored_content")
        return StoryContent.from_json(stored) if stored else self.revision.content

    @property
    def shows(self) -> bool:
        """Whether readers have a text in its window: a withdrawal shows its note only."""
        return self.kind != self.Kind.WITHDRAWN

    @property
    def shown_change(self) -> str:
        """The kind of change that readers are told of; "" for a first publication and for a minor change."""
        return self.change if self.kind == self.Kind.CORRECTED else ""

    @property
    def is_retraction(self) -> bool:
        """Whether the newsroom takes back what it said. The page stays, and no list leads to it."""
        return self.shows and self.change == self.Change.RETRACTION

    @property
    def is_listed(self) -> bool:
        """Whether lists lead to it while it is live."""
        return self.shows and not self.is_retraction

    @property
    def place(self) -> StoryPlace:
        """Where its story stands in lists."""
        return StoryPlace(self.first_live_at, self.story_id)

    def holds(self, at: datetime) -> bool:
        """Whether `at` lies in its window."""
        return self.live_from <= at and (self.live_until is None or at < self.live_until)


class ListingQuerySet(StoryOrderQuerySet):
    def live(self, at: datetime) -> ListingQuerySet:
        """Those whose publication readers can read at `at`."""
        return self.filter(readable(at, "publication__"))


class Listing(models.Model):
    """A publication under one of the things it is listed by, in the order it is listed.

    One narrow row per publication and page, so that the newest of a section, topic or person are read off an index
    however large the archive is.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="%(class)ss")
    first_live_at = models.DateTimeField()
    story = story_of_publication()

    objects = ListingQuerySet.as_manager()

    class Meta:
        abstract = True


def _listing_meta(field: str) -> dict:
    # The publication last, so that a list of ids is read off the index alone.
    order = [field, "-first_live_at", "-story", "-publication"]
    return {
        "indexes": [models.Index(fields=order, name=f"listing_by_{field}")],
        "constraints": [models.UniqueConstraint(fields=["publication", field], name=f"listed_once_by_{field}")],
    }


class SectionListing(Listing):
    """Under the section of the story, and under that section's parent."""

    section = models.ForeignKey("Section", models.PROTECT, related_name="listings")

    class Meta:
        indexes = _listing_meta("section")["indexes"]
        constraints = _listing_meta("section")["constraints"]


class TopicListing(Listing):
    topic = models.ForeignKey("Topic", models.PROTECT, related_name="listings")

    class Meta:
        indexes = _listing_meta("topic")["indexes"]
        constraints = _listing_meta("topic")["constraints"]


class SourceListing(Listing):
    source = models.ForeignKey("Source", models.PROTECT, related_name="listings")

    class Meta:
        indexes = _listing_meta("source")["indexes"]
        constraints = _listing_meta("source")["constraints"]


class ContributorListing(Listing):
    contributor = models.ForeignKey("Contributor", models.PROTECT, related_name="listings")

    class Meta:
        indexes = _listing_meta("contributor")["indexes"]
        constraints = _listing_meta("contributor")["constraints"]
