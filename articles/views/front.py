"""The front page: its story lists, or, where no list shows anything, the newest stories of each section."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Publication, Section, SectionListing
from articles.resolver import Place, Scope, ShownEntry, ShownList
from articles.views.furniture import site_identity, top_sections
from articles.views.page_facts import Listed, PageFacts, readable_in
from articles.views.page_lists import lists_of_page

PER_SECTION = 6


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    if lists := lists_of_page([Place.FRONT], Scope(), request):
        lead, rest = lead_and_rest(lists)
        shown: dict[str, Any] = {"lead": lead, "lists": rest}
        entries = [entry for row in lists for entry in row.entries]
    else:
        shown = newest_stories(request)
        entries = [shown["lead"]] if shown["lead"] else []
        entries += [entry for _section, entries_of in shown["blocks"] for entry in entries_of]
    return render(request, "articles/front.html", {"facts": facts_of_front(request, entries), **shown})


def facts_of_front(request: HttpRequest, entries: list[ShownEntry]) -> PageFacts:
    address = reverse("articles:front")
    return PageFacts(
        title=site_identity(request).name_in(settings.LANGUAGE_CODE),
        description=readable_in(settings.LANGUAGE_CODE, site_identity(request).tagline),
        address=address,
        listed=tuple(Listed(entry.headline, entry.url) for entry in entries),
        feed=f"{address}feed",
    )


def lead_and_rest(lists: list[ShownList]) -> tuple[ShownEntry, list[ShownList]]:
    """The first entry of the first list, and the lists without it. Each of `lists` has entries."""
    first, *others = lists
    lead, *rest = first.entries
    return lead, [replace(first, entries=rest), *others] if rest else others


def newest_stories(request: HttpRequest) -> dict:
    """The newest story of all as `lead`, and `blocks` of a section with its newest ones."""
    newest = newest_by_section(request.at)
    stories = Publication.objects.with_content().order_by().in_bulk({pk for ids in newest.values() for pk in ids})
    lead = max(stories.values(), key=lambda row: row.place, default=None)
    blocks = [
        (
            section,
            [ShownEntry.of(stories[pk]) for pk in newest.get(section.pk, ()) if pk in stories and stories[pk] != lead],
        )
        for section in top_sections(request)
    ]
    return {"lead": lead and ShownEntry.of(lead), "blocks": [block for block in blocks if block[1]]}


def newest_by_section(at: datetime) -> dict[int, list[int]]:
    """Ids of the newest publications of each top section at `at`, read off the index: one query, however many stories.

    One correlated subquery per place, because that is what both databases answer with a few index steps each.
    """
    newest = SectionListing.objects.live(at).filter(section=OuterRef("pk")).out_by(at).newest_first()
    newest = newest.values("publication")
    places = {f"place_{n}": Subquery(newest[n : n + 1]) for n in range(PER_SECTION)}
    rows = Section.objects.filter(parent=None).order_by().annotate(**places).values_list("pk", *places)
    return {pk: [publication for publication in ids if publication is not None] for pk, *ids in rows}
