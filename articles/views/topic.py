"""A topic's page: its newest stories from all sections."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Topic, TopicListing
from articles.views.listing import read_page
from articles.views.page_facts import Listed, PageFacts, readable_in


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Topic, slug=slug)
    page = read_page(request, TopicListing, topic=shown)
    if not page.stories:
        # Its name alone would tell of a story that is not out yet.
        raise Http404
    facts = PageFacts(
        title=shown.name_in(settings.LANGUAGE_CODE),
        description=readable_in(settings.LANGUAGE_CODE, shown.description),
        address=shown.get_absolute_url() + page.query,
        listed=tuple(Listed(row.content.list_headline, row.get_absolute_url()) for row in page.stories),
        feed=f"{shown.get_absolute_url()}feed",
    )
    return render(request, "articles/topic.html", {"facts": facts, "topic": shown, **vars(page)})
