"""The site in traditional characters: `/zh-hant/…` is the page at the rest of the address, converted on its way out.

What is stored is never touched (docs/decisions/0014-traditional-script.md). The middleware comes here.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix

from articles.models import ConversionTerm
from articles.script_conversion import TRADITIONAL, is_convertible, language_of, traditional_page
from articles.script_conversion.addresses import PREFIX, SCRIPT, both_scripts, has_scripts, quoted
from articles.views.furniture import site_identity
from articles.views.time_machine import page_at, script_prefix


def in_traditional(request: HttpRequest, get_response, path: str) -> HttpResponse:
    """The answer to the address of the page at `path` in traditional characters.

    What has no second script (files for programs, the desk, a story in English or written in traditional characters)
    sends to its plain address. One query more than the page itself.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    base = get_script_prefix().rstrip("/")
    query = request.META.get("QUERY_STRING", "")
    if not path:
        return HttpResponseRedirect(base + quoted(PREFIX, query))
    plain = base + quoted(path, query)
    if not has_scripts(page_at(path)):
        return HttpResponseRedirect(plain)
    request.script, request.path_info = SCRIPT, path
    with script_prefix(base + PREFIX):
        response = get_response(request)
    if not _is_page(response):
        return response
    html = response.text
    language = language_of(html)
    if _is_written_so(response) or (language and not is_convertible(language)):
        return HttpResponseRedirect(plain) if response.status_code == 200 else response
    # A page that could not be made may have failed at the database.
    terms = terms_of(request) if response.status_code < 500 else {}
    return _answered(response, traditional_page(html, terms))


def with_traditional_furniture(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer to a plain address: where its text was written in traditional characters, all of it in them.

    The text is marked with its language, and stays as it is. Any other answer stays untouched, at the cost of nothing.
    """
    if not _is_written_so(response) or not _is_page(response):
        return response
    return _answered(response, traditional_page(response.text, terms_of(request)))


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.get("Content-Type", "").startswith("text/html")


def _is_written_so(response: HttpResponse) -> bool:
    return response.get("Content-Language", "").lower() == SCRIPT


def terms_of(request: HttpRequest) -> dict[str, str]:
    """What is converted in its own way: the words of the admin, and the name of the site. One query."""
    identity = site_identity(request)
    terms = {identity.name or settings.SITE_NAME: identity.name_traditional} if identity.name_traditional else {}
    return {**terms, **dict(ConversionTerm.objects.values_list("simplified", "traditional"))}


def plain_prefix(request: HttpRequest) -> str:
    """The script prefix of the page in the script it was written in, at the same moment."""
    prefix = get_script_prefix()
    return prefix.removesuffix(PREFIX[1:]) if getattr(request, "script", "") else prefix


def staying(request: HttpRequest, url: str) -> str:
    """The address of a page of this site, typed by an editor, in the script of `request`; any other as it is."""
    prefix = get_script_prefix()
    if not getattr(request, "script", "") or url.startswith(prefix):
        return url
    base = prefix.removesuffix(PREFIX[1:])
    path = url.removeprefix(base).split("?", 1)[0].split("#", 1)[0]
    # Two slashes lead to another host.
    if not url.startswith(base) or path.startswith("/"):
        return url
    match = page_at(f"/{path}")
    return both_scripts(url, prefix, True).traditional if match and has_scripts(match) else url


def _answered(response: HttpResponse, html: str) -> HttpResponse:
    """The response with other content: what was said of the content before does not hold any more."""
    response.content = html
    response.headers["Content-Language"] = TRADITIONAL
    for name in ("ETag", "Last-Modified", "Content-Length"):
        response.headers.pop(name, None)
    return response
