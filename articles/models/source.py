"""Source (来源): who a story comes from, under all the names it is known by."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.chinese import comparison_key
from articles.models.named import Named


class SourceQuerySet(models.QuerySet["Source"]):
    def named(self, name: str) -> SourceQuerySet:
        """Sources whose name, name in English or alias is `name`, however spaced, cased or scripted. At most one."""
        key = comparison_key(name)
        return self.filter(Q(name_key=key) | Q(name_english_key=key) | Q(aliases__name_key=key)).distinct()


class Source(Named):
    class Kind(models.TextChoices):
        OWN = "own", _("own")
        AGENCY = "agency", _("news agency")
        PARTNER = "partner", _("partner")

    name = models.CharField(_("name"), max_length=80, unique=True)
    name_key = models.CharField(max_length=80, unique=True, editable=False)
    # None without a name in English: many sources have none.
    name_english_key = models.CharField(max_length=100, unique=True, null=True, editable=False)  # noqa: DJ001
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PARTNER)
    homepage = models.URLField(_("homepage"), max_length=300, blank=True)
    allowed_from = models.DateField(_("may be used from"), null=True, blank=True)
    allowed_until = models.DateField(_("may be used until"), null=True, blank=True, help_text=_("The last day."))

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(allowed_from=None) | Q(allowed_until=None) | Q(allowed_until__gte=F("allowed_from")),
                name="source_allowed_period_is_not_empty",
                violation_error_message=_("The last day must not be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:source", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        self.name_key = comparison_key(self.name)
        self.name_english_key = comparison_key(self.name_english) or None
        for field in ("name", "name_english"):
            name = getattr(self, field)
            if name and Source.objects.named(name).exclude(pk=self.pk).exists():
                raise ValidationError({field: _("Another source is already known by this name.")})


class SourceAlias(models.Model):
    """Another name of a source: 新华网 for 新华社."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="aliases", verbose_name=_("source"))
    name = models.CharField(_("also known as"), max_length=80, unique=True)
    name_key = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name_key = comparison_key(self.name)
        if Source.objects.named(self.name).exclude(pk=self.source_id).exists():
            raise ValidationError({"name": _("Another source is already known by this name.")})
