"""Revision: a StoryContent as saved. Never changed afterwards."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content import StoryContent


class Revision(models.Model):
    story = models.ForeignKey("Story", models.CASCADE, related_name="revisions", verbose_name=_("story"))
    number = models.PositiveIntegerField(_("version"))
    # `content` is the StoryContent; this column is what it was made from.
    stored = models.JSONField(_("content"))
    digest = models.CharField(_("content hash"), max_length=64)
    # Finds another story that reads the same.
    text_digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("saved"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )
    comment = models.CharField(_("comment"), max_length=200, blank=True)
    import_run = models.ForeignKey(
        "ImportRun", models.SET_NULL, null=True, related_name="revisions", verbose_name=_("import")
    )

    # What of others' work a save took over: set by `save_story` on the revision that it returns, and not stored.
    overtaken: Any = None

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["story", "-number"]
        indexes = [models.Index(fields=["text_digest"], name="revision_by_text")]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="one_revision_per_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="revision_numbers_start_at_one"),
        ]

    def __str__(self) -> str:
        return _("version %(number)d") % {"number": self.number}

    @cached_property
    def content(self) -> StoryContent:
        return StoryContent.from_json(self.stored)
