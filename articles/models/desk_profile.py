"""DeskProfile: what the desk knows about a user besides the login: sections, and whether mail is wanted."""

from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DeskProfile(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_profile", verbose_name=_("user")
    )
    sections = models.ManyToManyField(
        "Section",
        blank=True,
        related_name="+",
        verbose_name=_("sections"),
        help_text=_("What this person may do to the stories of others is limited to these. None chosen: no limit."),
    )
    wants_digest = models.BooleanField(_("mail about my stories"), default=True)

    class Meta:
        verbose_name = _("desk profile")
        verbose_name_plural = _("desk profiles")

    def __str__(self) -> str:
        return str(self.user)

    @cached_property
    def section_ids(self) -> frozenset[int]:
        """Ids of the sections the person is limited to, with their child sections; empty is no limit. One query."""
        chosen = self.sections.through.objects.filter(deskprofile=self).values("section_id")
        section = self.sections.model
        return frozenset(
            section.objects.filter(Q(pk__in=chosen) | Q(parent__in=chosen)).order_by().values_list("pk", flat=True)
        )
