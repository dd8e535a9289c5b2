"""The page in the other script: for search engines, and for readers."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import get_script_prefix

from articles.script_conversion import TRADITIONAL, is_convertible
from articles.script_conversion.addresses import BothScripts, both_scripts, has_scripts, quoted
from articles.templatetags.news import lang_tag, language_of_matter

register = template.Library()


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> list[tuple[str, str]]:
    """The languages the page is to be had in, as (BCP 47 tag, absolute address); a page in one language has its own.

    None for a page that search engines are not to know, in the time machine and in previews.
    """
    facts, request = context.get("facts"), context.get("request")
    if not (facts and facts.address) or facts.noindex or request is None or _is_private(request, context):
        return []
    both = _both(request, facts.address)
    language = _language(context)
    if not is_convertible(language):
        return [(language, settings.SITE_URL + both.plain)]
    plain, traditional = (settings.SITE_URL + address for address in both)
    return [(language, plain), (TRADITIONAL, traditional), ("x-default", plain)]


@register.simple_tag(takes_context=True)
def script_choice(context: template.Context) -> BothScripts | None:
    """The address of the page in each script, at the moment it is read at; None for a page with only one."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    travel = getattr(request, "travel", None)
    if match is None or not has_scripts(match) or context.get("is_preview") or (travel and travel.shared):
        return None
    if not is_convertible(_language(context)):
        return None
    return _both(request, quoted(request.path, request.META.get("QUERY_STRING", "")))


def _language(context: template.Context) -> str:
    """What the text of the page is in, as a BCP 47 tag."""
    return lang_tag(language_of_matter(context))


def _is_private(request: Any, context: template.Context) -> bool:
    return bool(getattr(request, "travel", None) or context.get("is_preview"))


def _both(request: Any, address: str) -> BothScripts:
    return both_scripts(address, get_script_prefix(), bool(getattr(request, "script", "")))
