"""The story page: everything a publication says, and what surrounds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from articles.content import StoryContent
from articles.models import Byline, CopyrightNotice, Publication
from articles.resolver import STORY_PLACES, Place
from articles.views.crawlers import tell_in_headers, told_to_crawlers
from articles.views.furniture import content_language, corrections_policy, furniture_language
from articles.views.name_links import name_links
from articles.views.neighbours import neighbours_of
from articles.views.page_lists import lists_of_page, scope_of_story
from articles.views.structured_data import article_of, facts_of_story, told_of_article


@dataclass(frozen=True)
class RelatedTeaser:
    """A related link as readers see it."""

    headline: str
    teaser: str
    url: str
    external: bool
    story_id: int | None = None


@dataclass(frozen=True)
class EarlierVersion:
    """A version that readers had before the one they have now. `number` counts the public versions from 1."""

    number: int
    publication: Publication
    url: str


@dataclass(frozen=True)
class StoryChange:
    """A change that readers are told of, and the version it ended, where they can open that one."""

    publication: Publication
    before: EarlierVersion | None


@require_safe
def story(request: HttpRequest, year: str, month: str, day: str, slug: str, story_id: str) -> HttpResponse:
    history = so_far(request, story_id)
    current = current_of(history, request.at)
    if current is None or not current.shows:
        return gone(request, current)
    address = current.get_absolute_url()
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    return render_story(
        request,
        current.content,
        story_id=current.story_id,
        publication=current,
        corrections=shown_changes(history),
        earlier_versions=earlier_versions(history),
        neighbours=neighbours_of(current, request.at),
    )


def so_far(request: HttpRequest, story_id: str) -> list[Publication]:
    """What of the story began by `request.at`, newest first. One query. Raises Http404 where nothing did."""
    history = list(Publication.objects.filter(story_id=int(story_id)).so_far(request.at))
    if not history:
        # Scheduled and unknown stories answer alike.
        raise Http404
    return history


def current_of(history: Sequence[Publication], at: datetime) -> Publication | None:
    """What holds at `at`, of what began by then, newest first; None when the story was taken down."""
    return history[0] if history[0].holds(at) else None


def gone(request: HttpRequest, current: Publication | None) -> HttpResponse:
    """The page of a story that was taken down (None) or withdrawn."""
    context = {"publication": current, "policy": corrections_policy(request)}
    return render(request, "articles/story_gone.html", context, status=410)


def shown_changes(history: Sequence[Publication]) -> list[Publication]:
    """The changes that readers are told of, newest first."""
    return [row for row in history if row.kind == Publication.Kind.CORRECTED]


def story_changes(corrections: Sequence[Publication], earlier: Sequence[EarlierVersion]) -> list[StoryChange]:
    """The changes, each with the version that readers had until then."""
    ended = {version.publication.live_until: version for version in earlier}
    return [StoryChange(row, ended.get(row.live_from)) for row in corrections]


def earlier_versions(history: Sequence[Publication]) -> list[EarlierVersion]:
    """The versions that readers can open, newest first, of a story that is live; none where the newsroom has none open.

    A version that a withdrawal or a retraction ended stays closed, and so do those before it: it was taken back.
    """
    if not settings.EARLIER_VERSIONS or not history or not history[0].is_listed:
        return []
    address = history[0].get_absolute_url()
    versions: list[EarlierVersion] = []
    closed = number = 0
    for row in reversed(history):
        if row.shows:
            number += 1
            versions.append(EarlierVersion(number, row, f"{address}version/{number}/"))
        if not row.is_listed:
            closed = number
    return [version for version in reversed(versions[:-1]) if version.number > closed]


def render_story(
    request: HttpRequest,
    content: StoryContent,
    *,
    story_id: int | None,
    publication: Publication | None = None,
    corrections: Sequence[Publication] = (),
    template: str = "articles/story.html",
    **more: Any,
) -> HttpResponse:
    """The page of `content`, a version of the story `story_id` (None: it is not stored yet).

    Without a publication it is the preview of what is not public. Its furniture speaks the language of the story where
    the site has that language. `more` goes to the template, over what is found here (views/preview.py).
    """
    related = related_teasers(content, request.at)
    shown = {link.story_id for link in related} - {None}
    lists = lists_of_page(STORY_PLACES, scope_of_story(content, story_id, request), request, shown)
    context: dict[str, Any] = {
        "publication": publication,
        "content": content,
        "byline_groups": byline_groups(content),
        "related": related,
        "below": [row for row in lists if row.place == Place.BELOW],
        "beside": [row for row in lists if row.place == Place.BESIDE],
        "notice": notice_for(content, publication.live_from if publication else request.at, request.at),
        "first_live_at": publication.first_live_at if publication else request.at,
        "corrections": corrections,
        "name_links": name_links(content, publication, request.at),
        "is_preview": publication is None,
        "page_language": furniture_language(content.language),
        "canonical_url": settings.SITE_URL + publication.get_absolute_url() if publication else "",
        **more,
    }
    context["top_notice"] = top_notice(context["corrections"])
    context["changes"] = story_changes(context["corrections"], context.get("earlier_versions", ()))
    context["lists_changes"] = lists_changes(context)
    with translation.override(context["page_language"]):
        told = told_to_machines(request, context)
        told |= told_to_crawlers(request, told | context)
        response = render(request, template, told | context)
        tell_in_headers(response, told)
        response.headers["Content-Language"] = content_language(content.language)
    return response


def told_to_machines(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The facts of the page of `context`, and the story as machines are told of it where they are to know it.

    The page may have facts of its own, as earlier versions have. One query for a story with a byline.
    """
    content, publication, shown = context["content"], context["publication"], context["top_notice"]
    note = shown.note if shown and shown.is_retraction else ""
    facts = context.get("facts") or facts_of_story(request, content, publication, note, context["notice"])
    if publication is None or not facts.address or getattr(request, "travel", None):
        return {"facts": facts}
    with_pages = context["name_links"].contributors
    article = article_of(content, publication, facts, context["corrections"], context["notice"], with_pages)
    return {"facts": facts, **told_of_article(request, article, context["page_language"])}


