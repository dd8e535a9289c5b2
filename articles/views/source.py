"""A source's page: who they are, the copyright notice in force, and all stories from them, newest first."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import CopyrightNotice, Source, SourceListing
from articles.views.listing import read_page
from articles.views.page_facts import Listed, PageFacts


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Source, slug=slug)
    page = read_page(request, SourceListing, source=shown)
    if not page.stories:
        # Its name alone would tell of a story that is not out yet.
        raise Http404
    address = shown.get_absolute_url()
    facts = PageFacts(
        title=shown.name_in(settings.LANGUAGE_CODE),
        address=address + page.query,
        listed=tuple(Listed(row.content.list_headline, row.get_absolute_url()) for row in page.stories),
        feed=f"{address}feed",
    )
    # That which a story published at this moment gets.
    notice = CopyrightNotice.objects.for_publication(shown.pk, request.at, request.at).first()
    context = {"source": shown, "notice": notice, "facts": facts, **vars(page)}
    return render(request, "articles/source.html", context)
