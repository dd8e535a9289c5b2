"""The page of one story: its versions, its related links, its copyright notice."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import CopyrightNotice, Publication
from articles.resolver.outlook import StoryWindow, story_windows
from articles.resolver.page_parts.part import Part, within

# More versions of one story in a span than these are not told apart.
MOST_VERSIONS = 50


class StoryPart(Part):
    """The versions of one story, withdrawals among them, on its own page."""

    def __init__(self, story_id: int, start: datetime, end: datetime) -> None:
        self.start, self.end = start, end
        lasting = Q(live_until=None) | Q(live_until__gt=start)
        rows = Publication.objects.filter(lasting, story=story_id, live_from__lte=end).with_content()
        self.versions = list(rows.order_by("live_from")[:MOST_VERSIONS])
        self.moments = within(start, end, (m for row in self.versions for m in (row.live_from, row.live_until)))

    def at(self, moment: datetime) -> Publication | None:
        return next((row for row in self.versions if row.holds(moment)), None)

    def shows(self, moment: datetime) -> bool:
        """Whether readers have a text at `moment`."""
        version = self.at(moment)
        return version is not None and version.shows

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        then, now = self.at(before), self.at(moment)
        if then == now:
            return []
        row = now or then
        return [story_words(now) % {"headline": row.content.list_headline}]


def story_words(now: Publication | None) -> str:
    """What happens to a story where `now` begins, or where nothing follows (None), with a place for its headline."""
    if now is None:
        return _("“%(headline)s” is taken down")
    if not now.shows:
        return _("“%(headline)s” is withdrawn")
    if now.is_retraction:
        return _("“%(headline)s” is retracted")
    if now.live_from == now.first_live_at:
        return _("“%(headline)s” goes live")
    return {
        Publication.Change.CORRECTION: _("“%(headline)s” is corrected"),
        Publication.Change.UPDATE: _("“%(headline)s” is updated"),
        Publication.Change.CLARIFICATION: _("“%(headline)s” is clarified"),
    }.get(now.shown_change, _("“%(headline)s” is replaced by its next version"))


class RelatedPart(Part):
    """The related links of a story, of the version that readers have: those whose story they can read."""

    def __init__(self, story: StoryPart) -> None:
        self.story = story
        ids = {link.story_id for row in story.versions for link in row.content.related_links} - {None}
        self.windows = story_windows(ids, story.start, story.end)
        every = [window for windows in self.windows.values() for window in windows]
        self.moments = within(story.start, story.end, (m for row in every for m in (row.start, row.end)))

    def at(self, moment: datetime) -> dict[int, StoryWindow]:
        version = self.story.at(moment)
        if version is None or not version.shows:
            return {}
        return {
            link.story_id: window
            for link in version.content.related_links
            for window in self.windows.get(link.story_id, [])
            if window.is_listed and window.holds(moment)
        }

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        if self.story.at(before) != self.story.at(moment):
            # That another version begins says it all.
            return []
        then, now = self.at(before), self.at(moment)
        added = _("“%(headline)s” comes among the related stories")
        gone = _("“%(headline)s” drops out of the related stories")
        return [added % {"headline": row.headline} for key, row in now.items() if key not in then] + [
            gone % {"headline": row.headline} for key, row in then.items() if key not in now
        ]


class NoticePart(Part):
    """The copyright notice under a story."""

    def __init__(self, story: StoryPart) -> None:
        self.story = story
        sources = {row.content.source.id for row in story.versions if row.content.source}
        rows = CopyrightNotice.objects.filter(source__in=sources, effective_from__lte=story.end)
        self.notices = list(rows.order_by("-effective_from")) if sources else []
        self.moments = within(story.start, story.end, (row.effective_from for row in self.notices))

    def at(self, moment: datetime) -> CopyrightNotice | None:
        version = self.story.at(moment)
        if version is None or not version.shows or version.content.source is None:
            return None
        for row in self.notices:
            applies = row.effective_from <= version.live_from or row.applies_to_earlier
            if row.source_id == version.content.source.id and row.effective_from <= moment and applies:
                return row
        return None

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        same_version = self.story.at(before) == self.story.at(moment)
        if not same_version or self.at(before) == self.at(moment):
            return []
        return [_("The copyright notice changes")]
