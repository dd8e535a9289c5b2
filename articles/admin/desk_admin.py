"""What every admin of the desk shares: input that makes no sense is left out or answered in words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.autocomplete import ManyAutocomplete, OneAutocomplete, is_id
from articles.html import storable


class DeskChangeList(ChangeList):
    """Filters that no database can compare (a NUL byte, a date out of range) lead back to the whole list."""

    def get_results(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error


class ManyRowsField(forms.ModelMultipleChoiceField):
    """Refuses what cannot be an id before the database is asked, which would fail over a number beyond its integers."""

    def clean(self, value: Any) -> Any:
        for one in value if isinstance(value, list | tuple) else ():
            if not is_id(one):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": one})
        return super().clean(value)


class AutocompleteFields:
    """Fields of `autocomplete_fields` get the project's widgets. For admins and inlines."""

    # An address without a scheme, as people type it, is one of the safe web. What each version of Django takes for it
    # differs.
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", OneAutocomplete(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ManyAutocomplete(db_field, self.admin_site, using=kwargs.get("using")))
        kwargs.setdefault("form_class", ManyRowsField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class DeskAdmin(AutocompleteFields, admin.ModelAdmin):
    actions = None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskChangeList

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, storable(search_term))
