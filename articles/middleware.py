"""What every request carries: the moment readers see (`request.at`), the language of the page, how long it is kept."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from articles import clock
from articles.script_conversion import addresses
from articles.views import script, time_machine


class ReaderClockMiddleware(MiddlewareMixin):
    """`request.at`: the moment at which the page is read. Views pass it on and never ask the clock themselves."""

    def process_request(self, request: HttpRequest) -> None:
        request.at = clock.now()


class CompressionMiddleware(GZipMiddleware):
    """Public answers are compressed by the site itself, so that pages are light whatever stands in front of it.

    Not the desk's: a compressed page that holds a secret and what somebody else typed tells of the secret by its length
    (BREACH), and what is confidential is there.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith("/admin/"):
            return response
        return super().process_response(request, response)


class FreshnessMiddleware(MiddlewareMixin):
    """Every public answer is asked for again each time, unless it says something stricter itself.

    What a page shows may change at any second, by an editor or by a moment that comes: no age would be right, neither
    for a page nor for a redirect or for the answer that there is nothing yet. The desk's pages see to themselves.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not request.path_info.startswith("/admin/"):
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


class TimeMachineMiddleware(MiddlewareMixin):
    """Addresses under `/at/…` are read at another moment, by whoever may; every other request passes untouched."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if parts := time_machine.address_parts(request.path_info):
            return time_machine.at_moment(request, self.get_response, *parts)
        return self.get_response(request)


class ScriptMiddleware(MiddlewareMixin):
    """Addresses under `/zh-hant/…` are the pages behind it in traditional characters (`request.script`).

    A story that was written in traditional characters has its own page, with the words around it converted.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = addresses.inside(request.path_info)
        if path is not None:
            return script.in_traditional(request, self.get_response, path)
        return script.with_traditional_furniture(request, self.get_response(request))


class LanguageMiddleware(LocaleMiddleware):
    """The admin speaks the user's language; public pages speak the site's, the same at one address for everybody."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith("/admin/"):
            super().process_request(request)
        else:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith("/admin/"):
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
