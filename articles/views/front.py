"""The front page: the newest stories of each section."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Publication, Section, SectionListing
from articles.views.navigation import top_sections

PER_SECTION = 6


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    newest = newest_by_section(request.at)
    stories = Publication.objects.with_content().in_bulk({pk for ids in newest.values() for pk in ids})
    lead = max(stories.values(), key=lambda row: (row.first_live_at, row.pk), default=None)
    blocks = [
        (section, [stories[pk] for pk in newest.get(section.pk, ()) if pk in stories and stories[pk] != lead])
        for section in top_sections(request)
    ]
    return render(request, "articles/front.html", {"lead": lead, "blocks": [block for block in blocks if block[1]]})


def newest_by_section(at: datetime) -> dict[int, list[int]]:
    """Ids of the newest publications of each top section at `at`, read off the index: one query, however many stories.

    One correlated subquery per place, because that is what both databases answer with a few index steps each.
    """
    newest = (
        SectionListing.objects.live(at)
        .filter(section=OuterRef("pk"), first_live_at__lte=at)
        .newest_first()
        .values("publication")
    )
    places = {f"place_{n}": Subquery(newest[n : n + 1]) for n in range(PER_SECTION)}
    rows = Section.objects.filter(parent=None).order_by().annotate(**places).values_list("pk", *places)
    return {pk: [publication for publication in ids if publication is not None] for pk, *ids in rows}
