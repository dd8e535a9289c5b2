"""Sources and the names they are known by."""

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.section import PermanentAddressAdmin
from articles.models import Source, SourceAlias


class SourceAliasInline(admin.TabularInline):
    model = SourceAlias
    extra = 0
    fields = ("name",)


@admin.register(Source)
class SourceAdmin(PermanentAddressAdmin):
    list_display = ("name", "kind", "allowed_from", "allowed_until")
    list_filter = ("kind",)
    fields = ("name", "slug", "kind", "homepage", ("allowed_from", "allowed_until"))
    inlines = (SourceAliasInline,)
    search_fields = ("name", "aliases__name")

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        found, _may_have_duplicates = super().get_search_results(request, queryset, search_term)
        return found.distinct(), False
