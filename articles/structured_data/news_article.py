"""NewsArticle: one version of a story (https://schema.org/NewsArticle), without its text.

The text stays out, so that it is not sent twice, and so that what is taken back is nowhere said again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles import moments
from articles.content import Credit, StoryContent

from .filled import filled
from .organization import Publisher

# Who of the byline stands in which property (values of BylineRole).
_AUTHORS = {"reporter", "correspondent"}
_EDITORS, _TRANSLATORS, _PHOTOGRAPHERS = {"responsible_editor"}, {"translator"}, {"photographer"}
# Updates go on with a story and correct nothing: they are told by `dateModified`.
_CORRECTING = {"correction", "clarification", "retraction"}
_DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"


@dataclass(frozen=True)
class Person:
    """`url` is the page of the person here; "" for one who has none (any more)."""

    name: str
    url: str = ""
    job_title: str = ""


@dataclass(frozen=True)
class Change:
    """A change that readers are told of: its `kind` (Publication.Change), that in words, what was said, and when."""

    kind: str
    label: str
    note: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What the copyright notice of the source says."""

    text: str = ""
    holder: str = ""
    licence_url: str = ""
    usage_terms: str = ""
    licensing_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Original:
    """What a reprint was made from; `source` is who published it."""

    title: str = ""
    author: str = ""
    url: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Article:
    """A version that readers have. `headline` is what the page calls it: of a retracted story also that it is.

    `people`: those of the byline who are known still, by the id that their Credit has. `begun`: since when readers have
    this version; `first`: since when they have the story (aware datetimes). `changes`: those so far, newest first.
    """

    address: str
    headline: str
    description: str
    content: StoryContent
    language: str
    first: datetime
    begun: datetime
    people: dict[int, Person]
    changes: Sequence[Change] = ()
    rights: Rights | None = None
    source_homepage: str = ""
    is_retracted: bool = False


def news_article(article: Article, publisher: Publisher) -> dict[str, Any]:
    """The story as schema.org has it; moments in the newsroom's zone, with its offset.

    `wordCount` is the length that the page tells: for Chinese the characters (字), since nothing parts words there.
    `copyrightYear` is the year in which the story first went live here.
    """
    content = article.content
    return filled(
        type_="NewsArticle",
        id_=f"{article.address}#article",
        url=article.address,
        mainEntityOfPage={"@type": "WebPage", "@id": article.address},
        headline=article.headline,
        alternativeHeadline=_other_headlines(article),
        description=article.description,
        inLanguage=article.language,
        datePublished=timestamp(article.first),
        dateModified=timestamp(article.begun),
        **_people(article, publisher),
        publisher=publisher.reference,
        sourceOrganization=_source(article),
        isPartOf=publisher.site_reference,
        articleSection=content.section and content.section.name,
        keywords=[topic.name for topic in content.topics],
        dateline=content.dateline,
        wordCount=content.characters,
        isAccessibleForFree=True,
        **_rights(article, publisher),
        isBasedOn=_original(original_of(content)),
        correction=[_correction(change) for change in article.changes if change.kind in _CORRECTING],
        creativeWorkStatus="Retracted" if article.is_retracted else "",
        digitalSourceType=content.digital_source_type and f"{_DIGITAL_SOURCE_TYPE}{content.digital_source_type}",
    )


def timestamp(moment: datetime) -> str:
    """An aware datetime in the newsroom's zone, as ISO 8601 with its offset."""
    return moments.local(moment).isoformat(timespec="seconds")


def original_of(content: StoryContent) -> Original | None:
    """What a reprint was made from; None for a story that is no reprint."""
    if not content.is_reprint:
        return None
    return Original(
        title=content.original_title,
        author=content.original_author,
        url=content.original_url,
        source=content.source.name if content.source else "",
    )


def person(somebody: Person) -> dict[str, Any]:
    """A Person; whoever has a page here is known by its address."""
    return filled(
        type_="Person",
        id_=somebody.url and f"{somebody.url}#person",
        name=somebody.name,
        url=somebody.url,
        jobTitle=somebody.job_title,
    )


def authors_of(article: Article) -> list[Person]:
    """Who wrote it: the people of the byline, or the author of the original."""
    wrote = _with_role(article, _AUTHORS)
    original = article.content.original_author
    return wrote or ([Person(original)] if original else [])


def _other_headlines(article: Article) -> list[str]:
    content = article.content
    others = (content.kicker, content.subtitle, content.short_headline)
    return [line for line in dict.fromkeys(others) if line and line != content.headline]


def _with_role(article: Article, roles: set[str]) -> list[Person]:
    return [_known(article, credit) for credit in article.content.byline if credit.role in roles]


def _known(article: Article, credit: Credit) -> Person:
    """The person as the version names them, with the page and the title they have now."""
    known = article.people.get(credit.contributor_id)
    return Person(credit.name, known.url, known.job_title) if known else Person(credit.name)


def _people(article: Article, publisher: Publisher) -> dict[str, Any]:
    authors: list[dict[str, Any]] = [person(each) for each in authors_of(article)]
    return {
        # Of a story without a name its source is the author, which search engines ask for.
        "author": authors or [_source(article) or publisher.reference],
        "editor": [person(each) for each in _with_role(article, _EDITORS)],
        "translator": [person(each) for each in _with_role(article, _TRANSLATORS)],
        "contributor": [person(each) for each in _with_role(article, _PHOTOGRAPHERS)],
    }


def _source(article: Article) -> dict[str, Any] | None:
    source = article.content.source
    return filled(type_="Organization", name=source.name, url=article.source_homepage) if source else None


def _rights(article: Article, publisher: Publisher) -> dict[str, Any]:
    names = [each.name for each in authors_of(article)]
    source = article.content.source.name if article.content.source else publisher.names[0]
    comma = "、" if article.language.startswith("zh") else ", "
    credit = {"creditText": " / ".join(part for part in (comma.join(names), source) if part)}
    rights = article.rights
    if rights is None:
        return credit
    return {
        **credit,
        "copyrightNotice": rights.text,
        "copyrightHolder": filled(type_="Organization", name=rights.holder) if rights.holder else None,
        "copyrightYear": moments.local(article.first).year,
        "license": rights.licence_url,
        "usageInfo": {"@type": "CreativeWork", "text": rights.usage_terms} if rights.usage_terms else None,
        "acquireLicensePage": rights.licensing_url,
    }


def _original(original: Original | None) -> dict[str, Any] | None:
    if original is None:
        return None
    return filled(
        type_="Article",
        headline=original.title,
        author=person(Person(original.author)) if original.author else None,
        url=original.url,
        publisher=filled(type_="Organization", name=original.source) if original.source else None,
    )


def _correction(change: Change) -> dict[str, Any]:
    """A CorrectionComment; `genre` is the kind as a code, `name` in words."""
    return filled(
        type_="CorrectionComment",
        name=change.label,
        genre=change.kind,
        text=change.note,
        datePublished=timestamp(change.at),
    )
