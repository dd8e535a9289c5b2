"""Subsection: an ordered part of a story, headed by one or two lines."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.richtext import RichTextField


def new_key() -> str:
    """A key that no other subsection of a story has."""
    return secrets.token_hex(6)


class Subsection(models.Model):
    story = models.ForeignKey("Story", models.CASCADE, related_name="subsections", verbose_name=_("story"))
    # Stays with the subsection through all versions, wherever it is moved. Given by `save_story` where it is blank.
    key = models.CharField(max_length=12, blank=True, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)
    heading = models.CharField(_("heading"), max_length=120)
    figures = models.CharField(
        _("figures line"),
        max_length=160,
        blank=True,
        help_text=_("The second line of a two-line heading, such as a row of figures."),
    )
    body = RichTextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("subsection")
        verbose_name_plural = _("subsections")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["story", "position"], name="one_subsection_per_position"),
            models.UniqueConstraint(fields=["story", "key"], name="one_subsection_per_key"),
            models.CheckConstraint(condition=~Q(key=""), name="subsection_has_a_key"),
        ]

    def __str__(self) -> str:
        return self.heading
