"""KeptForm: what somebody has typed into a story form and not saved yet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class KeptFormQuerySet(models.QuerySet):
    def unsaved(self, user: Any, story: Any) -> KeptFormQuerySet:
        """What `user` has not saved of `story` (None: of stories never saved), newest first, without the texts."""
        return self.filter(user=user, story=story, saved_as=None).defer("fields")


class KeptForm(models.Model):
    """Not a revision and never public: only its user gets it back.

    Saving the form empties the row, which goes on saying what became of it: the same form may be sent twice.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_forms")
    # None: a story that was never saved, or that was deleted for ever since: the text stays.
    story = models.ForeignKey("Story", models.SET_NULL, null=True, related_name="kept_forms", verbose_name=_("story"))
    # Tells the forms of one user apart: each opened form has a key of its own.
    key = models.CharField(max_length=32)
    # Counts what the browser has sent, so that what arrives late does not replace what is newer.
    serial = models.PositiveBigIntegerField(default=0)
    headline = models.CharField(max_length=200, blank=True)
    # The posted fields in their order, as [name, value] pairs.
    fields = models.JSONField()
    based_on = models.PositiveIntegerField(null=True)
    kept_at = models.DateTimeField(_("kept"))
    # The number of the revision that saving it made, and what was posted then, as a hash. None: not saved.
    saved_as = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = KeptFormQuerySet.as_manager()

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
