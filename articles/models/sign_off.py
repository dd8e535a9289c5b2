"""SignOff: one review stage approved for one exact revision."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignOff(models.Model):
    revision = models.ForeignKey("Revision", models.CASCADE, related_name="sign_offs", verbose_name=_("version"))
    # The revision's content hash at the moment it was approved: what was approved can be proved without trust.
    digest = models.CharField(_("content hash"), max_length=64)
    stage = models.CharField(_("stage"), max_length=20)
    signed_at = models.DateTimeField(_("approved"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("approved by")
    )
    # Kept beside the key, so that it stays readable when the person is deleted.
    signed_by_name = models.CharField(_("name"), max_length=150)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["signed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "stage"], name="one_sign_off_per_revision_and_stage"),
            models.UniqueConstraint(fields=["revision", "signed_by"], name="one_sign_off_per_revision_and_person"),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.signed_by_name}"
