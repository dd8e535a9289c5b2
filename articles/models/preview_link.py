"""PreviewLink: somebody without a login may read one version of a story, until a moment or until it is revoked."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PreviewLink(models.Model):
    revision = models.ForeignKey("Revision", models.CASCADE, related_name="preview_links", verbose_name=_("version"))
    # Part of what is signed: the id alone would be guessable with a leaked key.
    token = models.CharField(max_length=43, unique=True)
    meant_for = models.CharField(_("for whom"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("made"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    opened = models.PositiveIntegerField(_("times opened"), default=0)
    last_opened_at = models.DateTimeField(_("last opened"), null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="preview_link_ends_after_it_is_made"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision} {self.meant_for}".strip()

    def works(self, at: datetime) -> bool:
        return at < self.expires_at and (self.revoked_at is None or at < self.revoked_at)
