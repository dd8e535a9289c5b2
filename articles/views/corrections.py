"""What the newsroom corrected: corrections, clarifications and retractions, newest first.

An entry stands here as long as readers can read its story, under the headline that the story has at `request.at`: of
what was withdrawn or taken down, neither headline nor note is told. Both stand here again when the story comes back,
as they do on its page: what readers were told was put right stays told.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Publication
from articles.views.furniture import corrections_policy
from articles.views.listing import PER_PAGE, asked_place, place, place_query
from articles.views.page_facts import Listed, PageFacts


@dataclass(frozen=True)
class CorrectionEntry:
    """`change`: the publication that put something right; `current`: what readers have of its story now."""

    change: Publication
    current: Publication

    @property
    def url(self) -> str:
        """What has changed, on the story's page."""
        return f"{self.current.get_absolute_url()}#changes"


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    entries, older_url = _read_entries(request)
    query = place_query(request)
    if query and not entries:
        raise Http404
    facts = PageFacts(
        title=_("Corrections"),
        description=_("What was corrected, clarified or retracted, newest first."),
        address=reverse("articles:corrections") + query,
        listed=tuple(Listed(row.current.content.list_headline, row.current.get_absolute_url()) for row in entries),
    )
    context = {
        "facts": facts,
        "entries": entries,
        "policy": corrections_policy(request),
        "older_url": older_url,
        "is_first_page": not query,
    }
    return render(request, "articles/corrections.html", context)


def _read_entries(request: HttpRequest) -> tuple[list[CorrectionEntry], str]:
    """The entries of the page that `?before=` asks for, and the query that leads to older ones. Two queries."""
    at = request.at
    rows = Publication.objects.corrections(at)
    if asked := asked_place(request):
        moment, pk = asked
        rows = Publication.objects.corrections(min(at, moment))
        rows = rows.filter(Q(live_from__lt=moment) | Q(live_from=moment, pk__lt=pk))
    live = Publication.objects.live(at)
    current = live.filter(story=OuterRef("story")).order_by().values("pk")[:1]
    rows = rows.annotate(current_id=Subquery(current)).exclude(current_id=None)
    changes = list(rows[: PER_PAGE + 1])
    older_url = ""
    if len(changes) > PER_PAGE:
        changes = changes[:PER_PAGE]
        older_url = f"?before={place(changes[-1].live_from, changes[-1].pk)}"
    # Asked for once more: what was withdrawn between the two queries is gone.
    contents = live.with_content().in_bulk({change.current_id for change in changes})
    return [CorrectionEntry(row, contents[row.current_id]) for row in changes if row.current_id in contents], older_url
