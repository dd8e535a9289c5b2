"""The admin site: its first page is the desk, and everybody has a page of settings of one's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles import permissions
from articles.actions import mark_seen
from articles.admin.autocomplete import is_id
from articles.admin.dashboard import Dashboard
from articles.admin.preferences_form import PreferencesForm
from articles.models import SiteIdentity

# At most so many names, for somebody who cannot do anything yet.
_NAMES = 5


class DeskSite(AdminSite):
    index_title = gettext_lazy("The day at a glance")
    # Not "admin/index.html", which Django's pages of one app extend.
    index_template = "admin/desk/desk.html"

    def get_urls(self) -> list:
        view = self.admin_view
        return [
            path("preferences/", view(self.preferences_view), name="desk_preferences"),
            path("notifications/seen/", view(self.notifications_seen_view), name="desk_notifications_seen"),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With the name of the site at the head of every page, in the language of the interface. One query."""
        # Not called `site_name`, as public templates have it: the login page has its own, which is the host.
        name = SimpleLazyObject(_site_name)
        return {**super().each_context(request), "site_header": name, "site_title": name}

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The desk; for somebody without a role a plain page that says whom to ask."""
        if permissions.can_see(request.user, None):
            context = {"desk": Dashboard(request.user, request.at)}
        else:
            context = {"whom_to_ask": _administrators()}
        return super().index(request, {"shown_at": request.at, **context, **(extra_context or {})})

    def get_log_entries(self, request: HttpRequest) -> Any:
        """Nothing: the desk shows the newsroom's own trail, which is about stories."""
        return super().get_log_entries(request).none()

    def preferences_view(self, request: HttpRequest) -> HttpResponse:
        """Settings of the desk, everybody's own."""
        form = PreferencesForm(request.user, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Your settings are saved."))
            return HttpResponseRedirect(reverse("admin:desk_preferences"))
        context = {**self.each_context(request), "title": _("My settings"), "form": form}
        return TemplateResponse(request, "admin/desk/preferences.html", context)

    def notifications_seen_view(self, request: HttpRequest) -> HttpResponse:
        """Mark as seen what was told up to the notification `up_to`, or only the one that is `one`."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        one, up_to = request.POST.get("one", ""), request.POST.get("up_to", "")
        if is_id(one):
            mark_seen(by=request.user, one=int(one), now=request.at)
        elif is_id(up_to):
            mark_seen(by=request.user, up_to=int(up_to), now=request.at)
        return HttpResponseRedirect(reverse("admin:index"))


def _site_name() -> str:
    identity = SiteIdentity.objects.filter(pk=1).first() or SiteIdentity()
    return identity.name_in(get_language() or settings.LANGUAGE_CODE)


def _administrators() -> list[str]:
    """Names of people who can give somebody a role; never their logins, which are half of what it takes to sign in."""
    people = get_user_model().objects.filter(is_active=True, groups__name="administrator").order_by("pk")[:_NAMES]
    return [name for person in people if (name := person.get_full_name())]
