"""StoryList: a named list with a place on the site. What it holds from when on is said by its editions."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_NO_SCOPE = Q(section=None, topic=None, story=None)


class StoryList(models.Model):
    class Place(models.TextChoices):
        """Where on the site a list stands."""

        FRONT = "front", _("front page")
        SECTION = "section", _("section front")
        BESIDE = "beside", _("beside a story")
        BELOW = "below", _("below a story")

    name = models.CharField(_("name"), max_length=100, unique=True, help_text=_("As the desk calls it."))
    place = models.CharField(pgettext_lazy("where a list stands", "place"), max_length=10, choices=Place)
    # Lists of one slot stand in for one another: of those that fit a page, the one with the narrowest scope is shown.
    slot = models.CharField(
        _("slot"),
        max_length=40,
        default="main",
        validators=[RegexValidator(r"^[-a-z0-9_]+\Z", _("Small letters, digits and hyphens."))],
        help_text=_(
            "Of several lists in one place and slot a page shows the one with the narrowest scope: "
            "its own, that of a topic, of its section, of the section above, of all pages."
        ),
    )
    section = models.ForeignKey(
        "Section", models.PROTECT, null=True, blank=True, related_name="story_lists", verbose_name=_("only in section")
    )
    topic = models.ForeignKey(
        "Topic", models.PROTECT, null=True, blank=True, related_name="story_lists", verbose_name=_("only on topic")
    )
    story = models.ForeignKey(
        "Story", models.PROTECT, null=True, blank=True, related_name="story_lists", verbose_name=_("only at story")
    )
    created_at = models.DateTimeField(_("made"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("story list")
        verbose_name_plural = _("story lists")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section=None, topic=None) | Q(section=None, story=None) | Q(topic=None, story=None),
                name="story_list_has_one_scope_at_most",
                violation_error_message=_("A list has one scope: a section, a topic or a story."),
            ),
            models.CheckConstraint(
                condition=Q(place__in=["beside", "below"])
                | Q(place="section", topic=None, story=None)
                | (Q(place="front") & _NO_SCOPE),
                name="story_list_scope_fits_its_place",
                violation_error_message=_(
                    "The front page has no scope; a section front takes a section; topics and stories are for lists "
                    "beside or below a story."
                ),
            ),
            models.CheckConstraint(condition=~Q(slot=""), name="story_list_has_a_slot"),
            *(
                models.UniqueConstraint(
                    fields=["place", "slot", *scope],
                    condition=condition,
                    name=f"one_story_list_per_slot_and_{name}",
                    violation_error_message=_("There is a list in this place, slot and scope already."),
                )
                for name, scope, condition in (
                    ("place", (), _NO_SCOPE),
                    ("section", ("section",), ~Q(section=None)),
                    ("topic", ("topic",), ~Q(topic=None)),
                    ("story", ("story",), ~Q(story=None)),
                )
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> models.Model | None:
        """The section, topic or story it is for; None for all pages of its place."""
        return self.section or self.topic or self.story
