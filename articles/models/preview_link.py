"""PreviewLink: somebody without a login may read one version of a story, until a moment or until it is revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

# Signatures of other parts of the site, made with the same key, are worth nothing here.
_SALT = "articles.preview_link"


def new_token() -> str:
    """256 random bits as 43 characters fit for an address."""
    return secrets.token_urlsafe(32)


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep="~")


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def by_address(self, signed: str) -> PreviewLink | None:
        """The link of an address, whether it still works or not; None for what nobody was given. At most one query."""
        try:
            number, _dot, token = _signer().unsign(signed).partition(".")
        except signing.BadSignature:
            return None
        link = self.select_related("revision__story", "created_by").filter(pk=int(number)).first()
        return link if link and constant_time_compare(link.token, token) else None


class PreviewLink(models.Model):
    class Lifetime(models.TextChoices):
        """How long a link can be made for."""

        HOUR = "hour", _("1 hour")
        DAY = "day", _("1 day")
        WEEK = "week", _("7 days")

        @property
        def length(self) -> timedelta:
            return {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}[self.value]

    revision = models.ForeignKey("Revision", models.CASCADE, related_name="preview_links", verbose_name=_("version"))
    # Kept as it is, so that the desk can copy the address again: by itself it opens nothing, because an address also
    # carries a signature. So neither the key nor a copy of the database is enough to make one.
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

    objects = PreviewLinkQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("articles:preview", args=[_signer().sign(f"{self.pk}.{self.token}")])

    def is_current(self, at: datetime) -> bool:
        """Whether it has neither ended nor been revoked; a clock that is set back revives no revoked one."""
        return self.revoked_at is None and at < self.expires_at
