"""Previews: the page of what is not public, for the desk and for whoever was given a link."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import permissions
from articles.actions import record_opening
from articles.content import StoryContent
from articles.models import PreviewLink, Publication, Story
from articles.templatetags.news import moment
from articles.views.story import RelatedTeaser, earlier_versions, related_teasers, render_story, shown_changes

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class HiddenLink:
    """A related link that readers do not see, with the reason in words for the desk."""

    headline: str
    reason: SafeString | str


@require_safe
def preview(request: HttpRequest, signed: str) -> HttpResponse:
    """The one version that a link shows. What ended, was revoked or never was answers alike."""
    link = PreviewLink.objects.by_address(signed)
    if link is None or not permissions.link_opens(link, request.at):
        return _for_nobody_else(render(request, "articles/preview_gone.html", status=404))
    if request.method == "GET":
        try:
            record_opening(link=link, now=request.at)
        except DatabaseError:
            logger.exception("An opening of preview link %s was not counted.", link.pk)
    ends = moment(link.expires_at)
    if link.meant_for:
        words = format_html(_("Preview for {}, ends {}; not for publication"), link.meant_for, ends)
    else:
        words = format_html(_("Preview, ends {}; not for publication"), ends)
    return _for_nobody_else(_page(request, link.revision.content, words, story_id=link.revision.story_id))


def desk_preview(
    request: HttpRequest,
    content: StoryContent,
    *,
    story: Story,
    at: datetime | None = None,
    change: str = "",
    note: str = "",
) -> HttpResponse:
    """The page of `content` for the desk, as readers would see it at `at`: now, unless later.

    `change` and `note` are what readers would be told of the change. Related links that they will not see then stand in
    their place, marked in words.
    """
    words = format_html("{}", _("Preview — not public"))
    if at is not None and at > request.at:
        # The page is read at that moment: its notice, its related stories, its dates.
        request.at = at
        words = format_html(_("Preview — not public. As readers would see it {}."), moment(at))
    history = list(story.publications.so_far(request.at)) if story.pk else []
    if history:
        history.insert(0, _next_publication(story, history, request.at, change=change, note=note))
    page = _page(
        request,
        content,
        words,
        story_id=story.pk,
        first_live_at=history[0].first_live_at if history else request.at,
        corrections=shown_changes(history),
        earlier_versions=earlier_versions(history),
        marked_links=marked_links(content, request.at),
    )
    return _for_nobody_else(page)


def _next_publication(story: Story, history: list[Publication], at: datetime, *, change: str, note: str) -> Publication:
    """What publishing at `at` would add to the publications that began by then, newest first; it is not stored."""
    change = change or (Publication.Change.CORRECTION if note else Publication.Change.NONE)
    was_public = any(row.shows for row in history)
    is_told = was_public and Publication.Change(change).is_shown
    return Publication(
        story=story,
        kind=Publication.Kind.CORRECTED if is_told else Publication.Kind.PUBLISHED,
        change=change,
        note=note,
        live_from=at,
        first_live_at=history[0].first_live_at,
        slug=story.slug,
    )


def marked_links(content: StoryContent, at: datetime) -> list[RelatedTeaser | HiddenLink]:
    """The related links in order: as readers see them at `at`, or as one they do not see. At most three queries."""
    teasers = related_teasers(content, at)
    seen = {teaser.story_id for teaser in teasers}
    shown = iter(teasers)
    ids = {link.story_id for link in content.related_links} - seen - {None}
    hidden = Story.objects.prefetch_related("publications").in_bulk(ids)
    links: list[RelatedTeaser | HiddenLink] = []
    for link in content.related_links:
        if link.story_id is None or link.story_id in seen:
            links.append(next(shown))
        elif story := hidden.get(link.story_id):
            links.append(HiddenLink(link.headline or story.headline, _why_hidden(story, at)))
    return links


def _why_hidden(story: Story, at: datetime) -> SafeString | str:
    """Why readers do not see a link to `story` at `at`, in words."""
    publications = story.publications.all()
    if any(row.holds(at) and row.is_retraction for row in publications):
        return _("Readers will not see this link: the story is retracted.")
    planned = min((row.live_from for row in publications if row.live_from > at and row.shows), default=None)
    if planned:
        return format_html(_("Readers will not see this link: not live yet. The story goes live {}."), moment(planned))
    if any(row.live_from <= at for row in publications):
        return _("Readers will not see this link: the story was withdrawn or taken down.")
    return _("Readers will not see this link: not live yet.")


def _page(request: HttpRequest, content: StoryContent, words: SafeString, **more: object) -> HttpResponse:
    # The words to whoever previews are in their language; the page is in the story's.
    return render_story(
        request, content, template="articles/preview.html", preview_words=words, words_language=get_language(), **more
    )


def _for_nobody_else(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by no search engine, and its address told to no other site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
