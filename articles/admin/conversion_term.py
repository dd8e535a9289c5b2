"""The words that become traditional characters in their own way, beside what the dictionaries make of them."""

from __future__ import annotations

import contextlib
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.actions import delete_conversion_term, save_conversion_term
from articles.admin.action_form import ActionForm, ActionFormAdmin
from articles.chinese import to_traditional
from articles.models import Activity, ConversionTerm


class ConversionTermForm(ActionForm):
    class Meta:
        model = ConversionTerm
        fields = "__all__"


@admin.register(ConversionTerm)
class ConversionTermAdmin(ActionFormAdmin):
    form = ConversionTermForm
    list_display = ("simplified", "traditional", "by_the_dictionaries")
    search_fields = ("simplified", "traditional")
    fields = ("simplified", "traditional", "by_the_dictionaries")
    readonly_fields = ("by_the_dictionaries",)

    @admin.display(description=gettext_lazy("what the dictionaries say"))
    def by_the_dictionaries(self, term: ConversionTerm) -> str:
        return to_traditional(term.simplified) or "—"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.can_change_terms(request.user)

    has_delete_permission = has_change_permission = lambda self, request, obj=None: self.has_add_permission(request)

    def save_by_action(self, request: HttpRequest, form: ConversionTermForm, formsets: list) -> None:
        based_on = form.cleaned_data["based_on"] if form.instance.pk else None
        save_conversion_term(term=form.instance, by=request.user, based_on=based_on)

    def delete_model(self, request: HttpRequest, obj: ConversionTerm) -> None:
        # Deleted by somebody else since it was asked for: it is gone, as was wanted.
        with contextlib.suppress(ValidationError):
            delete_conversion_term(term=obj, by=request.user)

    def activities(self, obj: ConversionTerm) -> Any:
        verbs = (Activity.Verb.SAVED_TERM, Activity.Verb.DELETED_TERM)
        return Activity.objects.filter(verb__in=verbs, detail__term=obj.pk)
