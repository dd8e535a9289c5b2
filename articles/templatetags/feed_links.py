"""The feeds of a page, for its head."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import reverse

from articles.syndication.formats import FORMATS

register = template.Library()


@dataclass(frozen=True)
class FeedLink:
    title: str
    url: str
    mime_type: str


@register.simple_tag(takes_context=True)
def feed_links(context: template.Context) -> list[FeedLink]:
    """The feed nearest to the page, where it has one of its own, and that of the site, in every format. No query.

    None for a page without facts, such as an error: what is not there has no feed.
    """
    facts, site = context.get("facts"), context.get("site")
    if not facts or not site:
        return []
    site_name = site.name_in(settings.LANGUAGE_CODE)
    of_site = f"{reverse('articles:front')}feed"
    feeds = {of_site: site_name}
    if facts.feed and facts.feed != of_site:
        feeds = {facts.feed: f"{facts.title} - {site_name}", **feeds}
    return [
        FeedLink(f"{title} ({written.name})", f"{address}.{written.extension}", written.mime_type)
        for address, title in feeds.items()
        for written in FORMATS
    ]
