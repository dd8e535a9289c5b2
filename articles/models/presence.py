"""Presence: somebody has a story open in a form right now."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PresenceQuerySet(models.QuerySet):
    def since(self, moment: datetime) -> PresenceQuerySet:
        """Windows that were seen at `moment` or later."""
        return self.filter(seen_at__gte=moment)


class Presence(models.Model):
    story = models.ForeignKey("Story", models.CASCADE, related_name="presences", verbose_name=_("story"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who"))
    # The key of the opened form: one person may have two.
    form_key = models.CharField(max_length=32)
    opened_at = models.DateTimeField(_("opened"))
    seen_at = models.DateTimeField(_("last seen"))
    # Where the cursor is, as a place of the form such as "headline" or "subsection:<key>:body"; "" is nowhere.
    place = models.CharField(max_length=60, blank=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["opened_at"]
        indexes = [models.Index(fields=["story", "seen_at"], name="presence_of_story")]
        constraints = [models.UniqueConstraint(fields=["user", "form_key"], name="one_presence_per_opened_form")]

    def __str__(self) -> str:
        return f"{self.user} {self.place}"
