"""Activity: who did what, when. Written by actions, never edited."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Activity(models.Model):
    class Verb(models.TextChoices):
        CREATED = "created", _("created")
        SAVED = "saved", _("saved")
        PUBLISHED = "published", _("published")
        SCHEDULED = "scheduled", _("scheduled")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CANCELLED = "cancelled", _("cancelled a scheduled change")
        IMPORTED = "imported", _("imported")
        DELETED = "deleted", _("deleted for ever")
        SUBMITTED = "submitted", _("submitted for review")
        SENT_BACK = "sent_back", _("sent back")
        APPROVED = "approved", _("approved")
        OVERRODE = "overrode", _("published in an emergency")
        RESTORED = "restored", _("restored an earlier version")
        MERGED = "merged", _("merged with a colleague’s version")
        BINNED = "binned", _("put into the bin")
        UNBINNED = "unbinned", _("took out of the bin")
        NOTED = "noted", _("wrote a note")
        RESOLVED = "resolved", _("resolved a note")
        MADE_PREVIEW_LINK = "made_preview_link", _("made a preview link")
        REVOKED_PREVIEW_LINK = "revoked_preview_link", _("revoked a preview link")
        CHECK_FAILED = "check_failed", _("a check fails for what is scheduled")
        MADE_LIST = "made_list", _("made a story list")
        CHANGED_LIST = "changed_list", _("changed a story list")
        SAVED_EDITION = "saved_edition", _("saved an edition of a story list")
        SCHEDULED_EDITION = "scheduled_edition", _("scheduled an edition of a story list")
        PUBLISHED_EDITION = "published_edition", _("published an edition of a story list")
        ENDED_EDITION = "ended_edition", _("ended an edition of a story list")
        CANCELLED_EDITION = "cancelled_edition", _("cancelled an edition of a story list")
        SHARED_MOMENT = "shared_moment", _("shared a page at a moment")
        CHANGED_IDENTITY = "changed_identity", _("changed the identity of the site")
        SAVED_PAGE = "saved_page", _("saved a page")
        DELETED_PAGE = "deleted_page", _("deleted a page")
        SAVED_TERM = "saved_term", _("saved a conversion term")
        DELETED_TERM = "deleted_term", _("deleted a conversion term")
        CHANGED_NOTICE = "changed_notice", _("changed a copyright notice")

    at = models.DateTimeField(_("when"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="activities", verbose_name=_("who")
    )
    # Kept beside the keys, so that the trail stays readable when a person or a draft is deleted.
    user_name = models.CharField(_("name"), max_length=150, blank=True)
    verb = models.CharField(_("what"), max_length=30, choices=Verb)
    story = models.ForeignKey("Story", models.SET_NULL, null=True, related_name="activities", verbose_name=_("story"))
    story_list = models.ForeignKey(
        "StoryList", models.SET_NULL, null=True, related_name="activities", verbose_name=_("story list")
    )
    subject = models.CharField(_("subject"), max_length=200)
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="activity_newest"),
            models.Index(fields=["story", "-at", "-id"], name="activity_newest_of_story"),
            models.Index(
                fields=["story_list", "-at", "-id"],
                name="activity_newest_of_list",
                condition=~models.Q(story_list=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_name} {self.get_verb_display()} {self.subject}"
