"""Subsection: an ordered part of a story, headed by one or two lines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.richtext import RichTextField


class Subsection(models.Model):
    story = models.ForeignKey("Story", models.CASCADE, related_name="subsections", verbose_name=_("story"))
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
        ]

    def __str__(self) -> str:
        return self.heading
