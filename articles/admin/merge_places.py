"""Places of a merge in words, and each contradiction as the page of conflicts shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field
from django.forms import Widget
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.actions import ConflictError
from articles.actions.activity import name_of
from articles.admin.autocomplete import is_id
from articles.admin.merge_choices import OWN, PostedChoices
from articles.comparison import Segment, Status, compare_text
from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent
from articles.html import CleanHtml, plain_text
from articles.merging import Conflict
from articles.models import RelatedLink, Story, Subsection


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ShownConflict:
    """One contradiction: `theirs` and `mine` as pairs of text and whether it differs, `base` as text.

    A side of which nothing is left has no pairs and is `…_gone`. `widget` writes the own text, where one may stand.
    """

    place: str
    number: int
    label: str
    theirs: Sequence[tuple[str, bool]]
    mine: Sequence[tuple[str, bool]]
    base: str
    theirs_gone: bool
    mine_gone: bool
    options: Sequence[Option]
    widget: Widget | None
    own: SafeString | str


def shown_conflicts(conflict: ConflictError, posted: PostedChoices) -> list[ShownConflict]:
    """The contradictions of `conflict`, with what was chosen and written before filled in."""
    latest = conflict.latest.content
    contents = (conflict.merged.content, latest)
    bases = conflict.latest.story.revisions.filter(number=conflict.base)
    contents += tuple(revision.content for revision in bases)
    return [
        _shown(each, number, place_in_words(each.place, contents), posted, name_of(conflict.latest.created_by))
        for number, each in enumerate(conflict.merged.conflicts, start=1)
    ]


def _shown(conflict: Conflict, number: int, label: str, posted: PostedChoices, who: str) -> ShownConflict:
    chosen, written = posted.drafts.get(conflict.place, ("", ""))
    words = {
        "theirs": _("Keep what %(who)s saved") % {"who": who},
        "mine": _("Keep mine"),
        "both": _("Keep both, one after the other"),
        "own": _("Write another text"),
    }
    old, new = _texts(*(_named(conflict.place, side) for side in (conflict.theirs, conflict.mine)))
    segments = compare_text(old, new).segments
    widget = _field_at(conflict.place).formfield().widget if "own" in conflict.options else None
    own = written or (str(conflict.mine) if widget else "")
    attributes = {"id": f"own-{number}", "aria-labelledby": f"own-label-{number}"}
    return ShownConflict(
        place=conflict.place,
        number=number,
        label=label,
        theirs=_side(segments, Status.DELETED),
        mine=_side(segments, Status.ADDED),
        base=_in_words(_named(conflict.place, conflict.base)),
        theirs_gone=conflict.theirs is None,
        mine_gone=conflict.mine is None,
        options=[
            Option(value, words[value], value == chosen)
            for value in ("theirs", "mine", "both", "own")
            if value in conflict.options
        ],
        widget=widget,
        own=widget.render(f"{OWN}{conflict.place}", own, attributes) if widget else "",
    )


def _side(segments: Iterable[Segment], differing: Status) -> list[tuple[str, bool]]:
    return [(each.text, each.status is differing) for each in segments if each.status in {Status.KEPT, differing}]


def _texts(theirs: Any, mine: Any) -> tuple[str, str]:
    """Both sides as they are read; where only the markup differs, that."""
    old, new = _in_words(theirs), _in_words(mine)
    if old == new and isinstance(theirs, CleanHtml) and isinstance(mine, CleanHtml):
        return str(theirs), str(mine)
    return old, new


def _named(place: str, value: Any) -> Any:
    """What the form calls a code, such as a language; any other value as it is."""
    if not isinstance(value, str) or ":" in place:
        return value
    names = dict(Story._meta.get_field(place).flatchoices)
    return str(names.get(value, value)) if names else value


def _in_words(value: Any) -> str:
    """A value of a content as text."""
    match value:
        case None:
            return ""
        case CleanHtml():
            return plain_text(value)
        case str():
            return value
        case Reference() | Credit():
            return value.name
        case SubsectionContent():
            return "\n".join(text for text in (value.heading, value.figures, plain_text(value.body)) if text)
        case RelatedLinkContent():
            return "\n".join(text for text in (_link_in_words(value), value.teaser) if text)
        case tuple():
            return "\n".join(f"{place}. {_in_words(part).partition(chr(10))[0]}" for place, part in enumerate(value, 1))
    return str(value)


def _link_in_words(link: RelatedLinkContent) -> str:
    return link.headline or link.url or _headline_of(link.story_id)


def _headline_of(story_id: Any) -> str:
    known = Story.objects.filter(pk=story_id).values_list("headline", flat=True).first() if is_id(story_id) else None
    return known or str(story_id)


def _leads_to(link: RelatedLinkContent, target: str) -> bool:
    """Whether it is the link of that place: a story's id or an address, then a number where it is there twice."""
    return target.partition(" ")[0] == (link.url if link.story_id is None else str(link.story_id))


