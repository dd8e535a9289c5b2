"""KeptForm: what somebody has typed into a story form and not saved yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class KeptForm(models.Model):
    """Not a revision and never public: only its user gets it back, and saving the form removes it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_forms")
    # None: a story that was never saved.
    story = models.ForeignKey("Story", models.CASCADE, null=True, related_name="kept_forms", verbose_name=_("story"))
    # Tells the forms of one user apart: each opened form has a key of its own.
    key = models.CharField(max_length=32)
    # The posted fields in their order, as [name, value] pairs.
    fields = models.JSONField()
    based_on = models.PositiveIntegerField(null=True)
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        ordering = ["-kept_at"]
        indexes = [models.Index(fields=["user", "story", "-kept_at"], name="kept_form_of_user")]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_kept_form_per_user_and_key"),
            models.CheckConstraint(condition=~Q(key=""), name="kept_form_has_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.kept_at:%Y-%m-%d %H:%M} UTC"
