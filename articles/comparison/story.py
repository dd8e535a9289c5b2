"""The difference of two stories: one line per field of StoryContent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from ..content import StoryContent
from .items import compare_items, compare_subsections
from .rich_text import compare_rich_text
from .text import compare_text
from .values import ComparedField, ComparedItems, ComparedText, Comparison


def _text(name: str, old: str, new: str) -> ComparedText:
    return ComparedText(name, compare_text(old, new))


def _yes_or_no(name: str, old: bool, new: bool) -> ComparedText:
    return ComparedText(name, compare_text(*(_("yes") if said else _("no") for said in (old, new))))


def _references(name: str, old: Any, new: Any) -> ComparedItems:
    ours, theirs = (found if isinstance(found, tuple) else (found,) if found else () for found in (old, new))
    return compare_items(name, ours, theirs, lambda reference: reference.id)


def _credits(name: str, old: Any, new: Any) -> ComparedItems:
    return compare_items(
        name, old, new, lambda credit: (credit.contributor_id, credit.role), lambda credit: credit.contributor_id
    )


def _links(name: str, old: Any, new: Any) -> ComparedItems:
    return compare_items(name, old, new, lambda link: (link.story_id, link.url), lambda link: link.story_id)


# A field without a place here is one whose change nobody would see; tests/comparison/test_story.py notices it.
FIELDS: dict[str, Callable[[str, Any, Any], ComparedField]] = {
    "headline": _text,
    "slug": _text,
    "kicker": _text,
    "subtitle": _text,
    "short_headline": _text,
    "summary": _text,
    "opening": compare_rich_text,
    "subsections": compare_subsections,
    "byline": _credits,
    "section": _references,
    "topics": _references,
    "source": _references,
    "original_url": _text,
    "original_title": _text,
    "original_author": _text,
    "related_links": _links,
    "language": _text,
    "dateline": _text,
    "digital_source_type": _text,
    "noindex": _yes_or_no,
    "noarchive": _yes_or_no,
}


def compare(old: StoryContent, new: StoryContent) -> Comparison:
    """What a reader of `new` finds different from `old`, with all that was kept.

    The key of a subsection is not compared: it says which one it is, not what it says.
    """
    return Comparison(
        tuple(compare_field(name, getattr(old, name), getattr(new, name)) for name, compare_field in FIELDS.items())
    )