_ORDERS = ("order", "byline:order", "related:order")
_LINK_TEXTS = (":headline", ":teaser")


def _field_at(place: str) -> Field:
    """The model field that holds the text at `place`."""
    kind, _colon, rest = place.partition(":")
    if not rest:
        return Story._meta.get_field(place)
    model = Subsection if kind == "subsection" else RelatedLink
    return model._meta.get_field(rest.rpartition(":")[2])


def taken_in_words(place: str, contents: Sequence[StoryContent]) -> str:
    """A place that is as a colleague left it, whose version is the first of `contents`; also that it is gone."""
    words = place_in_words(place, contents)
    return _("%(part)s (deleted)") % {"part": words} if _is_gone(place, contents[0]) else words


def _is_gone(place: str, content: StoryContent) -> bool:
    """Whether `place` is that of a whole part which `content` does not have."""
    kind, _colon, rest = place.partition(":")
    if place in _ORDERS or rest.endswith(_LINK_TEXTS):
        return False
    match kind:
        case "subsection":
            return ":" not in rest and all(part.key != rest for part in content.subsections)
        case "related":
            return not any(_leads_to(link, rest) for link in content.related_links)
        case "byline":
            return all(rest != f"{row.contributor_id}:{row.role}" for row in content.byline)
        case "topic":
            return all(rest != str(topic.id) for topic in content.topics)
    return False


def place_in_words(place: str, contents: Sequence[StoryContent]) -> str:
    """What an editor calls `place`; names are looked up in `contents`, the first that knows them."""
    if place in _ORDERS:
        return (_("order of the subsections"), _("order of the byline"), _("order of the related links"))[
            _ORDERS.index(place)
        ]
    kind, _colon, rest = place.partition(":")
    match kind:
        case "subsection":
            key, _colon, text = rest.partition(":")
            parts = (part for content in contents for part in content.subsections if part.key == key)
            words = {"part": _("subsection “%(heading)s”") % {"heading": next((part.heading for part in parts), key)}}
            return _of(text, words) if text else words["part"]
        case "related":
            target, _colon, text = rest.rpartition(":") if rest.endswith(_LINK_TEXTS) else (rest, "", "")
            links = (link for content in contents for link in content.related_links if _leads_to(link, target))
            name = next((link.headline for link in links if link.headline), "") or _headline_of(
                target.partition(" ")[0]
            )
            words = {"part": _("related link “%(name)s”") % {"name": name}}
            return _of(text, words, RelatedLink) if text else words["part"]
        case "byline":
            person = rest.partition(":")[0]
            names = (row.name for content in contents for row in content.byline if str(row.contributor_id) == person)
            return _("%(name)s in the byline") % {"name": next(names, person)}
        case "topic":
            names = (topic.name for content in contents for topic in content.topics if str(topic.id) == rest)
            return _("topic “%(name)s”") % {"name": next(names, rest)}
    return str(Story._meta.get_field(place).verbose_name)


def _of(text: str, words: dict[str, str], model: Any = Subsection) -> str:
    """A text of a part: "heading of subsection “…”"."""
    return _("%(field)s of %(part)s") % {**words, "field": model._meta.get_field(text).verbose_name}
