"""The time machine: any public page at any minute, for staff, and one page of it for whoever has a link.

`/at/<moment>/…` is the page at the rest of the address at that moment, and so are the pages its links lead to;
`/at/<signed>/…` is one page (docs/decisions/0013-time-machine.md). The middleware comes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, get_script_prefix, resolve, set_script_prefix
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.functional import cached_property
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString

from articles import permissions
from articles.actions.shared_moment import SharedMoment

# The first part of every address that is read at another moment.
PREFIX = "/at/"
# These stand under it themselves.
OWN_ADDRESSES = ("travel", "share_moment")
# They are about now, or about one version whatever the moment.
_ONLY_NOW = {"articles:health", "articles:preview", *(f"articles:{name}" for name in OWN_ADDRESSES)}

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)Z", re.ASCII)
_ADDRESS = re.compile(rf"{PREFIX}([^/]+)(/.*)?", re.DOTALL)


def address_at(path: str, moment: datetime) -> str:
    """The address, for staff, of the public page at `path` (with its query, if it has one) as it is at `moment`."""
    return f"{PREFIX}{moment_in_address(moment)}{path}"


def moment_in_address(moment: datetime) -> str:
    """A moment as addresses have it: UTC, with a fraction of a second only where it has one."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def moment_of_address(text: str) -> datetime | None:
    """The moment of an address; None for what is none, or lies outside the years 1900 to 9000."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if 1900 <= moment.year <= 9000 else None


def address_parts(path_info: str) -> tuple[str, str] | None:
    """What stands for the moment in an address of the time machine, and the path behind it ("" for none at all)."""
    found = _ADDRESS.fullmatch(path_info)
    if found is None or found[1] == "share":
        return None
    return found[1], found[2] or ""


def plain_address(path: str, query: str = "") -> str:
    """The address of a path that is not quoted yet. It leads to no other site, whatever the path begins with."""
    address = escape_leading_slashes(escape_uri_path(path or "/"))
    return f"{address}?{iri_to_uri(query)}" if query else address


def page_at(path: str) -> ResolverMatch | None:
    """The page that a path leads to, with or without the slash at its end; None where there is none."""
    for candidate in (path, f"{path}/"):
        try:
            return resolve(candidate)
        except Resolver404:
            continue
    return None


def with_slash(path: str) -> str:
    """The path with the slash that its page has at the end and somebody left out; any other path as it is."""
    try:
        resolve(path)
    except Resolver404:
        return f"{path}/" if page_at(path) else path
    return path


def is_travelled_to(match: ResolverMatch | None) -> bool:
    """Whether a page has other moments: every public page has, and addresses of nothing, which may be a page later."""
    return match is None or (match.namespace == "articles" and match.view_name not in _ONLY_NOW)


def may_travel(request: HttpRequest) -> bool:
    return request.user.is_staff and permissions.can_travel(request.user)


@contextmanager
def script_prefix(prefix: str) -> Iterator[None]:
    """Addresses made in here begin with `prefix`. What was before comes back, whatever happens: threads serve on."""
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)


@dataclass
class Travel:
    """`request.travel`: that a page is read at another moment than `now`. `path` and `query` are those of the page.

    `shared`: the link, where somebody reads with one; `base`: the script prefix of the site itself.
    """

    request: HttpRequest
    moment: datetime
    now: datetime
    path: str
    query: str = ""
    shared: SharedMoment | None = None
    base: str = field(default_factory=get_script_prefix)

    @property
    def plain_url(self) -> str:
        """The page as it is now."""
        return plain_address(self.path, self.query)

    def staying(self, url: str) -> str:
        """The address of a page of this site, typed by an editor, at this moment; any other address, or with a link, as
        it is. Addresses that the site makes itself have the moment in the script prefix.
        """
        if self.shared or not url.startswith(self.base):
            return url
        path = f"/{url.removeprefix(self.base)}"
        # Two slashes lead to another host.
        match = None if path.startswith("//") else page_at(urlsplit(path).path)
        if match is None or not is_travelled_to(match):
            return url
        return f"{self.base.rstrip('/')}{address_at(path, self.moment)}"

    @cached_property
    def bar(self) -> SafeString:
        """The bar above the page."""
        # It knows the pages of the site, which know this module.
        from articles.views.time_machine_bar import bar

        return bar(self)


def at_moment(request: HttpRequest, get_response, text: str, path: str) -> HttpResponse:
    """The answer to an address whose first part is `text`, a moment or a signed link, and `path` the rest of it.

    Whoever may not travel is sent to the page as it is now; a link that does not work answers as one that never was.
    """
    if request.method not in ("GET", "HEAD"):
        # Nothing is written at another moment.
        response = HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return for_nobody_else(response)
    moment = moment_of_address(text)
    if moment is None:
        return _with_link(request, get_response, text, path)
    response = _for_staff(request, get_response, text, path, moment)
    # The bar posts, which Django takes only from a page that tells the site where it comes from.
    for_nobody_else(response, referrer="same-origin")
    patch_vary_headers(response, ["Cookie"])
    return response


def _for_staff(request: HttpRequest, get_response, text: str, path: str, moment: datetime) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    match = page_at(path) if path else None
    if not may_travel(request) or not is_travelled_to(match):
        return HttpResponseRedirect(plain_address(path, query))
    if not path or with_slash(path) != path:
        return HttpResponseRedirect(f"{plain_address(request.path, '')}/{f'?{iri_to_uri(query)}' if query else ''}")
    travel = Travel(request, moment, request.at, path, query)
    return _travelled(travel, get_response, f"{travel.base}{PREFIX.lstrip('/')}{text}/")


def _with_link(request: HttpRequest, get_response, text: str, path: str) -> HttpResponse:
    shared = SharedMoment.of(text, path)
    maker = None
    if shared is not None:
        maker = get_user_model().objects.filter(pk=shared.maker_id).first()
    if shared is None or not shared.opens(maker, request.at):
        return for_nobody_else(render(request, "articles/moment_gone.html", status=404))
    if shared.has_come(request.at):
        # What readers had at a moment that is past may have been withdrawn since: they have the page themselves.
        return for_nobody_else(HttpResponseRedirect(plain_address(path, shared.query)))
    travel = Travel(request, shared.moment, request.at, path, shared.query, shared)
    # The link is for one page: what a messenger adds behind it, or somebody else, is not read.
    request.META["QUERY_STRING"] = iri_to_uri(shared.query)
    request.__dict__.pop("GET", None)
    request.path = f"{travel.base.rstrip('/')}{path}"
    response = _travelled(travel, get_response, travel.base)
    if response.has_header("Location"):
        # It has moved to another page, which the link does not show.
        response = render(request, "articles/moment_gone.html", status=404)
    return for_nobody_else(response)


def _travelled(travel: Travel, get_response, prefix: str) -> HttpResponse:
    request = travel.request
    request.at, request.travel, request.path_info = travel.moment, travel, travel.path
    with script_prefix(prefix):
        response = get_response(request)
    if response.status_code in (301, 308):
        # Of another moment nothing is for ever.
        response.status_code = 302
    return response


def for_nobody_else(response: HttpResponse, referrer: str = "no-referrer") -> HttpResponse:
    """Kept by nobody, found by no search engine, and its address told to no other site."""
    for name in ("ETag", "Last-Modified", "Expires"):
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = referrer
    return response
