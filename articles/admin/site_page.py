"""The simple pages of the site, written with the editor of stories."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock, permissions
from articles.actions import delete_site_page, save_site_page
from articles.actions.site_page import was_public
from articles.admin.action_form import ActionForm, ActionFormAdmin
from articles.admin.moment_field import has_usable_year
from articles.admin.permanent_address import ADDRESS_ERRORS
from articles.models import Activity, SitePage
from articles.templatetags.news import moment, zone_name
from newsroom.csp import csp_override


class SitePageForm(ActionForm):
    class Meta:
        model = SitePage
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # The action makes one from the title.
            self.fields["slug"].required = False
            self.fields["slug"].error_messages |= ADDRESS_ERRORS


@admin.register(SitePage)
class SitePageAdmin(ActionFormAdmin):
    form = SitePageForm
    list_display = ("title", "language", "purpose", "state", "in_footer", "position")
    list_filter = ("language", "in_footer")
    search_fields = ("title",)
    sortable_by = ()
    fieldsets = (
        (None, {"fields": ("title", "language", "body")}),
        (gettext_lazy("When readers have it"), {"fields": ("live_from",)}),
        (gettext_lazy("Where it belongs"), {"fields": ("purpose", "in_footer", "position", "slug")}),
    )

    # -- who may ------------------------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.can_change_pages(request.user)

    has_delete_permission = has_change_permission = lambda self, request, obj=None: self.has_add_permission(request)

    # -- the list -----------------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("public"))
    def state(self, page: SitePage) -> str:
        return moment(page.live_from) or _("draft")

    # -- the form -----------------------------------------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: SitePage | None = None) -> tuple[str, ...]:
        return ("slug",) if obj and was_public(obj, request.at) else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        # Not from the address, which may hold what is no date.
        asked = super().get_changeform_initial_data(request)
        asked.pop("live_from", None)
        last = SitePage.objects.aggregate(last=Max("position"))["last"] or 0
        # As the column holds it.
        return {"language": settings.LANGUAGE_CODE, "position": min(last + 1, 32_767), **asked}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "live_from":
            kwargs["validators"] = [has_usable_year]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: SitePage | None = None, change: bool = False, **kwargs: Any) -> Any:
        start = (obj and obj.live_from) or request.at
        live_from = _("%(zone)s. Without a moment the page is a draft.") % {"zone": zone_name(start)}
        slug = _("Without one, it is made from the title. It stays once readers have had the page.")
        helps = {"live_from": live_from, "slug": slug, "position": _("Small numbers come first.")}
        return super().get_form(request, obj, change, **{**kwargs, "help_texts": helps})

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return csp_override(settings.EDITOR_CSP)(super().changeform_view)(request, *args, **kwargs)

    def get_view_on_site_url(self, obj: SitePage | None = None) -> str | None:
        is_public = obj is not None and obj.live_from is not None and obj.live_from <= clock.now()
        return obj.get_absolute_url() if is_public else None

    def save_by_action(self, request: HttpRequest, form: SitePageForm, formsets: list) -> None:
        save_site_page(page=form.instance, by=request.user, based_on=self._based_on(form))

    def response_add(self, request: HttpRequest, obj: SitePage, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        self._say_who_sees(request, obj)
        return response

    def response_change(self, request: HttpRequest, obj: SitePage) -> HttpResponse:
        response = super().response_change(request, obj)
        self._say_who_sees(request, obj)
        return response

    def _say_who_sees(self, request: HttpRequest, page: SitePage) -> None:
        if page.live_from is None:
            messages.warning(request, _("Draft: readers do not see it yet."))
        elif page.live_from > request.at:
            messages.info(request, format_html(_("Readers see it from {}."), moment(page.live_from)))

    def _based_on(self, form: SitePageForm) -> str | None:
        return form.cleaned_data["based_on"] if form.instance.pk else None

    def delete_model(self, request: HttpRequest, obj: SitePage) -> None:
        # Somebody else may have deleted it in this very moment: what was asked for is so.
        with suppress(ValidationError):
            delete_site_page(page=obj, by=request.user)

    def activities(self, obj: SitePage) -> Any:
        verbs = (Activity.Verb.SAVED_PAGE, Activity.Verb.DELETED_PAGE)
        return Activity.objects.filter(verb__in=verbs, detail__page=obj.pk)
