"""A contributor's page: who they are, and their newest stories."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Contributor, ContributorListing
from articles.structured_data import profile_page
from articles.templatetags.news import lang_tag
from articles.views.listing import read_page
from articles.views.page_facts import Listed, PageFacts, readable_in
from articles.views.structured_data import person_of, publisher_of


@require_safe
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Contributor, slug=slug)
    page = read_page(request, ContributorListing, contributor=shown)
    if not page.stories:
        # Its name alone would tell of a story that is not out yet.
        raise Http404
    facts = PageFacts(
        title=shown.name_in(settings.LANGUAGE_CODE),
        description=readable_in(settings.LANGUAGE_CODE, shown.biography),
        address=shown.get_absolute_url() + page.query,
        listed=tuple(Listed(row.content.list_headline, row.get_absolute_url()) for row in page.stories),
        feed=f"{shown.get_absolute_url()}feed",
    )
    context = {"facts": facts, "contributor": shown, **vars(page)}
    if page.is_first_page:
        # Older pages are lists of stories and nothing else.
        context["main_entity"] = profile_page(
            person_of(shown, settings.LANGUAGE_CODE),
            biography=facts.description,
            language=lang_tag(settings.LANGUAGE_CODE),
            publisher=publisher_of(request),
        )
    return render(request, "articles/contributor.html", context)
