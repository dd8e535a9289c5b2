"""A section's page: its newest stories, those of its child sections among them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import SectionListing
from articles.views.listing import read_page
from articles.views.navigation import all_sections


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    shown = next((row for row in all_sections(request) if row.slug == slug), None)
    if shown is None:
        raise Http404
    page = read_page(request, SectionListing, section=shown)
    return render(request, "articles/section.html", {"section": shown, **vars(page)})
