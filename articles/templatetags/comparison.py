"""What the pages of the history need to show a Comparison: words for statuses, folds for what stayed the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django import template
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.actions import restoring
from articles.comparison import ComparedBlock, ComparedItem, ComparedText, Segment, Status, TextDifference
from articles.comparison.blocks import CELL_END, IMAGE
from articles.models import Byline, Contributor, RelatedLink, Section, Source, Subsection, Topic
from articles.models.story import DIGITAL_SOURCE_TYPES, LANGUAGES

register = template.Library()

# Kept text up to this many characters is shown; longer stretches of it are folded.
LONGEST_SHOWN = 80

_MEMBERS: dict[str, type[Model]] = {
    "subsections": Subsection,
    "byline": Contributor,
    "section": Section,
    "topics": Topic,
    "source": Source,
    "related_links": RelatedLink,
}
_KINDS = {
    "paragraph": gettext_lazy("paragraph"),
    "heading": gettext_lazy("heading"),
    "item": gettext_lazy("list item"),
    "quote": gettext_lazy("quotation"),
    "row": gettext_lazy("table row"),
    "caption": gettext_lazy("caption"),
    "preformatted": gettext_lazy("preformatted text"),
    "rule": gettext_lazy("dividing line"),
}


@dataclass(frozen=True)
class Fold:
    """Blocks that stayed the same, one after the other."""

    blocks: tuple[ComparedBlock, ...]
    is_fold = True

    @property
    def texts(self) -> list[str]:
        return [block.difference.new for block in self.blocks]

    @property
    def is_short(self) -> bool:
        return len(self.blocks) == 1 and len(self.texts[0]) <= LONGEST_SHOWN

    @property
    def summary(self) -> str:
        count = len(self.blocks)
        return ngettext("%(count)d paragraph unchanged", "%(count)d paragraphs unchanged", count) % {"count": count}


@register.filter
def folded(blocks: tuple[ComparedBlock, ...]) -> Iterator[Fold | ComparedBlock]:
    """The blocks, those that stayed the same in folds."""
    for kept, group in groupby(blocks, key=lambda block: block.status is Status.KEPT):
        if kept:
            yield Fold(tuple(group))
        else:
            yield from group


@register.filter
def visible(segment: Segment | str) -> str:
    """Text with what stands for cells and images made visible, and line ends too where they are the change."""
    text = segment if isinstance(segment, str) else segment.text
    text = text.replace(CELL_END, " │ ").replace(IMAGE, f"[{_('image')}] ")
    changed = isinstance(segment, Segment) and segment.status is not Status.KEPT
    return text.replace("\n", "↵\n") if changed else text


@register.filter
def field_name(name: str) -> str:
    """What a field of a story is called on the form."""
    return restoring.field_name(name)


@register.filter
def in_words(field: ComparedText) -> ComparedText:
    """A field of codes with the words the form has for them; any other as it is."""
    codes = {"language": LANGUAGES, "digital_source_type": DIGITAL_SOURCE_TYPES, "role": Byline.Role.choices}
    words = dict(codes.get(field.name, ()))
    if not words:
        return field
    old, new = (str(words.get(code, code)) for code in (field.difference.old, field.difference.new))
    segments = (Segment(Status.DELETED, old), Segment(Status.ADDED, new))
    return replace(field, difference=TextDifference(tuple(segment for segment in segments if segment.text)))


@register.simple_tag
def member_field_name(list_name: str, name: str) -> str:
    """What a field of a member of a list is called."""
    model = Byline if name == "role" else _MEMBERS[list_name]
    return str(model._meta.get_field(name).verbose_name)


@register.filter
def member(item: ComparedItem) -> str:
    """What a member of a list is known by: its heading, name, headline or address."""
    shown = item.new or item.old
    names = (getattr(shown, name, "") for name in ("heading", "name", "headline", "url"))
    title = next((name for name in names if name), "")
    if not title and getattr(shown, "story_id", None):
        title = _("story %(id)d") % {"id": shown.story_id}
    role = getattr(shown, "role", "")
    return f"{title} ({dict(Byline.Role.choices).get(role, role)})" if role else title


@register.filter
def what_happened(item: ComparedItem) -> str:
    """One sentence about a member of a list; "" when nothing happened to it."""
    places = {"old": item.old_place, "new": item.new_place}
    match item.status:
        case Status.ADDED:
            return _("Added, at place %(new)d") % places
        case Status.DELETED:
            return _("Deleted, was at place %(old)d") % places
        case Status.CHANGED:
            moved = item.moved and item.old_place != item.new_place
            return _("Moved from place %(old)d to %(new)d, and changed") % places if moved else _("Changed")
    if item.moved and item.old_place == item.new_place:
        # The others went around it: in a list turned upside down, say.
        return _("Order changed")
    return _("Moved from place %(old)d to %(new)d") % places if item.moved else ""


@register.filter
def block_words(block: ComparedBlock) -> str:
    """What became of a block as a whole; "" for one that only says something else now."""
    kind = str(_KINDS.get(block.kind, block.kind))
    if block.status is Status.ADDED:
        return _("Added: %(kind)s") % {"kind": kind}
    if block.status is Status.DELETED:
        return _("Deleted: %(kind)s") % {"kind": kind}
    if block.became and block.old_kind == block.kind:
        return _("Level %(old)d became level %(new)d: %(kind)s") % {
            "old": block.old_level, "new": block.level, "kind": kind
        }  # fmt: skip
    if block.became:
        return _("%(old)s became %(new)s") % {"old": _KINDS.get(block.old_kind, block.old_kind), "new": kind}
    return ""
