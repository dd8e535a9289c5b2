"""Byline: what one contributor did for one story."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Byline(models.Model):
    class Role(models.TextChoices):
        REPORTER = "reporter", _("reporter")
        CORRESPONDENT = "correspondent", _("correspondent")
        PHOTOGRAPHER = "photographer", _("photographer")
        TRANSLATOR = "translator", _("translator")
        RESPONSIBLE_EDITOR = "responsible_editor", _("responsible editor")

    story = models.ForeignKey("Story", models.CASCADE, related_name="bylines", verbose_name=_("story"))
    position = models.PositiveIntegerField(_("position"), default=0)
    contributor = models.ForeignKey("Contributor", models.PROTECT, verbose_name=_("contributor"))
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.REPORTER)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("byline")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["story", "position"], name="one_byline_per_position"),
            models.UniqueConstraint(
                fields=["story", "contributor", "role"],
                name="one_byline_per_person_and_role",
                violation_error_message=_("This person already has this role on the story."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor} ({self.get_role_display()})"
