"""What was typed into an edition, as text to copy, where the form itself cannot be taken any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.defaults import bad_request

from articles import permissions
from articles.admin.lists.edition_form import EditionForm
from articles.admin.lists.edition_rows import AFTER, AT, ItemRow
from articles.lists.content import MOST_ITEMS

_FORMS = {"articles_storylist_edition_new", "articles_storylist_edition"}
# A form of more fields than these was made by no page of the desk, and is not worth reading.
_MOST_FIELDS = 100_000


def handing_back(view: Callable) -> Callable:
    """The view of an edition's form; what is posted without a login or the right comes back instead of being lost."""

    @wraps(view)
    def handing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if not admin.site.has_permission(request):
            why = _("Your login has ended. Nothing is saved.")
        elif not permissions.can_see_lists(request.user):
            why = _("You may not see story lists any more. Nothing is saved.")
        else:
            return view(request, *args, **kwargs)
        return _page(request, request.POST, why, status=403)

    return handing


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's answer to a request it does not read; to the form of an edition with too many fields one that helps."""
    if isinstance(exception, TooManyFieldsSent) and _is_edition(request):
        try:
            text = request.body.decode("utf-8", "replace")
            post = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
        except ValueError:
            return bad_request(request, exception)
        words = ngettext(
            "This list is too long to be saved: it holds at most %(most)d item. Nothing is saved. Open the list again "
            "and take items out, or make several lists of it.",
            "This list is too long to be saved: it holds at most %(most)d items. Nothing is saved. Open the list again "
            "and take items out, or make several lists of it.",
            MOST_ITEMS,
        )
        return _page(request, post, words % {"most": MOST_ITEMS}, status=400)
    return bad_request(request, exception)


def _is_edition(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in _FORMS
    except Resolver404:
        return False


def _page(request: HttpRequest, post: Mapping[str, str], why: str, *, status: int) -> HttpResponse:
    """Shows what was posted and nothing that is stored: anybody may have posted it."""
    context = {
        "site_header": settings.SITE_NAME,
        "site_title": settings.SITE_NAME,
        "title": _("Your text"),
        "why": why,
        "texts": list(_texts(EditionForm.posted(post))),
        "offers_login": not admin.site.has_permission(request),
    }
    response = render(request, "admin/articles/storylist/edition_handed_back.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _texts(form: EditionForm) -> Iterator[tuple[str, str]]:
    """What was typed of the list, then of each row, with a heading, in the order of the list."""
    typed = form.typed
    own = [
        (_("title"), typed["title"]),
        (_("entries"), typed["length"]),
        (_("Begins"), str(form.start or "")),
        (_("Ends"), str(form.end or "")),
        (_("Why, or what for"), typed["comment"]),
    ]
    if words := _in_lines(own):
        yield _("The list"), words
    for place, row in enumerate(form.rows.kept, start=1):
        if words := _in_lines(_of_row(row)):
            yield _("Item %d") % place, words


def _of_row(row: ItemRow) -> list[tuple[str, str]]:
    return [
        (_("Story number"), row.story),
        (_("Address"), row.url),
        (_("Headline"), row.headline),
        (_("Teaser"), row.teaser),
        (_("Pinned to position"), row.pinned),
        (_("Begins"), _side(row, "begin")),
        (_("Ends"), _side(row, "end")),
    ]


def _side(row: ItemRow, name: str) -> str:
    kind, after = getattr(row, name), getattr(row, f"{name}_after")
    if kind == AFTER and after:
        unit = _("hours") if getattr(row, f"{name}_unit") == "hours" else _("minutes")
        return _("%(after)s %(unit)s after the story goes live") % {"after": after, "unit": unit}
    return str(getattr(row, f"{name}_at")) if kind == AT else ""


def _in_lines(values: list[tuple[str, str]]) -> str:
    return "\n".join(f"{label}: {value}" for label, value in values if value)
