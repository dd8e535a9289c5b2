"""ListRevision: a ListContent as saved, immutable; ListItem: which stories it names."""

from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.lists.content import ListContent


class ListRevision(models.Model):
    story_list = models.ForeignKey("StoryList", models.PROTECT, related_name="revisions", verbose_name=_("story list"))
    number = models.PositiveIntegerField(_("version"))
    stored = models.JSONField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("saved"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )
    comment = models.CharField(_("comment"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("version of a story list")
        verbose_name_plural = _("versions of story lists")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["story_list", "number"], name="list_revisions_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.story_list} {self.number}"

    @cached_property
    def content(self) -> ListContent:
        return ListContent.from_json(self.stored)


class ListItem(models.Model):
    """One story of a revision, so that a story knows the lists it is in. Everything else of an item is content."""

    revision = models.ForeignKey("ListRevision", models.CASCADE, related_name="items")
    # A story that is deleted for ever was never public: nothing that readers had goes with this row.
    story = models.ForeignKey("Story", models.CASCADE, related_name="list_items")

    class Meta:
        verbose_name = _("item of a list")
        verbose_name_plural = _("items of lists")
        constraints = [
            models.UniqueConstraint(fields=["revision", "story"], name="each_story_once_per_list_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.story_id}"
