"""What the story lists of a page show at a moment: the one answer for pages, previews, the desk and the checks."""

from articles.resolver.lists_of_page import STORY_PLACES
from articles.resolver.one_list import ListAlone, resolve_list
from articles.resolver.resolve import Place, Scope, ShownEntry, ShownList, resolve

__all__ = ["STORY_PLACES", "ListAlone", "Place", "Scope", "ShownEntry", "ShownList", "resolve", "resolve_list"]
