"""A section's front: its story lists, and under them its newest stories, those of its child sections among them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import SectionListing
from articles.resolver import Place, Scope
from articles.views.furniture import all_sections
from articles.views.listing import read_page
from articles.views.page_facts import Crumb, Listed, PageFacts, readable_in
from articles.views.page_lists import lists_of_page


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    shown = next((row for row in all_sections(request) if row.slug == slug), None)
    if shown is None:
        raise Http404
    # Older pages go on where the first one ended, and have no lists.
    scope = Scope(shown.pk, shown.parent_id)
    lists = [] if request.GET.get("before") else lists_of_page([Place.SECTION], scope, request)
    listed = {story_id for row in lists for story_id in row.story_ids}
    page = read_page(request, SectionListing, without=listed, section=shown)
    if not page.stories and not page.is_first_page:
        raise Http404
    parent = next((row for row in all_sections(request) if row.pk == shown.parent_id), None)
    entries = [Listed(entry.headline, entry.url) for row in lists for entry in row.entries]
    facts = PageFacts(
        title=shown.name_in(settings.LANGUAGE_CODE),
        description=readable_in(settings.LANGUAGE_CODE, shown.description),
        address=shown.get_absolute_url() + page.query,
        crumbs=(Crumb(parent.name_in(settings.LANGUAGE_CODE), parent.get_absolute_url()),) if parent else (),
        listed=(*entries, *(Listed(row.content.list_headline, row.get_absolute_url()) for row in page.stories)),
        feed=f"{shown.get_absolute_url()}feed",
    )
    return render(request, "articles/section.html", {"facts": facts, "section": shown, "lists": lists, **vars(page)})
