"""Sections of the site."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.desk_admin import DeskAdmin
from articles.models import Section


class PermanentAddressAdmin(DeskAdmin):
    """Things with a page of their own: the address is chosen once, because links to it are kept for ever."""

    search_fields = ("name", "name_english")

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> tuple:
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = "__all__"  # noqa: DJ007 - the admin's fields choose

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
