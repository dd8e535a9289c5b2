"""The parts of a page that change by themselves, over a span of time: when, and what then changes, in words.

Each reads its span once and answers any moment of it from memory, by the rules that the page itself follows.
"""

from articles.resolver.page_parts.archive import CalendarPart, TurnOfMonthPart
from articles.resolver.page_parts.corrections import CorrectionsPart
from articles.resolver.page_parts.lists import ListsPart
from articles.resolver.page_parts.neighbours import NeighboursPart
from articles.resolver.page_parts.newest import NewestPart
from articles.resolver.page_parts.part import Part
from articles.resolver.page_parts.source_notice import SourceNoticePart
from articles.resolver.page_parts.story import NoticePart, RelatedPart, StoryPart

__all__ = [
    "CalendarPart",
    "CorrectionsPart",
    "ListsPart",
    "NeighboursPart",
    "NewestPart",
    "NoticePart",
    "Part",
    "RelatedPart",
    "SourceNoticePart",
    "StoryPart",
    "TurnOfMonthPart",
]
