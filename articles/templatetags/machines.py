"""The head of a public page as machines read it: address, description, cards, structured data.

A preview and a page of the time machine say none of it: they are for nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.chinese import shortened
from articles.structured_data import (
    Article,
    Logo,
    Publisher,
    breadcrumbs,
    collection_page,
    json_script,
    news_media_organization,
    website,
)
from articles.structured_data.news_article import authors_of, timestamp
from articles.templatetags.news import lang_tag, language_of_matter, page_language, site_name
from articles.templatetags.scripts import alternates

register = template.Library()

# Graphemes. Search engines show some 80 Chinese characters or 160 Latin ones, cards somewhat more.
DESCRIPTION_LENGTH = 160

# As Open Graph writes languages: with the country whose readers are meant.
_LOCALES = {"zh-hans": "zh_CN", "zh-hant": "zh_TW", "en": "en_US"}


@dataclass(frozen=True)
class ArticleTags:
    """What https://ogp.me/#type_article asks of a story; moments in ISO 8601, authors as addresses of their pages."""

    published: str
    modified: str
    authors: tuple[str, ...]
    section: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """`description` stands on every page; the others are "" or empty where the page is not public.

    `address`: where the page is, for cards; `canonical` the same for search engines.
    """

    title: str = ""
    description: str = ""
    canonical: str = ""
    locale: str = ""
    other_locales: tuple[str, ...] = ()
    logo: Logo | None = None
    article: ArticleTags | None = None


@register.simple_tag(takes_context=True)
def machine_head(context: template.Context) -> Head:
    """What `_head.html` prints. Takes facts, canonical_url, article, publisher and page_language from the page."""
    facts = context.get("facts")
    if facts is None:
        return Head(canonical="" if _is_for_nobody_else(context) else context.get("canonical_url", ""))
    description = shortened(facts.description, DESCRIPTION_LENGTH)
    canonical = context.get("canonical_url") or (f"{settings.SITE_URL}{facts.address}" if facts.address else "")
    if _is_for_nobody_else(context) or not canonical:
        return Head(description=description)
    locale, *others = _locales(context)
    article: Article | None = context.get("article")
    return Head(
        title=facts.title,
        description=description,
        canonical=canonical,
        locale=locale,
        other_locales=tuple(others),
        logo=context["publisher"].logo,
        article=_article_tags(article) if article else None,
    )


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString | str:
    """The page in the words of schema.org, as one graph in a script element of data; "" for a page without an address.

    Takes facts, main_entity (what the page is about, as JSON-LD, where it is no list of stories), publisher and
    page_language from the page.
    """
    facts = context.get("facts")
    if facts is None or not facts.address or _is_for_nobody_else(context):
        return ""
    # It is lazy: what is behind it is read here.
    publisher: Publisher = context["publisher"].called(site_name(context))
    graph = [
        context.get("main_entity") or _collection(context, facts, publisher),
        _path(facts, site_name(context)),
        news_media_organization(publisher),
        website(publisher) if facts.address == reverse("articles:front") else {},
    ]
    told = {"@context": "https://schema.org", "@graph": [node for node in graph if node]}
    return format_html('<script type="application/ld+json">{}</script>', json_script(told))


def _is_for_nobody_else(context: template.Context) -> bool:
    request = context.get("request")
    return bool(context.get("is_preview") or getattr(request, "travel", None))


def _locales(context: template.Context) -> list[str]:
    """The locale of the page, and behind it those of the same page in another script."""
    own = getattr(context.get("request"), "script", "") or language_of_matter(context)
    languages = [own, *(tag.lower() for tag, _url in alternates(context))]
    return list(dict.fromkeys(_LOCALES[code] for code in languages if code in _LOCALES)) or ["zh_CN"]


def _absolute(url: str) -> str:
    """An address of this site with the site before it; another site's as it is."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") and not url.startswith("//") else url


def _collection(context: template.Context, facts: Any, publisher: Publisher) -> dict[str, Any]:
    return collection_page(
        address=_absolute(facts.address),
        name=facts.title,
        description=facts.description,
        language=lang_tag(page_language(context)),
        publisher=publisher,
        listed=[(entry.name, _absolute(entry.url)) for entry in facts.listed],
    )


def _path(facts: Any, name: str) -> dict[str, Any]:
    """The path to the page, from the site, which is called `name` there; the front page has none."""
    front = reverse("articles:front")
    if facts.address == front:
        return {}
    steps = [(name, front), *((crumb.name, crumb.url) for crumb in facts.crumbs)]
    address = _absolute(facts.address)
    return breadcrumbs(address, [*((name, _absolute(url)) for name, url in steps), (facts.title, address)])


def _article_tags(article: Article) -> ArticleTags:
    content = article.content
    return ArticleTags(
        published=timestamp(article.first),
        modified=timestamp(article.begun),
        authors=tuple(author.url for author in authors_of(article) if author.url),
        section=content.section.name if content.section else "",
        tags=tuple(topic.name for topic in content.topics),
    )
