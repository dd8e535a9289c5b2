"""The three-way merge of a story's content: field by field, part by part, block by block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent
from articles.html import CleanHtml, clean

from .orders import insert, merge_orders
from .texts import both_texts, merge_texts, text_key
from .values import Choice, Conflict, Merged, OwnText


@dataclass(frozen=True)
class _List:
    """How the parts of one list are told apart, and which of their fields can be edited."""

    word: str
    name: Callable[[Any], str]
    texts: tuple[str, ...] = ()
    order: str = ""  # the place of their order; "" where it is that of their ids


def _subsection_name(part: SubsectionContent) -> str:
    return part.key or repr((part.heading, part.figures, part.body))


def _credit_name(credit: Credit) -> str:
    return f"{credit.contributor_id}:{credit.role}"


def _link_name(link: RelatedLinkContent) -> str:
    return link.url if link.story_id is None else str(link.story_id)


_LISTS = {
    "subsections": _List("subsection", _subsection_name, ("heading", "figures", "body"), "order"),
    "byline": _List("byline", _credit_name, order="byline:order"),
    "topics": _List("topic", lambda topic: str(topic.id)),
    "related_links": _List("related", _link_name, ("headline", "teaser"), "related:order"),
}


def merge(
    base: StoryContent, theirs: StoryContent, mine: StoryContent, choices: Mapping[str, Choice] | None = None
) -> Merged:
    """What both changed since `base`, in one content.

    A place is a field ("headline"), a field of a part ("subsection:<key>:body", "related:<target>:teaser"), a part
    itself where it was added or deleted ("subsection:<key>", "byline:<contributor id>:<role>", "topic:<id>",
    "related:<target>"), or an order ("order", "byline:order", "related:order"). A target is a story's id or a URL.

    `choices` decide places in conflict; one that does not fit its place, or is for a place without a conflict, counts
    as none. Undecided, the content holds `mine` there. A subsection of `mine` without a key is a new one, and stays
    without a key until it is stored.
    """
    merging = _Merging(choices or {})
    values: dict[str, Any] = {}
    mine = replace(mine, subsections=_keyed(theirs.subsections, mine.subsections))
    for field in fields(StoryContent):
        three = (getattr(content, field.name) for content in (base, theirs, mine))
        if field.name in _LISTS:
            values[field.name] = merging.parts(_LISTS[field.name], *three)
        else:
            values[field.name] = merging.value(field.name, *three)
    return Merged(StoryContent(**values), tuple(merging.conflicts), tuple(merging.taken))


def _keyed(theirs: Sequence[SubsectionContent], mine: Sequence[SubsectionContent]) -> tuple[SubsectionContent, ...]:
    """`mine` with each key once, and the key of theirs for a new subsection that theirs has as well.

    The second happens to somebody who saved twice from one form: the first save gave the subsection its key.
    """
    seen: set[str] = set()
    parts = []
    for part in mine:
        parts.append(replace(part, key="") if part.key in seen else part)
        seen.add(part.key)
    saved = [part for part in theirs if part.key not in seen]
    for place, part in enumerate(parts):
        twin = next((other for other in saved if replace(other, key="") == part), None)
        if twin is not None:
            saved.remove(twin)
            parts[place] = twin
    return tuple(parts)


def _key(value: Any) -> Any:
    """Equal for values between which no reader, and no editor, sees a difference."""
    if isinstance(value, CleanHtml):
        return text_key(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, Reference):
        # The name is what the section was called when the version was saved.
        return value.id
    return value


class _Merging:
    """One merge under way: what was decided, what conflicts, what was taken over."""

    def __init__(self, choices: Mapping[str, Choice]) -> None:
        self.choices = choices
        self.conflicts: list[Conflict] = []
        self.taken: list[str] = []

    def value(self, place: str, base: Any, theirs: Any, mine: Any) -> Any:
        was, in_theirs, in_mine = map(_key, (base, theirs, mine))
        if in_theirs == in_mine:
            return theirs if mine == base else mine
        if in_mine == was:
            self.taken.append(place)
            return theirs
        if in_theirs == was:
            return mine
        conflict = Conflict(place, base, theirs, mine)
        if conflict.is_rich_text and (merged := merge_texts(base, theirs, mine)) is not None:
            self.taken.append(place)
            return merged
        return self.decided(conflict)

    def decided(self, conflict: Conflict) -> Any:
        """What was chosen; without a choice `mine`, and the conflict is kept."""
        choice = self.choices.get(conflict.place)
        if isinstance(choice, OwnText) and "own" in conflict.options:
            return clean(choice.text) if conflict.is_rich_text else choice.text
        if choice == "both" and "both" in conflict.options:
            return both_texts(conflict.base, conflict.theirs, conflict.mine)
        if choice in ("mine", "theirs"):
            return getattr(conflict, choice)
        self.conflicts.append(conflict)
        return conflict.mine

    def parts(self, kind: _List, base: Sequence[Any], theirs: Sequence[Any], mine: Sequence[Any]) -> tuple[Any, ...]:
        sides = [_named(parts, kind.name) for parts in (base, theirs, mine)]
        kept = {}
        for name in dict.fromkeys(name for side in sides for name in side):
            part = self.part(kind, f"{kind.word}:{name}", *(side.get(name) for side in sides))
            if part is not None:
                kept[name] = part
        if not kind.order:
            return tuple(sorted(kept.values(), key=lambda part: part.id))
        order = self.order(kind, *sides, kept=set(kept))
        return tuple(kept[name] for name in order)

    def part(self, kind: _List, place: str, base: Any, theirs: Any, mine: Any) -> Any:
        """One part of a list, or None where it goes."""
        if theirs is not None and mine is not None:
            # Of a part that both added, nothing was there before: an empty text of the same kind.
            before = base or replace(mine, **{text: type(getattr(mine, text))("") for text in kind.texts})
            values = {
                text: self.value(f"{place}:{text}", *(getattr(part, text) for part in (before, theirs, mine)))
                for text in kind.texts
            }
            # What is no text is the name of somebody or something, as it was when the version was saved.
            return replace(theirs if mine == base else mine, **values)
        if base is None:
            if theirs is not None:
                self.taken.append(place)
            return theirs or mine
        left = theirs or mine
        if left is not None and any(_key(getattr(base, text)) != _key(getattr(left, text)) for text in kind.texts):
            return self.decided(Conflict(place, base, theirs, mine))
        if mine is not None:
            self.taken.append(place)
        return None

    def order(self, kind: _List, base: dict, theirs: dict, mine: dict, *, kept: set[str]) -> list[str]:
        common = [name for name in base if name in theirs and name in mine and name in kept]
        their_order, my_order = ([name for name in side if name in common] for side in (theirs, mine))
        order = merge_orders(common, their_order, my_order)
        if order is None:
            conflict = Conflict(kind.order, *(tuple(side.values()) for side in (base, theirs, mine)))
            order = their_order if self.decided(conflict) is conflict.theirs else my_order
        elif order != my_order:
            self.taken.append(kind.order)
        # Theirs last, so that what they put in at the same point, which was saved earlier, comes first.
        return insert(order, list(mine), list(theirs), kept=kept)


def _named(parts: Sequence[Any], name: Callable[[Any], str]) -> dict[str, Any]:
    """The parts by name; where a name comes again, with a number."""
    counts: Counter[str] = Counter()
    named: dict[str, Any] = {}
    for part in parts:
        own = numbered = name(part)
        while numbered in named:
            counts[own] += 1
            numbered = f"{own} {counts[own] + 1}"
        named[numbered] = part
    return named
