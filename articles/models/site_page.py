"""SitePage: a simple page of the site that is no story: about, contact, imprint, the newsroom's rules."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.story import LANGUAGES
from articles.richtext import RichTextField


class SitePageQuerySet(models.QuerySet["SitePage"]):
    def public(self, at: datetime) -> SitePageQuerySet:
        """Those that readers have at `at`."""
        return self.filter(live_from__lte=at)


class SitePage(models.Model):
    class Purpose(models.TextChoices):
        """What a page is for. Machines are told where those are that schema.org knows (NewsMediaOrganization)."""

        NONE = "", _("something else")
        ABOUT = "about", _("about us")
        CONTACT = "contact", _("contact")
        IMPRINT = "imprint", _("imprint")
        PRINCIPLES = "publishingPrinciples", _("publishing principles")
        ETHICS = "ethicsPolicy", _("ethics policy")
        CORRECTIONS = "correctionsPolicy", _("corrections policy")
        FACT_CHECKING = "verificationFactCheckingPolicy", _("how facts are checked")
        UNNAMED_SOURCES = "unnamedSourcesPolicy", _("unnamed sources policy")
        FEEDBACK = "actionableFeedbackPolicy", _("how to give feedback")
        DIVERSITY = "diversityPolicy", _("diversity policy")
        MASTHEAD = "masthead", _("who works here")
        OWNERSHIP = "ownershipFundingInfo", _("owners and funding")

    title = models.CharField(_("title"), max_length=100)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default="zh-hans")
    body = RichTextField(_("text"), blank=True)
    purpose = models.CharField(_("purpose"), max_length=30, choices=Purpose, blank=True)
    live_from = models.DateTimeField(
        _("public from"), null=True, blank=True, help_text=_("Without a moment the page is a draft.")
    )
    in_footer = models.BooleanField(_("linked at the foot of every page"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    updated_at = models.DateTimeField(_("last changed"), null=True, editable=False)

    objects = SitePageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "language"],
                condition=~Q(purpose=""),
                name="one_page_per_purpose_and_language",
                violation_error_message=_("There is a page for this purpose in this language already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:site_page", args=[self.slug])
