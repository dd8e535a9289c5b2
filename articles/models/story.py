"""Story: the thing a journalist writes. The rows are the working copy; readers see publications only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.richtext import RichTextField

# The languages a story can be written in, as BCP 47 tags in the site's spelling.
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]

# Who or what wrote a story, by the codes of IPTC's NewsCodes (Digital Source Type); "" is people.
DIGITAL_SOURCE_TYPES = [
    ("", _("people")),
    ("compositeWithTrainedAlgorithmicMedia", _("people with the help of AI")),
    ("trainedAlgorithmicMedia", _("AI")),
]


class StoryQuerySet(models.QuerySet["Story"]):
    def on_the_desk(self) -> StoryQuerySet:
        """Those that are not in the bin: what every list and every choice of a story offers."""
        return self.filter(binned_at=None)


class Story(models.Model):
    kicker = models.CharField(_("kicker"), max_length=60, blank=True, help_text=_("The line above the headline."))
    headline = models.CharField(_("headline"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=160, blank=True, help_text=_("The line below the headline."))
    short_headline = models.CharField(
        _("short headline"), max_length=60, blank=True, help_text=_("For lists; without it the headline is used.")
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        blank=True,
        help_text=_("Made from the headline on the first save, and kept when the headline changes."),
    )
    summary = models.TextField(_("summary"), max_length=500, blank=True)
    opening = RichTextField(_("opening"), blank=True)
    section = models.ForeignKey("Section", models.PROTECT, null=True, blank=True, verbose_name=_("section"))
    topics = models.ManyToManyField("Topic", blank=True, verbose_name=_("topics"))
    source = models.ForeignKey("Source", models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default="zh-hans")
    dateline = models.CharField(_("dateline place"), max_length=60, blank=True)
    digital_source_type = models.CharField(
        pgettext_lazy("who wrote a story", "made by"),
        max_length=40,
        choices=DIGITAL_SOURCE_TYPES,
        blank=True,
        help_text=_("Readers are told when a machine wrote a story, or a part of it."),
    )
    noindex = models.BooleanField(_("ask search engines to leave it out"), default=False)
    noarchive = models.BooleanField(_("ask search engines to keep no copy"), default=False)
    original_url = models.URLField(_("original address"), max_length=500, blank=True)
    original_title = models.CharField(_("original title"), max_length=200, blank=True)
    original_author = models.CharField(_("original author"), max_length=100, blank=True)

    class Review(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for review")
        SENT_BACK = "sent_back", _("sent back")
        APPROVED = "approved", _("approved")

    # Where the latest revision stands; written by the actions of review only. `waiting_for` is the key of a stage.
    review = models.CharField(_("review"), max_length=10, choices=Review, default=Review.DRAFT, editable=False)
    waiting_for = models.CharField(max_length=20, blank=True, editable=False)

    created_at = models.DateTimeField(_("created"), editable=False)
    updated_at = models.DateTimeField(_("last changed"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="stories_created",
        verbose_name=_("created by"),
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="stories_updated",
        verbose_name=_("last changed by"),
    )
    # In the bin since; None is not in the bin.
    binned_at = models.DateTimeField(_("in the bin since"), null=True, editable=False)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("put there by"),
    )
    # Written by the action that rewrites the chain, so that the admin list finds drafts without an anti-join.
    has_publications = models.BooleanField(default=False, editable=False)
    # Recognises the story when the same page is imported again.
    import_key = models.CharField(max_length=80, unique=True, null=True, editable=False)  # noqa: DJ001 - unique

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-updated_at", "-id"]
        permissions = [
            ("edit_any_story", _("Can edit the stories of others")),
            ("publish_story", _("Can publish and schedule stories")),
            ("withdraw_story", _("Can withdraw stories")),
            ("review_story", _("Can sign off the first review")),
            ("second_review_story", _("Can sign off the second review")),
            ("final_review_story", _("Can sign off the final review")),
            ("override_checks", _("Can publish in an emergency, against review and checks, with a reason")),
            ("empty_bin", _("Can empty the bin")),
        ]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="story_newest"),
            models.Index(fields=["section", "-updated_at", "-id"], name="story_newest_in_section"),
            models.Index(fields=["has_publications", "-updated_at", "-id"], name="story_newest_drafts"),
            models.Index(fields=["updated_by", "-updated_at", "-id"], name="story_newest_by_user"),
            models.Index(fields=["created_by", "-updated_at", "-id"], name="story_newest_of_author"),
            models.Index(
                fields=["waiting_for", "updated_at", "id"], name="story_waiting", condition=~Q(waiting_for="")
            ),
            models.Index(fields=["-binned_at"], name="story_binned", condition=~Q(binned_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(headline=""), name="story_has_a_headline"),
            models.CheckConstraint(condition=~Q(slug=""), name="story_has_an_address"),
            models.CheckConstraint(
                condition=Q(review="submitted") & ~Q(waiting_for="") | ~Q(review="submitted") & Q(waiting_for=""),
                name="story_waits_for_a_stage_exactly_while_submitted",
            ),
        ]

    def __str__(self) -> str:
        return self.headline
