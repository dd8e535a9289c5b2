"""What a story list says, and what of it readers see: plain values and rules, without the database and the clock."""

from articles.lists.choosing import Chosen, Entry, Hidden, LiveStory, Origin, PlacedList, Why, choose
from articles.lists.content import Display, ItemContent, ListContent, Problem, problems

__all__ = [
    "Chosen",
    "Display",
    "Entry",
    "Hidden",
    "ItemContent",
    "ListContent",
    "LiveStory",
    "Origin",
    "PlacedList",
    "Problem",
    "Why",
    "choose",
    "problems",
]
