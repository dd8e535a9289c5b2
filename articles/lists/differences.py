"""What changed from one version of a list to the next, in words. Pure: the names of stories are given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.fill_rules import fill_rule
from articles.lists.content import Display, ItemContent, ListContent

# What people call the ways to show a list.
DISPLAY_LABELS = {
    Display.HEADLINES.value: gettext_lazy("headlines only"),
    Display.TEASERS.value: gettext_lazy("headline and teaser"),
    Display.CARDS.value: gettext_lazy("cards"),
}

Named = Callable[[ItemContent], str]
MomentWords = Callable[[Any], str]


def differences(
    before: ListContent | None,
    after: ListContent,
    *,
    named: Named,
    moment: MomentWords = str,
    section_name: Callable[[int], str] = str,
) -> list[str]:
    """One sentence for each thing that `after` has otherwise than `before`, the list itself first; none for equals.

    `named` says what an item is called, `moment` writes a datetime, `section_name` gives the name of a section's id.
    With `before` None everything is new, which one sentence says.
    """
    if before is None:
        return [_("The first version, with %(count)d items.") % {"count": len(after.items)}]
    return [*_of_the_list(before, after, section_name), *_of_items(before, after, named, moment)]


def _of_the_list(before: ListContent, after: ListContent, section_name: Callable[[int], str]) -> Iterator[str]:
    if before.title != after.title:
        yield _("Title: “%(old)s” is now “%(new)s”.") % {"old": before.title, "new": after.title}
    if before.length != after.length:
        yield _("Length: %(new)d entries instead of %(old)d.") % {"old": before.length, "new": after.length}
    if before.display != after.display:
        values = {side: DISPLAY_LABELS.get(row.display, row.display) for side, row in (("old", before), ("new", after))}
        yield _("Display: %(new)s instead of %(old)s.") % values
    if before.fill_rule != after.fill_rule:
        values = {"old": fill_rule(before.fill_rule).label, "new": fill_rule(after.fill_rule).label}
        yield _("Free places are filled with: %(new)s, instead of: %(old)s.") % values
    if before.fill_section_id != after.fill_section_id:
        if after.fill_section_id is None:
            yield _("Free places are filled from the section of the page.")
        else:
            yield _("Free places are filled from section %(name)s.") % {"name": section_name(after.fill_section_id)}
    if before.order != after.order:
        yield _("Order on the page: %(new)d instead of %(old)d.") % {"old": before.order, "new": after.order}
    if before.may_repeat != after.may_repeat:
        if after.may_repeat:
            yield _("It may now repeat stories that stand elsewhere on the page.")
        else:
            yield _("It no longer repeats stories that stand elsewhere on the page.")


def _of_items(before: ListContent, after: ListContent, named: Named, moment: MomentWords) -> Iterator[str]:
    pairs, added, removed = _matched(before.items, after.items)
    for position, item in added:
        yield _("Added at %(position)d: “%(name)s”.") % {"position": position, "name": named(item)}
    for item in removed:
        yield _("Removed: “%(name)s”.") % {"name": named(item)}
    for place in _moved(pairs):
        yield _("Moved to %(position)d: “%(name)s”.") % {"position": place + 1, "name": named(after.items[place])}
    for old_place, new_place in pairs:
        yield from _of_item(before.items[old_place], after.items[new_place], named, moment)


def _matched(
    old: Sequence[ItemContent], new: Sequence[ItemContent]
) -> tuple[list[tuple[int, int]], list[tuple[int, ItemContent]], list[ItemContent]]:
    """Pairs of places (old, new) of one item, in the new order; what was added with its position; what was removed.

    Items are told by key, and else by their story: whoever takes one out and in again has moved it.
    """
    places = {item.key: number for number, item in enumerate(old)}
    found: dict[int, int] = {number: places[item.key] for number, item in enumerate(new) if item.key in places}
    left = set(range(len(old))) - set(found.values())
    by_target = {(old[number].story_id, old[number].url): number for number in sorted(left, reverse=True)}
    for number, item in enumerate(new):
        if number not in found and (taken := by_target.pop((item.story_id, item.url), None)) is not None:
            found[number] = taken
            left.discard(taken)
    pairs = [(found[number], number) for number in sorted(found)]
    added = [(number + 1, item) for number, item in enumerate(new) if number not in found]
    return pairs, added, [old[number] for number in sorted(left)]


def _moved(pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The new places of the fewest items whose moving makes the new order of the old one.

    That is all but a longest row of them that kept its order, found by patience sorting.
    """
    tails: list[int] = []
    at: list[int] = []
    for old_place, _new_place in pairs:
        length = bisect_left(tails, old_place)
        tails[length : length + 1] = [old_place]
        at.append(length)
    kept, wanted = set(), len(tails) - 1
    for number in range(len(pairs) - 1, -1, -1):
        if at[number] == wanted:
            kept.add(number)
            wanted -= 1
    return [new_place for number, (_old, new_place) in enumerate(pairs) if number not in kept]


def _of_item(old: ItemContent, new: ItemContent, named: Named, moment: MomentWords) -> Iterator[str]:
    name = {"name": named(new)}
    if (old.story_id, old.url) != (new.story_id, new.url):
        yield _("“%(name)s” leads elsewhere.") % name
    if old.headline != new.headline:
        values = {"old": old.headline or named(old), "new": new.headline}
        if not new.headline:
            yield _("“%(old)s” has the story’s own headline again.") % values
        elif old.headline:
            yield _("Headline: “%(old)s” is now “%(new)s”.") % values
        else:
            yield _("Own headline: “%(new)s”.") % values
    if old.teaser != new.teaser:
        words = (
            _("Teaser of “%(name)s”: %(teaser)s") if new.teaser else _("“%(name)s” has the story’s own teaser again.")
        )
        yield words % {**name, "teaser": new.teaser}
    if old.pinned != new.pinned:
        if new.pinned is None:
            yield _("“%(name)s” is no longer pinned.") % name
        else:
            yield _("“%(name)s” is pinned to %(position)d.") % {**name, "position": new.pinned}
    if (old.begin, old.end) != (new.begin, new.end):
        yield _("“%(name)s” is shown: %(window)s.") % {**name, "window": window_words(new, moment)}


def window_words(item: ItemContent, moment: MomentWords) -> str:
    """When an item asks to be shown."""
    parts = []
    if item.starts_at is not None:
        parts.append(_("from %s") % moment(item.starts_at))
    elif item.starts_after is not None:
        parts.append(_("from %s after its story goes live") % duration_words(item.starts_after))
    if item.ends_at is not None:
        parts.append(_("until %s") % moment(item.ends_at))
    elif item.ends_after is not None:
        parts.append(_("until %s after its story goes live") % duration_words(item.ends_after))
    if len(parts) == 2:
        # Translators: from when, until when
        return _("%(begin)s, %(end)s") % dict(zip(("begin", "end"), parts, strict=True))
    return parts[0] if parts else _("as long as its story is live")


def duration_words(minutes: int) -> str:
    """Minutes as people say them: 90 is "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        words
        for words in (_("%d h") % hours if hours else "", _("%d min") % rest if rest or not hours else "")
        if words
    )
