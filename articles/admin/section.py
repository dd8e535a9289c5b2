"""Sections of the site."""

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.desk_admin import DeskAdmin
from articles.models import Section


class PermanentAddressAdmin(DeskAdmin):
    """Things with a page of their own: the address is chosen once, because links to it are kept for ever."""

    search_fields = ("name",)

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> tuple:
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields


@admin.register(Section)
class SectionAdmin(PermanentAddressAdmin):
    list_display = ("name", "slug", "parent", "position")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)
    fields = ("name", "slug", "parent", "description", "position")

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> tuple:
        # Stories are listed under the section and its parent from the moment they are published.
        moved = ("parent",) if obj and obj.listings.exists() else ()
        return (*super().get_readonly_fields(request, obj), *moved)
