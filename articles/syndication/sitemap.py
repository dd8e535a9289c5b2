"""Sitemaps (Sitemaps protocol 0.9, sitemaps.org; Google News sitemaps): documents as text, of what is public at `at`.

Absolute addresses begin with SITE_URL. A `lastmod` is the moment at which the version that readers have began, so that
it tells nothing of what is to come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Q
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse

from articles import moments
from articles.models import Publication, SiteIdentity
from articles.models.publication import PublicationQuerySet
from articles.models.sitemap_file import file_number, in_file
from articles.syndication.listed_pages import ListedPage, newest_change
from articles.syndication.xml_text import w3c_datetime, xml_text

# Google: news sitemaps hold what was first published in the last two days, at most a thousand addresses.
NEWS_AGE = timedelta(days=2)
MOST_NEWS = 1000

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# How Google calls the languages of news: by ISO 639, but for Chinese.
_NEWS_LANGUAGES = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A document, and the last moment at which what it says changed; None: it cannot be said from when on it is so."""

    text: str
    changed_at: datetime | None = None


def indexable(at: datetime) -> PublicationQuerySet:
    """What search engines are led to at `at`: what lists lead to, but for what asks to be left out."""
    return Publication.objects.listed(at).filter(noindex=False)


def index(at: datetime, pages: Iterable[ListedPage]) -> Sitemap:
    """The files that hold something, `pages` among them, each with the newest `lastmod` in it. Two queries."""
    files = (
        indexable(at)
        .order_by()
        .annotate(number=file_number())
        .values("number")
        .annotate(newest=Max("live_from"))
        .order_by("number")
    )
    entries = [
        (reverse("articles:sitemap_stories", args=[number]), newest)
        for number, newest in files.values_list("number", "newest")
    ]
    entries.append((reverse("articles:sitemap_pages"), newest_change(pages)))
    if newest := _news(at).aggregate(newest=Max("live_from"))["newest"]:
        entries.append((reverse("articles:sitemap_news"), newest))
    return Sitemap(_document("sitemapindex", (_entry(path, newest, "sitemap") for path, newest in entries)))


def stories(number: int, at: datetime) -> Sitemap | None:
    """The stories of file `number`, by id; None where there is none. Two queries, for fifty thousand stories too."""
    address = story_addresses()
    rows = indexable(at).filter(in_file(number)).order_by("story")
    entries = [
        _entry(address(story_id, slug, first_live_at), live_from)
        for story_id, slug, first_live_at, live_from in rows.values_list("story", "slug", "first_live_at", "live_from")
    ]
    if not entries:
        return None
    return Sitemap(_document("urlset", entries), last_boundary(Publication.objects.filter(in_file(number)), at))


def news(at: datetime, identity: SiteIdentity) -> Sitemap:
    """The newest stories of two days; without any the front page, because an empty file is not valid. One query."""
    rows = _news(at).newest_first()[:MOST_NEWS]
    # Of the version only these two: its text may be long. As text, so that a headline "2026" is no number.
    said = (KeyTextTransform(name, "revision__stored") for name in ("headline", "language"))
    address = story_addresses()
    names: dict[str, str] = {}
    entries = []
    for story_id, slug, first_live_at, live_from, headline, language in rows.values_list(
        "story", "slug", "first_live_at", "live_from", *said
    ):
        name = names.setdefault(language, identity.name_in(language))
        tag = _news_tag(name, language, first_live_at, headline)
        entries.append(_entry(address(story_id, slug, first_live_at), live_from, more=tag))
    return Sitemap(_document("urlset", entries or [_entry(reverse("articles:front"))], f' xmlns:news="{_NEWS}"'))


def of_pages(pages: Iterable[ListedPage]) -> Sitemap:
    """The file of the pages that are no stories. No query."""
    return Sitemap(_document("urlset", (_entry(page.path, page.changed_at) for page in pages)))


def last_boundary(publications: PublicationQuerySet, at: datetime) -> datetime | None:
    """The last moment by `at` at which one of the publications began or ended: what readers have is so since then."""
    found = publications.aggregate(
        begun=Max("live_from", filter=Q(live_from__lte=at)), ended=Max("live_until", filter=Q(live_until__lte=at))
    )
    return max((moment for moment in found.values() if moment), default=None)


def story_addresses() -> Callable[[int, str, datetime], str]:
    """What makes the path of a story of its id, slug and first moment, as `Publication.get_absolute_url` does.

    The route is looked up once: for fifty thousand stories that is a second less.
    """
    sample = reverse("articles:story", args=["1111", "22", "33", "slug-of-the-story", "4444"])
    route = sample.replace("{", "{{").replace("}", "}}")
    for value, field in (
        ("1111", "{0.year:04}"),
        ("22", "{0.month:02}"),
        ("33", "{0.day:02}"),
        ("slug-of-the-story", "{1}"),
        ("4444", "{2}"),
    ):
        before, _value, after = route.rpartition(value)
        route = f"{before}{field}{after}"
    zone = moments.zone()
    return lambda story_id, slug, first_live_at: route.format(first_live_at.astimezone(zone), slug, story_id)


def _news(at: datetime) -> PublicationQuerySet:
    return indexable(at).filter(first_live_at__gt=at - NEWS_AGE, first_live_at__lte=at)


def _news_tag(name: str, language: str, first_live_at: datetime, headline: str) -> str:
    code = _NEWS_LANGUAGES.get(language, language.partition("-")[0])
    return (
        f"<news:news><news:publication><news:name>{xml_text(name)}</news:name>"
        f"<news:language>{xml_text(code)}</news:language></news:publication>"
        f"<news:publication_date>{w3c_datetime(first_live_at)}</news:publication_date>"
        f"<news:title>{xml_text(headline)}</news:title></news:news>"
    )


def _entry(path: str, changed_at: datetime | None = None, tag: str = "url", *, more: str = "") -> str:
    lastmod = f"<lastmod>{w3c_datetime(changed_at)}</lastmod>" if changed_at else ""
    return f"<{tag}><loc>{xml_text(settings.SITE_URL + path)}</loc>{lastmod}{more}</{tag}>"


def _document(root: str, entries: Iterable[str], more: str = "") -> str:
    return f'{_HEAD}<{root} xmlns="{_SITEMAPS}"{more}>\n' + "\n".join(entries) + f"\n</{root}>\n"
