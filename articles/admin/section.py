"""Sections of the site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.permanent_address import PermanentAddressAdmin, PermanentAddressForm
from articles.models import Section


class SectionForm(PermanentAddressForm):
    class Meta(PermanentAddressForm.Meta):
        model = Section
        fields = "__all__"

    def clean_parent(self) -> Section | None:
        parent = self.cleaned_data["parent"]
        # The database's constraint compares ids, which a form does not hold.
        if parent is not None and parent.pk == self.instance.pk:
            raise ValidationError(_("A section cannot be inside itself."))
        return parent


@admin.register(Section)
class SectionAdmin(PermanentAddressAdmin):
    form = SectionForm
    list_display = ("name", "slug", "parent", "position")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)
    fields = ("name", "name_english", "slug", "parent", "description", "position")

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> tuple:
        # Stories are listed under the section and its parent from the moment they are published.
        moved = ("parent",) if obj and obj.listings.exists() else ()
        return (*super().get_readonly_fields(request, obj), *moved)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        last = Section.objects.aggregate(last=Max("position"))["last"] or 0
        # Tens leave room between two sections. As the column holds it.
        return {"position": min(last + 10, 32_767), **super().get_changeform_initial_data(request)}

    def get_form(self, request: HttpRequest, obj: Section | None = None, change: bool = False, **kwargs: Any) -> Any:
        helps = {"position": _("Small numbers come first.")}
        return super().get_form(request, obj, change, **{**kwargs, "help_texts": helps})
