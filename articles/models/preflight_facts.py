"""The facts that preflight needs about the world around a story, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import Resolver404, ResolverMatch, resolve

from articles import moments
from articles.content import StoryContent
from articles.models.contributor import Contributor
from articles.models.copyright_notice import CopyrightNotice
from articles.models.publication import Publication
from articles.models.section import Section
from articles.models.source import Source
from articles.models.story import Story
from articles.models.topic import Topic
from articles.preflight import Facts, OtherStory, SourceTerms, StoryState, internal_links, site_path

# What the pages of these names are about, by the word in their address.
_NAMED_PAGES = {"articles:section": Section, "articles:topic": Topic, "articles:contributor": Contributor}
_STORY_PAGES = {"articles:story", "articles:version"}
# Not for readers: what colleagues and machines look at, and previews, which expire.
_NOT_FOR_READERS = {"articles:preview", "articles:health", "set_language"}
_HAS_A_PAGE = {StoryState.LIVE, StoryState.RETRACTED}
# Databases take so many values in one query; a text with more links has other troubles.
_MOST_LINKS = 1000
_MOST_TWINS = 5


def gather_facts(content: StoryContent, *, story_id: int | None, at: datetime) -> Facts:
    """What is so at `at`, the moment at which `content` would go live as the story `story_id` (None: not saved yet).

    Costs at most seven queries, whatever the story holds and however large the archive is: source, notice, other
    stories, sections, topics, contributors, and stories of the same text.
    """
    source = Source.objects.filter(pk=content.source.id).first() if content.source else None
    pages = _pages(content)
    related = _related(content)
    stories = _stories(_story_ids(pages) | related, at)
    return Facts(
        at=at,
        day=moments.local(at).date(),
        story_id=story_id,
        source=source
        and SourceTerms(
            name=source.name,
            kind=source.kind,
            allowed_from=source.allowed_from,
            allowed_until=source.allowed_until,
        ),
        notice_in_force=bool(source) and CopyrightNotice.objects.for_publication(source.pk, at, at).exists(),
        stories={key: story for key, story in stories.items() if key in related},
        links=_alive(pages, stories, story_id),
        same_text=_same_text(content, story_id, at),
    )


def linked_stories(content: StoryContent) -> set[int]:
    """Ids of the stories that `content` leads to: its related stories, and those its text links to. No query."""
    return _related(content) | _story_ids(_pages(content))


def _related(content: StoryContent) -> set[int]:
    return {link.story_id for link in content.related_links if link.story_id}


def _story_ids(pages: dict[str, ResolverMatch | None]) -> set[int]:
    return {int(page.kwargs["story_id"]) for page in pages.values() if page and page.view_name in _STORY_PAGES}


def internal_pages(addresses: Iterable[str], at: datetime) -> tuple[dict[str, bool], dict[str, int]]:
    """Whether each of `addresses` that leads to this site leads readers to something at `at`, and to which story.

    At most four queries, none where no address leads to this site.
    """
    inside = [address for address in addresses if site_path(address, settings.SITE_URL) is not None]
    pages = _pages_at(inside[:_MOST_LINKS])
    alive = _alive(pages, _stories(_story_ids(pages), at), None)
    of_story = {key: page for key, page in pages.items() if page and page.view_name in _STORY_PAGES}
    return alive, {address: int(page.kwargs["story_id"]) for address, page in of_story.items()}


def _pages(content: StoryContent) -> dict[str, ResolverMatch | None]:
    """The page of this site that each address in `content` leads to; None where it leads to no page."""
    return _pages_at(internal_links(content, settings.SITE_URL)[:_MOST_LINKS])


def _pages_at(addresses: Iterable[str]) -> dict[str, ResolverMatch | None]:
    return {address: _page(unquote(site_path(address, settings.SITE_URL) or "")) for address in addresses}


def _page(path: str) -> ResolverMatch | None:
    # Django redirects to the address with the slash.
    for tried in (path, f"{path}/"):
        try:
            return resolve(tried)
        except Resolver404:
            continue
    return None


def _stories(ids: set[int], at: datetime) -> dict[int, OtherStory]:
    """What readers have of each story at `at`. One query, none for no ids."""
    if not ids:
        return {}
    of_story = Publication.objects.filter(story=OuterRef("pk"))
    rows = Story.objects.filter(pk__in=ids).annotate(
        is_listed=Exists(of_story.listed(at)),
        is_live=Exists(of_story.live(at)),
        is_coming=Exists(of_story.filter(live_from__gt=at).exclude(kind=Publication.Kind.WITHDRAWN)),
        was_public=Exists(of_story.filter(live_from__lte=at)),
    )
    states = (
        ("is_listed", StoryState.LIVE),
        ("is_live", StoryState.RETRACTED),
        ("is_coming", StoryState.SCHEDULED),
        ("was_public", StoryState.WITHDRAWN),
    )
    return {
        row["pk"]: OtherStory(
            id=row["pk"],
            headline=row["headline"],
            state=next((state for name, state in states if row[name]), StoryState.NEVER),
        )
        for row in rows.values("pk", "headline", *(name for name, _state in states))
    }


def _alive(
    pages: dict[str, ResolverMatch | None], stories: dict[int, OtherStory], own_id: int | None
) -> dict[str, bool]:
    """Whether each address leads readers to something. At most three queries."""
    wanted: dict[str, set[str]] = {}
    for page in filter(None, pages.values()):
        if page.view_name in _NAMED_PAGES:
            wanted.setdefault(page.view_name, set()).add(page.kwargs["slug"])
    found = {
        (name, slug)
        for name, slugs in wanted.items()
        for slug in _NAMED_PAGES[name].objects.filter(slug__in=slugs).values_list("slug", flat=True)
    }

    def leads_somewhere(address: str, page: ResolverMatch | None) -> bool:
        if page is None:
            path = site_path(address, settings.SITE_URL) or ""
            return path.startswith(settings.STATIC_URL)
        if page.view_name in _STORY_PAGES:
            key = int(page.kwargs["story_id"])
            # A story that leads to itself does so once it is live.
            return key == own_id or (key in stories and stories[key].state in _HAS_A_PAGE)
        if page.view_name in _NAMED_PAGES:
            return (page.view_name, page.kwargs["slug"]) in found
        return "admin" not in page.namespaces and page.view_name not in _NOT_FOR_READERS

    return {address: leads_somewhere(address, page) for address, page in pages.items()}


def _same_text(content: StoryContent, story_id: int | None, at: datetime) -> tuple[OtherStory, ...]:
    """Other stories that are live at `at` with the same headline and text. One query."""
    twins = Publication.objects.live(at).filter(revision__text_digest=content.text_digest)
    rows = twins.exclude(story=story_id).order_by("story").values_list("story", "revision__stored__headline")
    return tuple(OtherStory(id=key, headline=headline) for key, headline in rows[:_MOST_TWINS])
