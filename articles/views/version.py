"""An earlier version of a story: what readers had then, where the newsroom lets them look."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.views.page_facts import PageFacts
from articles.views.story import current_of, earlier_versions, gone, render_story, shown_changes, so_far
from articles.views.structured_data import facts_of_story


@require_safe
def version(
    request: HttpRequest, year: str, month: str, day: str, slug: str, story_id: str, number: str
) -> HttpResponse:
    """The public version `number` (1 was the first) of a story that is live, under a bar that says what it is."""
    if not settings.EARLIER_VERSIONS:
        raise Http404
    history = so_far(request, story_id)
    current = current_of(history, request.at)
    if current is None or not current.shows:
        return gone(request, current)
    count = sum(row.shows for row in history)
    if int(number) > count:
        raise Http404
    address = current.get_absolute_url()
    if int(number) == count:
        # Until there is another.
        return HttpResponseRedirect(address)
    wanted = next((found for found in earlier_versions(history) if found.number == int(number)), None)
    if wanted is None:
        return render(request, "articles/version_gone.html", {"current": current}, status=410)
    if request.path != wanted.url:
        return HttpResponsePermanentRedirect(wanted.url)
    content = wanted.publication.content
    facts = PageFacts(
        title=_("Earlier version: %(headline)s") % {"headline": content.headline},
        crumbs=facts_of_story(request, content, wanted.publication, "").crumbs,
        noindex=True,
    )
    then = [row for row in history if row.live_from <= wanted.publication.live_from]
    return render_story(
        request,
        content,
        story_id=current.story_id,
        publication=wanted.publication,
        corrections=shown_changes(then),
        template="articles/version.html",
        current=current,
        facts=facts,
        canonical_url=settings.SITE_URL + address,
    )
