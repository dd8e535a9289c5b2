"""EditorialNote: what colleagues say to each other about a story. Never leaves the desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EditorialNote(models.Model):
    story = models.ForeignKey("Story", models.CASCADE, related_name="notes", verbose_name=_("story"))
    # An answer belongs to the note that began its thread.
    thread = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers", verbose_name=_("answer to"))
    # The `key` of the subsection it is about, which may be gone from the story by now; and what it was called.
    subsection_key = models.CharField(max_length=12, blank=True)
    subsection_heading = models.CharField(max_length=120, blank=True)
    text = models.TextField(_("note"), max_length=2000)
    at = models.DateTimeField(_("when"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    author_name = models.CharField(_("name"), max_length=150)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("mentions"))
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("resolved by")
    )

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["story", "at"], name="note_of_story")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(thread=None) | Q(resolved_at=None), name="threads_are_resolved_not_answers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:40]}"
