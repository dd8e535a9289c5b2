"""ConversionTerm: a word that becomes traditional in its own way, or stays as it is, whatever the dictionaries say."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ConversionTerm(models.Model):
    simplified = models.CharField(_("in simplified characters"), max_length=60, unique=True)
    traditional = models.CharField(_("in traditional characters"), max_length=60)

    class Meta:
        verbose_name = _("conversion term")
        verbose_name_plural = _("conversion terms")
        ordering = ["simplified"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(simplified="") & ~Q(traditional=""), name="conversion_term_has_both_forms"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.simplified} → {self.traditional}"
