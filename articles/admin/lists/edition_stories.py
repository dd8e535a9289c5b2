"""The stories that an edition names, as its editor has to know them: their headline, and whether readers see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Publication, Story
from articles.templatetags.news import moment_short

LIVE, COMING, OFF = "live", "coming", "off"


@dataclass(frozen=True)
class NamedStory:
    """A story at a moment. `kind`: live, coming or off; `state` says the same in words."""

    story_id: int
    headline: str
    teaser: str
    section: str
    kind: str
    state: SafeString | str


def named_stories(story_ids: Collection[int], at: datetime) -> dict[int, NamedStory]:
    """The stories of these ids at `at`; those that are no more are left out. Two queries, however many."""
    stories = Story.objects.filter(pk__in=story_ids).order_by()
    columns = ("pk", "headline", "short_headline", "summary", "section__name", "binned_at")
    found = {}
    publications = defaultdict(list)
    rows = Publication.objects.filter(story__in=story_ids).order_by("live_from").defer("findings")
    texts = ("headline", "short_headline", "summary")
    for row in rows.annotate(**{f"its_{name}": F(f"revision__stored__{name}") for name in texts}):
        publications[row.story_id].append(row)
    for pk, headline, short, teaser, section, binned_at in stories.values_list(*columns):
        live = next((row for row in publications[pk] if row.holds(at) and row.is_listed), None)
        if live is not None:
            headline, short, teaser = live.its_headline, live.its_short_headline, live.its_summary
        kind, state = (OFF, _("in the bin")) if binned_at else _state(publications[pk], at)
        found[pk] = NamedStory(pk, short or headline, teaser or "", section or "", kind, state)
    return found


def _state(publications: list[Publication], at: datetime) -> tuple[str, SafeString | str]:
    """What readers have of a story at `at`, or will have: kind and words."""
    current = next((row for row in publications if row.holds(at)), None)
    if current is not None and current.is_listed:
        if current.live_until and not any(row.live_from == current.live_until for row in publications):
            return LIVE, format_html(_("live, comes down {}"), moment_short(current.live_until, at))
        return LIVE, _("live")
    coming = next((row for row in publications if row.live_from > at and row.is_listed), None)
    if coming is not None:
        return COMING, format_html(_("goes live {}"), moment_short(coming.live_from, at))
    if current is not None:
        return OFF, _("retracted") if current.shows else _("withdrawn")
    return OFF, _("taken down") if publications else _("draft, not planned")
