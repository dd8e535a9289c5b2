"""RelatedLink: a story or a URL shown with a story."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RelatedLink(models.Model):
    story = models.ForeignKey("Story", models.CASCADE, related_name="related_links", verbose_name=_("story"))
    position = models.PositiveIntegerField(_("position"), default=0)
    related_story = models.ForeignKey(
        "Story",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="linked_from",
        limit_choices_to={"binned_at": None},
        verbose_name=_("related story"),
    )
    url = models.URLField(_("or an address"), max_length=500, blank=True)
    headline = models.CharField(
        _("own headline"), max_length=120, blank=True, help_text=_("Without it the story's own headline is shown.")
    )
    teaser = models.CharField(
        _("own teaser"), max_length=300, blank=True, help_text=_("Without it the story's summary is shown.")
    )

    class Meta:
        verbose_name = _("related link")
        verbose_name_plural = _("related links")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["story", "position"], name="one_related_link_per_position"),
            models.CheckConstraint(
                condition=(Q(related_story=None) & ~Q(url="")) | (~Q(related_story=None) & Q(url="")),
                name="related_link_has_exactly_one_target",
                violation_error_message=_("Give a story or an address, not both."),
            ),
            models.CheckConstraint(
                condition=Q(related_story=None) | ~Q(related_story=models.F("story")),
                name="related_link_is_not_to_itself",
                violation_error_message=_("A story cannot be related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.url or str(self.related_story)

    def clean(self) -> None:
        if self.related_story_id is None and not self.url:
            raise ValidationError(_("Give a story or an address."))
        if self.url and not self.headline:
            raise ValidationError({"headline": _("A link to an address needs a headline.")})
