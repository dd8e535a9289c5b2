"""Logging in again without leaving the story form: what was typed outlives the login that ended."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from articles import actions, permissions
from articles.admin.autocomplete import is_id
from articles.admin.posted_form import PostedForm, new_form_key, post_of
from articles.models import Story

_FORMS = {"articles_story_add", "articles_story_change"}
# What the login page itself posts beside the text.
_ROOM_FOR_THE_LOGIN = 20_000
# Fields that hold no text somebody wrote.
_NO_TEXT = re.compile(r"^_|^csrf|_FORMS$|-(id|story|place|part_key|DELETE)$|^(based_on|form_|language$)")


class LoginInPlace:
    """The part of `StoryAdmin` for people whose login ended while they were writing."""

    def login_urls(self) -> list:
        return [path("login-again/", self.login_again_view, name="articles_story_login_again")]

    def carry_over_login(self, pattern: URLPattern) -> URLPattern:
        """The address as it is; that of a story form so that what is posted without a login comes back after it."""
        if pattern.name in _FORMS:
            pattern.callback = self._carrying(pattern.callback)
        return pattern

    def _carrying(self, view: Callable) -> Callable:
        @wraps(view)
        def carrying(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not self.admin_site.has_permission(request):
                return self._ask_for_login(request, request.POST, kwargs.get("object_id", ""))
            return view(request, *args, **kwargs)

        return carrying

    def _ask_for_login(self, request: HttpRequest, post: QueryDict, object_id: str, form: Any = None) -> HttpResponse:
        """The login page with all that was posted. It shows nothing that is stored."""
        posted = PostedForm.read(post)
        carried = json.dumps([posted.fields, [["form_key", posted.key], ["based_on", post.get("based_on", "")]]])
        too_long = len(quote_plus(carried)) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE - _ROOM_FOR_THE_LOGIN
        context = {
            "site_header": self.admin_site.site_header,
            "site_title": self.admin_site.site_title,
            "title": _("Log in again"),
            "form": form or self._login_form(request),
            "carried": "" if too_long else carried,
            "too_long": too_long,
            "form_user": posted.user,
            "story_id": object_id if is_id(object_id) else "",
        }
        status = 413 if too_long else 200
        template = "admin/articles/story/login_again.html"
        return never_cache(lambda _request: TemplateResponse(request, template, context, status=status))(request)

    def _login_form(self, request: HttpRequest, data: QueryDict | None = None) -> Any:
        return (self.admin_site.login_form or AdminAuthenticationForm)(request, data=data)

    @method_decorator([sensitive_post_parameters("password"), never_cache, csrf_protect])
    def login_again_view(self, request: HttpRequest) -> HttpResponse:
        """Log the person of the form in again. In JSON for the script; as pages for the form without one.

        Asked with GET it gives a CSRF token, for a form whose own is no longer taken.
        """
        if request.method == "GET":
            return JsonResponse({"csrf": get_token(request)})
        if request.method != "POST":
            return JsonResponse({"state": "refused"}, status=405, headers={"Allow": "GET, POST"})
        is_page, wanted = "carried" in request.POST, request.POST.get("form_user", "")
        form = self._login_form(request, request.POST)
        if form.is_valid() and (wanted or not is_page) and str(form.get_user().pk) != wanted:
            form.add_error(None, _("Somebody else opened this form. Log in as that person."))
        if form.is_valid():
            login(request, form.get_user())
            if is_page:
                return self._bring_in(request)
            return JsonResponse({"state": "here", "csrf": get_token(request)})
        if is_page:
            fields, about = _carried(request.POST.get("carried", ""))
            post = post_of(fields, **{**about, "form_user": wanted})
            return self._ask_for_login(request, post, request.POST.get("story", ""), form)
        words = [error for errors in form.errors.values() for error in errors]
        return JsonResponse({"state": "refused", "problem": " ".join(words)}, status=403)

    def _bring_in(self, request: HttpRequest) -> HttpResponse:
        """Keep what the login page carried, and lead to the form that shows it."""
        fields, about = _carried(request.POST.get("carried", ""))
        posted = PostedForm.read(post_of(fields, **about))
        object_id = request.POST.get("story", "")
        story = Story.objects.filter(pk=object_id).first() if is_id(object_id) else None
        if story and not permissions.can_edit(request.user, story):
            story = None
        address = reverse("admin:articles_story_change", args=[story.pk]) if story else None
        address = address or reverse("admin:articles_story_add")
        # A key of its own: the form may have been saved, and newer text of it may be kept.
        key = new_form_key()
        try:
            actions.keep_form(
                user=request.user, story=story, key=key, fields=fields, based_on=posted.based_on, now=request.at
            )
        except (PermissionDenied, ValidationError) as error:
            words = error.messages if isinstance(error, ValidationError) else [str(error)]
            return self._hand_back(request, fields, " ".join(words))
        return HttpResponseRedirect(f"{address}?kept={key}")

    def _hand_back(self, request: HttpRequest, fields: list[list[str]], why: str) -> HttpResponse:
        """The carried text as text, to be copied: it cannot be kept for this person any more."""
        texts = [(name, value) for name, value in fields if value.strip() and not _NO_TEXT.search(name)]
        context = {**self.admin_site.each_context(request), "title": _("Your text"), "why": why, "texts": texts}
        return TemplateResponse(request, "admin/articles/story/text_handed_back.html", context)


def _carried(text: str) -> tuple[list[list[str]], dict[str, str]]:
    """The fields, and what the form says about itself, as the login page carried them; nothing of what is neither."""
    try:
        fields, about = json.loads(text)
        fields = [[name, value] for name, value in fields if isinstance(name, str) and isinstance(value, str)]
        about = {name: value for name, value in about if isinstance(value, str) and name in ("form_key", "based_on")}
    except (ValueError, TypeError, RecursionError):
        return [], {}
    return fields, about
