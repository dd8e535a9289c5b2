"""A contributor's page: who they are, and their newest stories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Contributor, ContributorListing
from articles.views.listing import read_page


@require_safe
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Contributor, slug=slug)
    page = read_page(request, ContributorListing, contributor=shown)
    if not page.stories:
        # Its name alone would tell of a story that is not out yet.
        raise Http404
    return render(request, "articles/contributor.html", {"contributor": shown, **vars(page)})
