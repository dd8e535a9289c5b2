"""CopyrightNotice: what applies to every story of a source, from a moment on."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.content import is_english


class CopyrightNoticeQuerySet(models.QuerySet["CopyrightNotice"]):
    def for_publication(self, source_id: int, live_from: datetime, at: datetime) -> CopyrightNoticeQuerySet:
        """The notices that may stand under a story of `source_id` live since `live_from`, as seen at `at`: best first.

        The first is the notice: the newest in force when the publication went live, or a newer one marked to apply
        to earlier stories too. Notices from after `at` are not seen, so the past stays answerable.
        """
        return self.filter(
            Q(effective_from__lte=live_from) | Q(applies_to_earlier=True),
            source_id=source_id,
            effective_from__lte=at,
        ).order_by("-effective_from")


class CopyrightNotice(models.Model):
    class Feeds(models.TextChoices):
        """How much of a story goes out in feeds."""

        FULL = "full", _("the whole text")
        SUMMARY = "summary", _("headline and summary")
        HEADLINE = "headline", _("the headline only")

    class DataMining(models.TextChoices):
        """Whether text and data mining is reserved (Directive (EU) 2019/790, article 4; TDM Reservation Protocol)."""

        SITE = "", _("as the site says")
        RESERVED = "reserved", _("reserved")
        ALLOWED = "allowed", _("allowed")

    source = models.ForeignKey("Source", models.PROTECT, related_name="notices", verbose_name=_("source"))
    text = models.TextField(_("notice"), help_text=_("Shown under every story of this source."))
    text_english = models.TextField(_("notice in English"), blank=True, help_text=_("Shown on English pages."))
    holder = models.CharField(_("copyright holder"), max_length=120, blank=True)
    holder_english = models.CharField(
        _("copyright holder in English"), max_length=120, blank=True, help_text=_("Shown on English pages.")
    )
    licence_url = models.URLField(_("licence address"), max_length=300, blank=True)
    usage_terms = models.CharField(_("usage terms"), max_length=300, blank=True)
    usage_terms_english = models.CharField(
        _("usage terms in English"), max_length=300, blank=True, help_text=_("Shown on English pages.")
    )
    licensing_url = models.URLField(
        _("where to get a licence"), max_length=300, blank=True, help_text=_("For whoever wants to use the story.")
    )
    feeds = models.CharField(_("in feeds"), max_length=8, choices=Feeds, default=Feeds.SUMMARY)
    data_mining = models.CharField(_("text and data mining"), max_length=8, choices=DataMining, blank=True)
    effective_from = models.DateTimeField(_("in force from"))
    applies_to_earlier = models.BooleanField(
        _("applies to earlier stories too"),
        default=False,
        help_text=_("Otherwise stories published before this moment keep the notice they had."),
    )

    objects = CopyrightNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("copyright notice")
        verbose_name_plural = _("copyright notices")
        ordering = ["source", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "effective_from"],
                name="one_notice_per_source_and_date",
                violation_error_message=_("This source already has a notice from that moment on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.text[:30]}"

    def text_in(self, language: str) -> str:
        """The notice as it stands on a page in `language`, a language code."""
        return (self.text_english if is_english(language) else "") or self.text

    def holder_in(self, language: str) -> str:
        """The copyright holder likewise; may be ""."""
        return (self.holder_english if is_english(language) else "") or self.holder

    def usage_terms_in(self, language: str) -> str:
        """The usage terms likewise; may be ""."""
        return (self.usage_terms_english if is_english(language) else "") or self.usage_terms
