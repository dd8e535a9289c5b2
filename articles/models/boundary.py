"""What happens at the boundaries of publications: each effect done once, each run of the ticker, and who was told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="notification_newest"),
            models.Index(fields=["at"], name="notification_to_mail", condition=Q(digest=None)),
        ]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="each_event_told_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.kind}"


class Digest(models.Model):
    """One mail with what a colleague should know. Its id is its Message-ID, so that a mail sent twice is one mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["made_at"], name="digest_to_send", condition=Q(sent_at=None))]

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d %H:%M} UTC"
