"""The stories before and after one in its section, as they stand on its page."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, Subquery
from django.utils.translation import gettext as _

from articles.models import Publication, SectionListing
from articles.resolver.outlook import StoryWindow, story_windows
from articles.resolver.page_parts.part import Part, within
from articles.resolver.page_parts.story import StoryPart
from articles.story_order import StoryPlace

# So many of the nearest that readers have at the start of the span are looked at on each side, should some of them end;
NEAREST = 10
# and so many of those that begin in it.
MOST_COMING = 500


class NeighboursPart(Part):
    """The nearest stories of the section `section_id` that went live before and after the story."""

    def __init__(self, story: StoryPart, section_id: int | None) -> None:
        self.story = story
        self.windows: list[StoryWindow] = []
        if section_id is not None and story.versions:
            self.windows = self._read(section_id, story.versions[0].place)
        self.moments = within(story.start, story.end, (m for row in self.windows for m in (row.start, row.end)))

    def _read(self, section_id: int, place: StoryPlace) -> list[StoryWindow]:
        """Two queries: whose windows to look at, and these. Of a story that changes its section, only those in it."""
        start, end = self.story.start, self.story.end
        rows = SectionListing.objects.filter(section=section_id).order_by()
        live = rows.live(start).newest_first()
        coming = rows.filter(publication__live_from__gt=start, publication__live_from__lte=end)
        wanted = [
            live.older_than(place)[:NEAREST],
            live.newer_than(place).reverse()[:NEAREST],
            coming.order_by("publication__live_from")[:MOST_COMING],
        ]
        listed = [Subquery(found.values("publication")) for found in wanted]
        parts = [Publication.objects.filter(pk__in=ids).order_by().values_list("story", flat=True) for ids in listed]
        stories = {place.story_id, *parts[0].union(*parts[1:], all=True).order_by()}
        windows = story_windows(stories, start, end, Q(sectionlistings__section=section_id))
        return [row for story_id, found in windows.items() if story_id != place.story_id for row in found]

    def at(self, moment: datetime) -> tuple[StoryWindow | None, StoryWindow | None]:
        version = self.story.at(moment)
        if version is None or not version.shows:
            return None, None
        live = {row.place: row for row in self.windows if row.is_listed and row.holds(moment)}
        older = [place for place in live if place < version.place]
        newer = [place for place in live if place > version.place]
        return live[max(older)] if older else None, live[min(newer)] if newer else None

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        if self.story.at(before) != self.story.at(moment):
            # That another version begins says it all.
            return []
        words = []
        told = (_("“%(headline)s” is now the story before it"), _("“%(headline)s” is now the story after it"))
        for then, now, sentence in zip(self.at(before), self.at(moment), told, strict=True):
            if _named(then) == _named(now):
                continue
            if now is not None:
                words.append(sentence % {"headline": now.headline})
            else:
                words.append(_("“%(headline)s” is shown here no longer") % {"headline": then.headline})
        return words


def _named(window: StoryWindow | None) -> tuple[int, str] | None:
    """What the page shows of a neighbour."""
    return window and (window.story_id, window.headline)
