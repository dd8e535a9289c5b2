"""What two people changed in one edition, in words: the places, and both sides of each that contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.actions import ListConflictError
from articles.admin.lists.edition_form import CHOICE
from articles.admin.lists.edition_stories import NamedStory, named_stories
from articles.fill_rules import fill_rule
from articles.lists import ItemContent, ListContent
from articles.lists.differences import DISPLAY_LABELS, differences
from articles.models import Section
from articles.moments import in_words

_ITEM = "item:"
_ITEM_FIELDS = {field.name for field in fields(ItemContent)}


@dataclass(frozen=True)
class ShownConflict:
    """A place in words, with both sides; `name` is the field that takes the choice, `chosen` what was chosen before."""

    name: str
    label: str
    theirs: str
    mine: str
    base: str
    chosen: str


class PlacesInWords:
    """Says places and values of lists. `contents` are the lists that may name what is spoken of."""

    def __init__(self, contents: Iterable[ListContent], at: datetime) -> None:
        contents = list(contents)
        self.items: dict[str, ItemContent] = {}
        for content in contents:
            for item in content.items:
                self.items.setdefault(item.key, item)
        ids = {item.story_id for item in self.items.values() if item.story_id is not None}
        self.stories: Mapping[int, NamedStory] = named_stories(ids, at)
        wanted = {content.fill_section_id for content in contents} - {None}
        self.sections = dict(Section.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}

    def place(self, place: str) -> str:
        """A place of a merge, such as "item:k1:headline"."""
        if not place.startswith(_ITEM):
            return str(_list_field(place))
        key = place.removeprefix(_ITEM)
        if key in self.items:
            return _("“%s”") % self.item(self.items[key])
        key, _colon, name = key.rpartition(":")
        item = self.items.get(key)
        return _("%(field)s of “%(item)s”") % {"field": _item_field(name), "item": self.known_as(item) if item else key}

    def item(self, item: ItemContent) -> str:
        """What an item is called."""
        story = self.stories.get(item.story_id) if item.story_id is not None else None
        return item.headline or (story.headline if story else item.url or str(item.story_id))

    def known_as(self, item: ItemContent) -> str:
        """What both sides know an item as, whatever they wrote over it."""
        story = self.stories.get(item.story_id) if item.story_id is not None else None
        return story.headline if story else self.item(item)

    def section(self, section_id: int) -> str:
        return self.sections.get(section_id, str(section_id))

    def value(self, place: str, value: Any) -> str:
        """What stands at a place."""
        name = place.rpartition(":")[2]
        match value:
            case ItemContent():
                return self.item(value)
            case tuple():
                # Translators: between the items of a list.
                return _("; ").join(self.item(self.items[key]) if key in self.items else key for key in value)
            case datetime():
                return in_words(value)
            case bool():
                return _("yes") if value else _("no")
            case None:
                return _("(deleted)") if place.removeprefix(_ITEM) in self.items else ""
            case int() if name == "story_id":
                return self.stories[value].headline if value in self.stories else str(value)
            case int() if name == "fill_section_id":
                return self.section(value)
            case int() if name in ("starts_at", "starts_after", "ends_at", "ends_after"):
                return _("%(minutes)d minutes after the story goes live") % {"minutes": value}
            case str() if name == "display":
                return str(DISPLAY_LABELS.get(value, value))
            case str() if name == "fill_rule":
                return str(fill_rule(value).label)
        return str(value)


def shown_conflicts(error: ListConflictError, chosen: Mapping[str, str], at: datetime) -> list[ShownConflict]:
    """The contradictions of a refused save, for the form."""
    base = [conflict.base for conflict in error.conflicts if isinstance(conflict.base, ItemContent)]
    words = PlacesInWords([error.merged.content, error.latest.content, ListContent(title="", items=tuple(base))], at)
    return [
        ShownConflict(
            name=f"{CHOICE}{conflict.place}",
            label=words.place(conflict.place),
            theirs=words.value(conflict.place, conflict.theirs),
            mine=words.value(conflict.place, conflict.mine),
            base=words.value(conflict.place, conflict.base),
            chosen=chosen.get(conflict.place, ""),
        )
        for conflict in error.conflicts
    ]


def taken_over(mine: ListContent, saved: ListContent, at: datetime) -> list[str]:
    """What `saved` holds otherwise than was typed, a sentence each: what a colleague saved and was merged into it."""
    if mine.digest == saved.digest:
        return []
    words = PlacesInWords([saved, mine], at)
    return differences(mine, saved, named=words.item, moment=in_words, section_name=words.section)


def _list_field(name: str) -> Any:
    return {
        "title": _("title"),
        "order": _("order on the page"),
        "items": _("order of the items"),
        "length": _("number of entries"),
        "display": _("display"),
        "fill_rule": _("free places"),
        "fill_section_id": _("section to fill from"),
        "may_repeat": _("repeating stories"),
    }.get(name, name)


def _item_field(name: str) -> Any:
    return {
        "story_id": _("story"),
        "url": _("address"),
        "headline": _("headline"),
        "teaser": _("teaser"),
        "pinned": _("position"),
        "starts_at": _("begin"),
        "starts_after": _("begin"),
        "ends_at": _("end"),
        "ends_after": _("end"),
    }.get(name, name)
