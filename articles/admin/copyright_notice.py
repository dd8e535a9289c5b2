"""Copyright notices. One that is in force is never rewritten: a change becomes the next notice."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.actions import save_copyright_notice
from articles.admin.desk_admin import DeskAdmin
from articles.admin.moment_field import has_usable_year
from articles.chinese import shortened
from articles.models import CopyrightNotice
from articles.templatetags.news import moment, zone_name


@admin.register(CopyrightNotice)
class CopyrightNoticeAdmin(DeskAdmin):
    list_display = ("source", "opening_words", "in_force_from", "applies_to_earlier")
    list_select_related = ("source",)
    list_filter = ("source",)
    search_fields = ("text", "text_english", "holder", "holder_english", "source__name", "source__name_english")
    autocomplete_fields = ("source",)
    fields = (
        "source",
        "text",
        "text_english",
        "holder",
        "holder_english",
        "licence_url",
        "usage_terms",
        "usage_terms_english",
        "licensing_url",
        "feeds",
        "data_mining",
        "effective_from",
        "applies_to_earlier",
    )

    @admin.display(description=gettext_lazy("notice"))
    def opening_words(self, notice: CopyrightNotice) -> str:
        return shortened(notice.text, 40)

    @admin.display(description=gettext_lazy("in force from"), ordering="effective_from")
    def in_force_from(self, notice: CopyrightNotice) -> str:
        return moment(notice.effective_from)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "effective_from":
            kwargs["validators"] = [has_usable_year]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        # Not from the address, which may hold what is no date.
        return {**super().get_changeform_initial_data(request), "effective_from": request.at}

    def get_form(
        self, request: HttpRequest, obj: CopyrightNotice | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        zone = {"effective_from": zone_name(obj.effective_from if obj else request.at)}
        return super().get_form(request, obj, change, **kwargs, help_texts=zone)

    def has_change_permission(self, request: HttpRequest, obj: CopyrightNotice | None = None) -> bool:
        return permissions.can_change_notices(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: CopyrightNotice | None = None) -> bool:
        # Deleting what is in force would rewrite what stories say.
        pending = obj is None or obj.effective_from > request.at
        return pending and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: CopyrightNotice, form: Any, change: bool) -> None:
        edited = obj.pk
        notice = save_copyright_notice(notice=obj, by=request.user)
        if edited and notice.pk != edited:
            self.message_user(
                request,
                format_html(
                    _(
                        "The notice in force was kept for the stories that carry it. "
                        "Your change is a new notice, in force from {}."
                    ),
                    moment(notice.effective_from),
                ),
                messages.INFO,
            )
