"""Bringing back what an earlier version said: the whole story, single fields or single subsections.

Restoring takes the stored values of the version, never what a page showed of them, and makes a new version.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import log_activity, name_of
from articles.actions.locking import lock_story
from articles.actions.story import save_story
from articles.comparison import has_own_key, pair_subsections
from articles.content import StoryContent, SubsectionContent, UnknownSchemaError
from articles.models import Activity, Revision, Story, StoryRows

# Before the key of a subsection, where one is restored without the others.
SUBSECTION = "subsection:"
FIELDS = tuple(field.name for field in fields(StoryContent))


@dataclass(frozen=True)
class Restored:
    """What came of it: the latest version, whether it is a new one, and the names of what exists no longer."""

    revision: Revision
    is_new: bool
    missing: tuple[str, ...]


@transaction.atomic
def restore_version(
    *,
    story: Story,
    revision: Revision,
    parts: Collection[str] | None = None,
    by: Any,
    based_on: int | None = None,
    now: datetime | None = None,
) -> Restored:
    """Make `story` say what `revision` says: all of it, or only `parts`.

    A part is the name of a field of StoryContent, or SUBSECTION and the key the subsection has in that version. A
    subsection the story still has is changed where it stands; one it has no longer comes back to the place it had.
    People, topics, sections and stories that exist no longer are left out and named in the answer. `based_on` is the
    number of the latest version the decision was made on. Raises PermissionDenied, and ValidationError for a version of
    another story, for parts it has not, for values that are not allowed any more, and, with the code `stale`, when
    there is a later version than `based_on`.
    """
    now = now or clock.now()
    story = lock_story(story.pk)
    if not permissions.can_edit(by, story):
        raise PermissionDenied(_("You may not change this story."))
    if revision.story_id != story.pk:
        raise ValidationError(_("This version belongs to another story."))
    latest = story.revisions.select_related("created_by").first()
    if based_on is not None and latest.number != based_on:
        raise _stale(latest)
    rows, missing = _rows(story, revision, None if parts is None else frozenset(parts))
    saved = save_story(rows=rows, by=by, comment=_comment(revision, parts), now=now)
    is_new = saved.number != latest.number
    if is_new:
        restored_parts = None if parts is None else sorted(parts)
        log_activity(
            by=by,
            verb=Activity.Verb.RESTORED,
            at=now,
            story=rows.story,
            version=saved.number,
            restored=revision.number,
            parts=restored_parts,
        )
    return Restored(saved, is_new, missing)


def content_of(revision: Revision) -> StoryContent:
    """What the version says. Raises ValidationError for one that a later release of the program wrote."""
    try:
        return revision.content
    except UnknownSchemaError as error:
        raise ValidationError(
            _("Version %(number)d was saved by another release of this program and cannot be read."),
            params={"number": revision.number},
        ) from error


def part_names(parts: Collection[str], content: StoryContent) -> list[str]:
    """`parts` as people read them: the words of the form, subsections by their heading."""
    headings = {f"{SUBSECTION}{part.key}": part.heading for part in content.subsections}
    return [headings[part] if part in headings else field_name(part) for part in sorted(parts)]


def field_name(name: str) -> str:
    """What a field of StoryContent is called on the form."""
    lists = {"byline": "bylines"}
    field = Story._meta.get_field(lists.get(name, name))
    related = field.related_model if field.auto_created else None
    return str(related._meta.verbose_name_plural if related else field.verbose_name)


def _stale(latest: Revision) -> ValidationError:
    message = _("%(who)s saved version %(number)d meanwhile. Look at it before you restore an earlier one.")
    return ValidationError(message, code="stale", params={"who": name_of(latest.created_by), "number": latest.number})


def _comment(revision: Revision, parts: Collection[str] | None) -> str:
    if parts is None:
        return _("restored from version %(number)d") % {"number": revision.number}
    names = _(", ").join(part_names(parts, content_of(revision)))
    return _("restored from version %(number)d: %(parts)s") % {"number": revision.number, "parts": names}


def _rows(story: Story, revision: Revision, parts: frozenset[str] | None) -> tuple[StoryRows, tuple[str, ...]]:
    """The rows the story is to have, and the names of what exists no longer."""
    wanted = content_of(revision)
    present = StoryRows.stored(story)
    now_said = present.content()
    content = replace(wanted, subsections=_with_present_keys(wanted.subsections, now_said.subsections))
    if parts is None:
        return StoryRows.from_content(story, content)
    known = {*FIELDS, *(f"{SUBSECTION}{part.key}" for part in wanted.subsections)}
    if not parts or not parts <= known:
        raise ValidationError(_("This version has no such part."))
    chosen = {name: getattr(content, name) for name in FIELDS if name in parts}
    if "subsections" not in chosen:
        keys = [part.removeprefix(SUBSECTION) for part in parts if part.startswith(SUBSECTION)]
        places = [place for place, part in enumerate(wanted.subsections) if part.key in keys]
        chosen["subsections"] = _with_subsections(content.subsections, now_said.subsections, places)
    if "related_links" in chosen:
        return StoryRows.from_content(story, replace(now_said, **chosen))
    # Links the story has now stay, even to a story that is in the bin.
    rows, missing = StoryRows.from_content(story, replace(now_said, **chosen, related_links=()))
    rows.related_links = present.related_links
    return rows, missing


def _with_present_keys(
    wanted: tuple[SubsectionContent, ...], present: tuple[SubsectionContent, ...]
) -> tuple[SubsectionContent, ...]:
    """The subsections with the keys the story knows them by; old versions had none of their own."""
    pairs = pair_subsections(wanted, present)
    return tuple(
        replace(part, key=present[pairs[place]].key if place in pairs else part.key if has_own_key(part) else "")
        for place, part in enumerate(wanted)
    )


def _with_subsections(
    wanted: tuple[SubsectionContent, ...], present: tuple[SubsectionContent, ...], places: list[int]
) -> tuple[SubsectionContent, ...]:
    """`present` with those of `wanted` at `places` put in: where they stand, or behind what they once stood behind."""
    parts = list(present)
    pairs = pair_subsections(wanted, present)
    standing = {place: present[other] for place, other in pairs.items()}
    for place in places:
        if place in standing:
            parts[parts.index(standing[place])] = wanted[place]
        else:
            before = next((standing[other] for other in range(place - 1, -1, -1) if other in standing), None)
            parts.insert(parts.index(before) + 1 if before else 0, wanted[place])
        standing[place] = wanted[place]
    return tuple(parts)
