"""What every request carries: the moment readers see (`request.at`) and the language of the page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from articles import clock


class ReaderClockMiddleware(MiddlewareMixin):
    """`request.at`: the moment at which the page is read. Views pass it on and never ask the clock themselves."""

    def process_request(self, request: HttpRequest) -> None:
        request.at = clock.now()


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
