"""What machines are told of the site and of a story: from rows to the plain values of articles/structured_data."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.content import StoryContent
from articles.models import Contributor, CopyrightNotice, Publication
from articles.structured_data import Article, Change, Logo, Person, Publisher, Rights, news_article
from articles.syndication.rights import amount
from articles.templatetags.news import lang_tag
from articles.views.furniture import all_sections, from_root, logo_path, public_pages, site_identity
from articles.views.page_facts import Crumb, PageFacts, readable_in

# Enough of a text for a description, which is cut to its length where it is shown.
_OPENING = 600


def publisher_of(request: HttpRequest) -> Publisher:
    """Who publishes the site, the same on every page. Reads what the page around it reads anyway."""
    identity = site_identity(request)
    other_names = (identity.name, identity.name_english, identity.name_traditional)
    logo = identity.logo("light")
    return Publisher(
        site_url=settings.SITE_URL,
        names=tuple(dict.fromkeys(name for name in (identity.name_in(settings.LANGUAGE_CODE), *other_names) if name)),
        legal_name=identity.publisher,
        tagline=identity.tagline,
        email=identity.contact_email,
        language=lang_tag(settings.LANGUAGE_CODE),
        search_url=f"{settings.SITE_URL}{from_root('articles:search')}?q=",
        logo=logo and Logo(f"{settings.SITE_URL}{logo_path(logo)}", logo.width, logo.height),
        pages=_policies(request),
    )


def _policies(request: HttpRequest) -> dict[str, str]:
    """Addresses of the simple pages by purpose: in the site's language where there is one."""
    rows = sorted(public_pages(request), key=lambda row: row.language != settings.LANGUAGE_CODE)
    pages: dict[str, str] = {}
    for row in rows:
        if row.purpose:
            pages.setdefault(row.purpose, f"{settings.SITE_URL}{from_root('articles:site_page', row.slug)}")
    return pages


def facts_of_story(
    request: HttpRequest,
    content: StoryContent,
    publication: Publication | None,
    note: str,
    notice: CopyrightNotice | None = None,
) -> PageFacts:
    """The facts of a story page, without an address for a preview. `note`: why the story is retracted, "" otherwise."""
    section = next((row for row in all_sections(request) if content.section and row.pk == content.section.id), None)
    parent = section and next((row for row in all_sections(request) if row.pk == section.parent_id), None)
    retracted = bool(publication and publication.is_retraction)
    return PageFacts(
        title=_("Retracted: %(headline)s") % {"headline": content.headline} if retracted else content.headline,
        description=note if retracted else _description(content, notice),
        address=publication.get_absolute_url() if publication else "",
        crumbs=tuple(Crumb(row.name_in(content.language), row.get_absolute_url()) for row in (parent, section) if row),
        feed=f"{section.get_absolute_url() if section else reverse('articles:front')}feed",
        feed_name=section.name_in(content.language) if section else "",
        noindex=content.noindex or retracted,
    )


def _description(content: StoryContent, notice: CopyrightNotice | None) -> str:
    """What a story is about, for machines: no more of it than the notice of its source lets go out in feeds.

    Its summary, unless the headline alone may go out; the opening of the text only where the whole may, or where nobody
    has said anything of the source.
    """
    if notice is None:
        return content.summary or content.body_text[:_OPENING]
    allowed = amount(notice)
    if allowed == CopyrightNotice.Feeds.HEADLINE:
        return ""
    return content.summary or (content.body_text[:_OPENING] if allowed == CopyrightNotice.Feeds.FULL else "")


def article_of(
    content: StoryContent,
    publication: Publication,
    facts: PageFacts,
    corrections: Sequence[Publication],
    notice: CopyrightNotice | None,
    with_pages: Collection[int],
) -> Article:
    """The version that `publication` brought, as machines are told of it. One query for the people of the byline.

    `with_pages`: ids of those of them who have a page.
    """
    return Article(
        address=f"{settings.SITE_URL}{facts.address}",
        headline=facts.title,
        # The opening of the text is for the head of the page only.
        description=facts.description if publication.is_retraction or content.summary else "",
        content=content,
        language=lang_tag(content.language),
        first=publication.first_live_at,
        begun=publication.live_from,
        people=people_of(content, with_pages),
        changes=[_change(row) for row in corrections],
        rights=notice and _rights(notice, content.language),
        source_homepage=notice.source.homepage if notice else "",
        is_retracted=publication.is_retraction,
    )


def people_of(content: StoryContent, with_pages: Collection[int]) -> dict[int, Person]:
    """Those of the byline who are contributors still, by id; those of `with_pages` with the address of their page.

    One query; none for a story without a byline.
    """
    ids = {credit.contributor_id for credit in content.byline}
    known = Contributor.objects.in_bulk(ids) if ids else {}
    people = {pk: person_of(row, content.language) for pk, row in known.items()}
    return {pk: somebody if pk in with_pages else replace(somebody, url="") for pk, somebody in people.items()}


def person_of(row: Contributor, language: str) -> Person:
    """The person as machines are told of them in `language`, a language code."""
    address = f"{settings.SITE_URL}{row.get_absolute_url()}"
    return Person(row.name_in(language), address, readable_in(language, row.job_title))


def told_of_article(request: HttpRequest, article: Article, page_language: str) -> dict[str, Any]:
    """What the head of a page in `page_language` takes of a story."""
    publisher = publisher_of(request).called(site_identity(request).name_in(page_language))
    return {"article": article, "main_entity": news_article(article, publisher)}


def _change(row: Publication) -> Change:
    # What the page says where nobody wrote a note.
    note = row.note or _("This story was corrected.")
    return Change(row.change, capfirst(row.get_change_display()), note, row.live_from)


def _rights(notice: CopyrightNotice, language: str) -> Rights:
    return Rights(
        text=notice.text_in(language),
        holder=notice.holder_in(language),
        licence_url=notice.licence_url,
        usage_terms=notice.usage_terms_in(language),
        licensing_url=notice.licensing_url,
    )
