"""A contributor's page: who they are, and their newest stories."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Contributor, ContributorListing
from articles.views.listing import read_page


@require_safe
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Contributor, slug=slug)
    page = read_page(request, ContributorListing, contributor=shown)
    return render(request, "articles/contributor.html", {"contributor": shown, **vars(page)})
