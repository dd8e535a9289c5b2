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
from django.views.decorators.http import require_safe

from articles.content import StoryContent
from articles.models import Byline, CopyrightNotice, Publication


@dataclass(frozen=True)
class RelatedTeaser:
    """A related link as readers see it."""

    headline: str
    teaser: str
    url: str
    external: bool


@require_safe
def story(request: HttpRequest, year: str, month: str, day: str, slug: str, story_id: str) -> HttpResponse:
    history = list(Publication.objects.filter(story_id=int(story_id)).so_far(request.at))
    if not history:
        # Scheduled and unknown stories answer alike.
        raise Http404
    current = history[0] if history[0].holds(request.at) else None
    if current is None or current.kind == Publication.Kind.WITHDRAWN:
        return render(request, "articles/story_gone.html", {"publication": current}, status=410)
    address = current.get_absolute_url()
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    corrections = [row for row in history if row.kind == Publication.Kind.CORRECTED]
    return render_story(request, current.content, publication=current, corrections=corrections)


def render_story(
    request: HttpRequest,
    content: StoryContent,
    *,
    publication: Publication | None = None,
    corrections: Sequence[Publication] = (),
) -> HttpResponse:
    """The page of `content`; without a publication, the preview of what is not public.

    Its furniture speaks the language of the story where the site has that language.
    """
    context: dict[str, Any] = {
        "publication": publication,
        "content": content,
        "byline_groups": byline_groups(content),
        "related": related_teasers(content, request.at),
        "notice": notice_for(content, publication.live_from if publication else request.at, request.at),
        "first_live_at": publication.first_live_at if publication else request.at,
        "changed_at": corrections[0].live_from if corrections else None,
        "corrections": corrections,
        "is_preview": publication is None,
        "page_language": content.language,
        "canonical_url": settings.SITE_URL + publication.get_absolute_url() if publication else "",
    }
    language = content.language if content.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        response = render(request, "articles/story.html", context)
        response.headers["Content-Language"] = language
    return response


def byline_groups(content: StoryContent) -> list[tuple[str, list]]:
    """The people by role, in the order the byline first names each role."""
    roles = dict.fromkeys(credit.role for credit in content.byline)
    return [(Byline.Role(role).label, list(content.credits(role))) for role in roles]


def related_teasers(content: StoryContent, at: datetime) -> list[RelatedTeaser]:
    """The related links that lead somewhere at `at`, in order: a story that is not live is left out. One query."""
    ids = [link.story_id for link in content.related_links if link.story_id]
    live = (
        {row.story_id: row for row in Publication.objects.live(at).filter(story_id__in=ids).with_content()}
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
                )
            )
    return teasers


def notice_for(content: StoryContent, live_from: datetime, at: datetime) -> CopyrightNotice | None:
    """The copyright notice of the story's source. One query, none for a story without a source."""
    if content.source is None:
        return None
    return CopyrightNotice.objects.for_publication(content.source.id, live_from, at).first()