def top_notice(corrections: Sequence[Publication]) -> Publication | None:
    """Of the changes shown, newest first, the one to tell above the text: that it is retracted, or last corrected."""
    if corrections and corrections[0].is_retraction:
        return corrections[0]
    return next((row for row in corrections if row.change == Publication.Change.CORRECTION), None)


def lists_changes(context: dict[str, Any]) -> bool:
    """Whether the changes are listed below the text: not where the notice above it says all there is to say."""
    return len(context["changes"]) > 1 or bool(context.get("earlier_versions")) or context["top_notice"] is None


def byline_groups(content: StoryContent) -> list[tuple[str, list]]:
    """The people by role, in the order the byline first names each role."""
    roles = dict.fromkeys(credit.role for credit in content.byline)
    return [(_role(role), list(content.credits(role))) for role in roles]


def _role(role: str) -> str:
    """What readers are told of a part in the story, lazy: in English, "responsible editor" is a term of the desk."""
    # Translators: stands before the name of the responsible editor, at the end of a story.
    return pgettext_lazy("byline", "editor") if role == Byline.Role.RESPONSIBLE_EDITOR else Byline.Role(role).label


def related_teasers(content: StoryContent, at: datetime) -> list[RelatedTeaser]:
    """The related links that lead somewhere at `at`, in order: not what is not live, or retracted. One query."""
    ids = [link.story_id for link in content.related_links if link.story_id]
    live = (
        {row.story_id: row for row in Publication.objects.listed(at).filter(story_id__in=ids).with_content()}
        if ids
        else {}
    )
    teasers = []
    for link in content.related_links:
        if link.story_id is None:
            teasers.append(RelatedTeaser(link.headline, link.teaser, link.url, external=True))
        elif target := live.get(link.story_id):
            teasers.append(
                RelatedTeaser(
                    link.headline or target.content.headline,
                    link.teaser or target.content.summary,
                    target.get_absolute_url(),
                    external=False,
                    story_id=link.story_id,
                )
            )
    return teasers


def notice_for(content: StoryContent, live_from: datetime, at: datetime) -> CopyrightNotice | None:
    """The copyright notice of the story's source. One query, none for a story without a source."""
    if content.source is None:
        return None
    notices = CopyrightNotice.objects.for_publication(content.source.id, live_from, at)
    return notices.select_related("source").first()
