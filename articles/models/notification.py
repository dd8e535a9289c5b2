"""Notification and Digest: who was told what, on the desk and by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.notifications import sentence


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unseen(self) -> NotificationQuerySet:
        """Those that their reader has neither seen on the desk nor got by mail."""
        return self.filter(seen_at=None, digest=None)


class Notification(models.Model):
    """Something a colleague should know about a story. Shown on the desk, and mailed in a digest."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    story = models.ForeignKey("Story", models.CASCADE, null=True, related_name="+", verbose_name=_("story"))
    # A key of `notifications.KINDS`, and what its sentence needs: the words are chosen in the reader's language.
    kind = models.CharField(max_length=30)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(_("when"))
    # The same event told twice has one key, and is stored once.
    key = models.CharField(max_length=100)
    seen_at = models.DateTimeField(null=True)
    digest = models.ForeignKey("Digest", models.SET_NULL, null=True, related_name="notifications")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="notification_newest"),
            models.Index(fields=["at"], name="notification_unseen", condition=Q(digest=None, seen_at=None)),
        ]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="each_event_told_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.kind}"

    @property
    def sentence(self) -> str:
        """What it says, in the active language."""
        return sentence(self.kind, self.detail)


class Digest(models.Model):
    """One mail with what a colleague should know. Its id is its Message-ID, so that a mail sent twice is one mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    # After many attempts, or when the reader wants no mail any more.
    given_up = models.BooleanField(default=False)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["made_at"], name="digest_unsent", condition=Q(sent_at=None, given_up=False))]

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d %H:%M} UTC"
