"""What the site is called and how it looks: one form, which the list of one leads to."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.actions import save_site_identity
from articles.actions.site_identity import MOST_FOOTER_LINES
from articles.admin.action_form import ActionForm, ActionFormAdmin
from articles.admin.identity_preview import Paper, papers, unseen_logo
from articles.admin.story_rows import RowForm, RowInline
from articles.appearance import READABLE, contrast_on_paper, in_figures
from articles.appearance.logo import UnusableLogoError, check_bytes
from articles.models import Activity, FooterLine, SiteIdentity, SiteLogo

_TAKEN = "image/png,image/jpeg,image/webp"


class ColourField(forms.CharField):
    """A colour as people write it: with or without #, in capitals or not, three digits or six."""

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value).strip().lower().removeprefix("#")
        if len(typed) == 3:
            typed = "".join(digit * 2 for digit in typed)
        return f"#{typed}"


class LogoField(forms.FileField):
    """A picture file, as its bytes; None where none was chosen. What is in it is for the action to judge."""

    widget = forms.FileInput(attrs={"accept": _TAKEN})

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            check_bytes(file.size)
        except UnusableLogoError as error:
            raise ValidationError(str(error)) from error
        return file.read()


class IdentityForm(ActionForm):
    logo_light = LogoField(
        label=gettext_lazy("Logo on light paper"),
        required=False,
        help_text=gettext_lazy("PNG with a transparent ground, JPEG or WebP, up to 2 MB. 640 by 160 pixels will do."),
    )
    logo_dark = LogoField(
        label=gettext_lazy("Logo on dark paper"),
        required=False,
        help_text=gettext_lazy("For devices that are set to dark. Without one, the logo on light paper is shown."),
    )
    remove_logo_light = forms.BooleanField(label=gettext_lazy("Remove the logo on light paper"), required=False)
    remove_logo_dark = forms.BooleanField(label=gettext_lazy("Remove the logo on dark paper"), required=False)

    class Meta:
        model = SiteIdentity
        fields = "__all__"
        field_classes = {"accent": ColourField, "accent_on_dark": ColourField}
        # A sentence of 160 characters has room in it.
        widgets = {"tagline": forms.TextInput(attrs={"class": "vTextField wide-field"})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for appearance in SiteLogo.Appearance.values:
            if cleaned.get(f"logo_{appearance}") and cleaned.get(f"remove_logo_{appearance}"):
                words = _("Either choose a new logo or remove the old one: a new one replaces it.")
                self.add_error(f"remove_logo_{appearance}", words)
        return cleaned

    @property
    def logos(self) -> dict[str, bytes | None]:
        """The logos that change, as the action takes them. Only of a valid form."""
        found: dict[str, bytes | None] = {}
        for appearance in SiteLogo.Appearance.values:
            if data := self.cleaned_data.get(f"logo_{appearance}"):
                found[appearance] = data
            elif self.cleaned_data.get(f"remove_logo_{appearance}"):
                found[appearance] = None
        return found


class FooterLineForm(RowForm):
    class Meta:
        labels = {"text": gettext_lazy("What it says"), "url": gettext_lazy("Where it leads")}
        # Licence numbers with their names have room in it.
        widgets = {"text": forms.TextInput(attrs={"class": "vTextField wide-field"})}


class FooterLineInline(RowInline, admin.StackedInline):
    model = FooterLine
    form = FooterLineForm
    fields = (("text", "url", "place"),)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.max_num = formset.absolute_max = MOST_FOOTER_LINES
        return formset


@admin.register(SiteIdentity)
class SiteIdentityAdmin(ActionFormAdmin):
    form = IdentityForm
    inlines = (FooterLineInline,)
    other_names = {
        "footer_lines": FooterLine._meta.verbose_name_plural,
        "logo_light": IdentityForm.base_fields["logo_light"].label,
        "logo_dark": IdentityForm.base_fields["logo_dark"].label,
    }

    class Media:
        css = {"all": ("articles/admin/site_identity.css",)}
        js = ("articles/admin/rows.js", "articles/admin/site_identity.js")

    # -- who may ------------------------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        # There is one already, stored or not.
        return False

    def has_change_permission(self, request: HttpRequest, obj: SiteIdentity | None = None) -> bool:
        return permissions.can_change_identity(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: SiteIdentity | None = None) -> bool:
        return False

    # -- one row, which need not be stored ----------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_siteidentity_change", args=[1]))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> SiteIdentity | None:
        if object_id != "1":
            return None
        return SiteIdentity.objects.filter(pk=1).first() or SiteIdentity(pk=1)

    # -- the form -----------------------------------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: SiteIdentity | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        helps = {"name": _("Left empty, the site goes by the name it was set up with: “%s”.") % settings.SITE_NAME}
        return super().get_form(request, obj, change, **{**kwargs, "help_texts": helps})

    def get_fieldsets(self, request: HttpRequest, obj: SiteIdentity | None = None) -> list:
        names = ("name", "name_traditional", "name_english", "tagline", "publisher")
        machines = ("reserves_data_mining", "data_mining_policy")
        # Who may only look sees the logos in the preview.
        logos = self._logo_fields(obj) if self.has_change_permission(request, obj) else ()
        fieldsets = [
            (gettext_lazy("Names"), {"fields": names}),
            (gettext_lazy("Colours"), {"fields": ("accent", "accent_on_dark")}),
            (gettext_lazy("Logo"), {"fields": logos}),
            (gettext_lazy("Text"), {"fields": ("paragraphs",)}),
            (gettext_lazy("Mail addresses"), {"fields": ("contact_email", "security_contact")}),
            (gettext_lazy("Machines"), {"fields": machines}),
        ]
        return [fieldset for fieldset in fieldsets if fieldset[1]["fields"]]

    def _logo_fields(self, obj: SiteIdentity | None) -> tuple[str, ...]:
        stored = {logo.appearance for logo in _logos_of(obj)}
        names = []
        for appearance in SiteLogo.Appearance.values:
            names += [f"logo_{appearance}", *([f"remove_logo_{appearance}"] if appearance in stored else [])]
        return tuple(names)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = papers(_typed(context["adminform"].form), _logos_of(kwargs.get("obj")))
        context.update(papers=shown, needed=in_figures(READABLE), show_save_and_continue=False)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_by_action(self, request: HttpRequest, form: IdentityForm, formsets: list) -> None:
        lines = [row for formset in formsets for row in formset.ordered_rows()]
        stored = save_site_identity(
            identity=form.instance,
            footer_lines=lines,
            logos=form.logos,
            by=request.user,
            based_on=form.cleaned_data["based_on"],
        )
        light = in_figures(contrast_on_paper(stored.accent, "light"))
        dark = in_figures(contrast_on_paper(stored.accent_on_dark, "dark"))
        words = _("Contrast of the colours: %(light)s : 1 on light paper, %(dark)s : 1 on dark paper.")
        messages.info(request, words % {"light": light, "dark": dark})
        for appearance in SiteLogo.Appearance.values:
            logo = stored.logo(appearance)
            if logo and not logo.is_visible_on(appearance):
                messages.warning(request, unseen_logo(appearance))

    def get_view_on_site_url(self, obj: SiteIdentity | None = None) -> str | None:
        return reverse("articles:front")

    def activities(self, obj: SiteIdentity) -> Any:
        return Activity.objects.filter(verb=Activity.Verb.CHANGED_IDENTITY)


def _logos_of(obj: SiteIdentity | None) -> list[SiteLogo]:
    """The logos as they are stored, without their pictures. One query for one identity object."""
    if obj is None:
        return []
    if not hasattr(obj, "shown_logos"):
        obj.shown_logos = list(SiteLogo.objects.filter(identity=1).defer("picture"))
    return obj.shown_logos


def _typed(form: forms.ModelForm) -> Any:
    """What stands in the fields, typed or stored: `_typed(form)("accent")`."""
    return partial(_value, form)


def _value(form: forms.ModelForm, name: str) -> str:
    value = form[name].value() if name in form.fields else getattr(form.instance, name)
    return str(value or "")


__all__ = ["ColourField", "IdentityForm", "LogoField", "Paper", "SiteIdentityAdmin"]
