"""SiteIdentity: what the site is called and how it looks. One row; without it the settings count."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.appearance import READABLE, contrast_on_paper, in_figures, is_visible

# The accent colour where nobody chose another: as the tokens of the stylesheet have it, on light and on dark paper.
ACCENT = "#a3191e"
ACCENT_ON_DARK = "#ff8f7d"

_colour = RegexValidator(r"^#[0-9a-f]{6}\Z", _("Give a colour as # and six digits or letters a–f, such as #a3191e."))


class SiteIdentityQuerySet(models.QuerySet["SiteIdentity"]):
    def current(self) -> SiteIdentity:
        """The identity of the site with its footer lines and its logos' facts, or the default. At most three queries.

        The pictures themselves are not read.
        """
        logos = models.Prefetch("logos", SiteLogo.objects.defer("picture"))
        return self.prefetch_related("footer_lines", logos).first() or SiteIdentity()


class SiteIdentity(models.Model):
    class Paragraphs(models.TextChoices):
        """How paragraphs of Chinese text are told apart."""

        INDENTED = "indented", _("indented by two characters")
        SPACED = "spaced", _("separated by a blank line")

    name = models.CharField(
        _("name"), max_length=60, blank=True, help_text=_("Without one, SITE_NAME from the settings is used.")
    )
    name_traditional = models.CharField(
        _("name in traditional characters"),
        max_length=60,
        blank=True,
        help_text=_("Without one, the name is converted."),
    )
    name_english = models.CharField(
        _("name in English"), max_length=60, blank=True, help_text=_("Shown on English pages.")
    )
    tagline = models.CharField(
        _("description"), max_length=160, blank=True, help_text=_("One sentence, for search engines and feeds.")
    )
    publisher = models.CharField(
        _("publisher"), max_length=120, blank=True, help_text=_("The company or office that answers for the site.")
    )
    accent = models.CharField(_("accent colour"), max_length=7, default=ACCENT, validators=[_colour])
    accent_on_dark = models.CharField(
        _("accent colour on dark paper"), max_length=7, default=ACCENT_ON_DARK, validators=[_colour]
    )
    paragraphs = models.CharField(
        _("paragraphs of Chinese text"), max_length=8, choices=Paragraphs, default=Paragraphs.INDENTED
    )
    contact_email = models.EmailField(_("mail address for readers"), blank=True)
    security_contact = models.EmailField(
        _("mail address for reports of security problems"), blank=True, help_text=_("Published in security.txt.")
    )
    reserves_data_mining = models.BooleanField(
        _("text and data mining is reserved"),
        default=True,
        help_text=_("What machines are told where the copyright notice of a source says nothing else."),
    )
    data_mining_policy = models.URLField(
        _("address of the data mining policy"), max_length=300, blank=True, help_text=_("How to get a licence for it.")
    )
    updated_at = models.DateTimeField(_("last changed"), null=True, editable=False)

    objects = SiteIdentityQuerySet.as_manager()

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identity")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="there_is_one_site_identity")]

    def __str__(self) -> str:
        return self.name_in(settings.LANGUAGE_CODE)

    def clean(self) -> None:
        """Raises ValidationError for a colour that text in it could not be read in, on the paper it is for."""
        errors = {}
        for name, appearance in (("accent", "light"), ("accent_on_dark", "dark")):
            try:
                ratio = contrast_on_paper(getattr(self, name), appearance)
            except (TypeError, ValueError):
                # No colour at all, which the field says.
                continue
            if ratio < READABLE:
                words = {
                    "light": _("Too pale: %(contrast)s : 1 on light paper. Text needs %(needed)s : 1 to be read."),
                    "dark": _("Too dark: %(contrast)s : 1 on dark paper. Text needs %(needed)s : 1 to be read."),
                }[appearance]
                figures = {"contrast": in_figures(ratio), "needed": in_figures(READABLE)}
                errors[name] = ValidationError(words, code="unreadable", params=figures)
        if errors:
            raise ValidationError(errors)

    def name_in(self, language: str) -> str:
        """What the site is called on a page in `language`; traditional characters are converted by the page."""
        return self.own_name_in(language) or self.name or settings.SITE_NAME

    def own_name_in(self, language: str) -> str:
        """The name that was given for `language` alone; "" where the site has only one name."""
        return {"en": self.name_english, "zh-hant": self.name_traditional}.get(language, "")

    def logo(self, appearance: str) -> SiteLogo | None:
        """The logo on light or dark paper; on dark paper the light one where there is no other."""
        logos = {row.appearance: row for row in self.logos.all()} if self.pk else {}
        return logos.get(appearance) or logos.get(SiteLogo.Appearance.LIGHT)


class FooterLine(models.Model):
    """A line at the foot of every page, such as the ICP number that Chinese sites have to show, perhaps with a link."""

    identity = models.ForeignKey(SiteIdentity, models.CASCADE, related_name="footer_lines")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("text"), max_length=200)
    url = models.URLField(_("address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("footer line")
        verbose_name_plural = _("footer lines")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class SiteLogo(models.Model):
    """The logo, decoded and written anew by the site. Kept with the database, so that nothing else has to be served."""

    class Appearance(models.TextChoices):
        LIGHT = "light", _("on light paper")
        DARK = "dark", _("on dark paper")

    identity = models.ForeignKey(SiteIdentity, models.CASCADE, related_name="logos")
    appearance = models.CharField(_("appearance"), max_length=5, choices=Appearance)
    picture = models.BinaryField()
    digest = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    # The mean relative luminance of what is seen of it, measured when it was made: 0 is black, 1 is white.
    luminance = models.FloatField(null=True)

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")
        constraints = [
            models.UniqueConstraint(fields=["identity", "appearance"], name="one_logo_per_appearance"),
            models.CheckConstraint(condition=Q(width__gte=1, height__gte=1), name="logo_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.get_appearance_display()

    def is_visible_on(self, appearance: str) -> bool:
        """Whether it stands out from "light" or "dark" paper; one that nobody could measure is taken to."""
        return self.luminance is None or is_visible(self.luminance, appearance)
