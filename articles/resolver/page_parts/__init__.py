"""The parts of a page that change by themselves, over a span of time: when, and what then changes, in words.

Each reads its span once and answers any moment of it from memory, by the rules that the page itself follows.
"""

from articles.resolver.page_parts.lists import ListsPart
from articles.resolver.page_parts.newest import NewestPart
from articles.resolver.page_parts.part import Part
from articles.resolver.page_parts.story import NoticePart, RelatedPart, StoryPart

__all__ = ["ListsPart", "NewestPart", "NoticePart", "Part", "RelatedPart", "StoryPart"]
