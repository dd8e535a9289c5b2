"""Sources and the names they are known by."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.actions.preflight import recheck_scheduled
from articles.admin.permanent_address import PermanentAddressAdmin, PermanentAddressForm
from articles.chinese import comparison_key
from articles.models import Source, SourceAlias


class NameForm(forms.ModelForm):
    """For what is recognised by the key of its name."""

    def clean_name(self) -> str:
        return self._comparable("name")

    def _comparable(self, field: str) -> str:
        name = self.cleaned_data[field]
        # A few characters, such as ㍿, become several when names are compared.
        if len(comparison_key(name)) > self._meta.model._meta.get_field(f"{field}_key").max_length:
            raise ValidationError(_("This name is too long to be compared with others."))
        return name


class SourceForm(NameForm, PermanentAddressForm):
    def clean_name_english(self) -> str:
        return self._comparable("name_english")


class SourceAliasFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            name = form.cleaned_data.get("name")
            if not name or form.cleaned_data.get("DELETE"):
                continue
            if (key := comparison_key(name)) in seen:
                form.add_error("name", _("This name is already in the list, perhaps in another spelling."))
            seen.add(key)


class SourceAliasInline(admin.TabularInline):
    model = SourceAlias
    form = NameForm
    formset = SourceAliasFormSet
    extra = 0
    fields = ("name",)


@admin.register(Source)
class SourceAdmin(PermanentAddressAdmin):
    form = SourceForm
    list_display = ("name", "kind", "allowed_from", "allowed_until")
    list_filter = ("kind",)
    fields = ("name", "name_english", "slug", "kind", "homepage", ("allowed_from", "allowed_until"))
    inlines = (SourceAliasInline,)
    search_fields = ("name", "name_english", "aliases__name")

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        recheck_scheduled(now=request.at, source_id=obj.pk, by=request.user)

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        found, _may_have_duplicates = super().get_search_results(request, queryset, search_term)
        return found.distinct(), False
