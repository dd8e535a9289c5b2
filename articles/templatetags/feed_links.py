"""The feeds of a page, for its head."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.urls import get_script_prefix, reverse

from articles.script_conversion.addresses import both_scripts
from articles.syndication.formats import FORMATS
from articles.templatetags.news import page_language

register = template.Library()


@dataclass(frozen=True)
class FeedLink:
    title: str
    url: str
    mime_type: str


@register.simple_tag(takes_context=True)
def feed_links(context: template.Context) -> list[FeedLink]:
    """The feed nearest to the page, where it has one of its own, and that of the site, in every format. No query.

    Feeds have one text, so that a page in traditional characters names their plain addresses too; in the time machine
    they are read at its moment. None for a page without facts, such as an error: what is not there has no feed.
    """
    facts, site = context.get("facts"), context.get("site")
    if not facts or not site:
        return []
    site_name = site.name_in(page_language(context))
    is_traditional = bool(getattr(context.get("request"), "script", ""))
    of_site, of_page = (
        both_scripts(address, get_script_prefix(), is_traditional).plain
        for address in (f"{reverse('articles:front')}feed", facts.feed)
    )
    feeds = {of_site: site_name}
    if facts.feed and of_page != of_site:
        feeds = {of_page: f"{facts.feed_name or facts.title} - {site_name}", **feeds}
    return [
        FeedLink(f"{title} ({written.name})", f"{address}.{written.extension}", written.mime_type)
        for address, title in feeds.items()
        for written in FORMATS
    ]
