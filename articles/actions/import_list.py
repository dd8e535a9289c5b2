"""The headlines of an imported page, as a story list beside its story.

A headline alone leads nowhere, so each becomes a story: the stored one of that headline, or a draft of nothing but the
headline, which nobody sees before somebody has written and published it. Until then the list fills its places with the
latest stories. Importing again changes nothing, and a list that somebody has changed since is left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from articles import permissions
from articles.actions.import_report import ImportedList
from articles.actions.list_edition import save_edition
from articles.actions.list_times import NOW
from articles.actions.story_list import lock_list, make_story_list
from articles.chinese import comparison_key
from articles.lists import ItemContent, ListContent
from articles.lists.content import LONGEST
from articles.models import ImportRun, ListEdition, Story, StoryList

SLOT = "headlines"
_NAME_LENGTH = StoryList._meta.get_field("name").max_length
_HEADLINE_LENGTH = Story._meta.get_field("headline").max_length


def import_headlines(
    *,
    story: Story,
    headlines: Sequence[str],
    find: Callable[[str], Story | None],
    draft: Callable[[str], Story],
    file_name: str,
    by: Any,
    now: datetime,
) -> ImportedList:
    """Make the list of `headlines` beside `story`, or bring it up to date.

    `find` gives the stored story of a headline, `draft` stores a new one. Raises what saving a list raises.
    """
    story_list = StoryList.objects.filter(place=StoryList.Place.BESIDE, slot=SLOT, story=story).first()
    if story_list is not None:
        story_list = lock_list(story_list.pk)
    if story.binned_at is not None:
        return ImportedList(story_list, "skipped", "in the bin")
    if not permissions.can_make_lists(by):
        return ImportedList(story_list, "skipped", "no right to make lists")
    if story_list is not None and not _is_as_imported(story_list):
        return ImportedList(story_list, "skipped", "changed since its import")
    stories, drafts = _stories(headlines, story, find, draft)
    if not stories:
        return ImportedList(story_list, "skipped", "no headline can be kept")
    content = _content(stories)
    if story_list is None:
        story_list = StoryList(name=_name(story), place=StoryList.Place.BESIDE, slot=SLOT, story=story)
        make_story_list(story_list=story_list, content=content, by=by, now=now)
        return ImportedList(story_list, "created", "", len(stories), drafts, version=1)
    latest = story_list.revisions.first()
    if latest.digest == content.digest:
        return ImportedList(story_list, "skipped", "", len(stories), drafts, version=latest.number)
    edition = ListEdition.objects.holding(now).filter(story_list=story_list).first()
    comment = _("Imported from %(file)s.") % {"file": file_name}
    saved = save_edition(
        story_list=story_list, content=content, by=by, when=NOW, edition=edition, comment=comment, now=now
    )
    return ImportedList(story_list, "updated", "", len(stories), drafts, version=saved.revision.number)


def _is_as_imported(story_list: StoryList) -> bool:
    """Whether the newest version of the list, and all that is planned for it, is what the newest import made of it."""
    run = ImportRun.objects.filter(report__list__id=story_list.pk).first()
    latest = story_list.revisions.first()
    if run is None or run.report["list"]["version"] != latest.number:
        return False
    newest = story_list.editions.order_by("-created_at", "-pk").first()
    # Ended by hand, or called off: that stands.
    return newest is not None and newest.revision_id == latest.pk and newest.ends_at is None


def _stories(
    headlines: Sequence[str],
    story: Story,
    find: Callable[[str], Story | None],
    draft: Callable[[str], Story],
) -> tuple[list[Story], int]:
    """The story of each headline, once each and without the page's own; and how many of them are new."""
    found: dict[int, Story] = {}
    drafts = 0
    for headline in {comparison_key(text): text for text in headlines if len(text) <= _HEADLINE_LENGTH}.values():
        if len(found) == LONGEST:
            break
        target = find(headline)
        if target is None:
            target = draft(headline)
            drafts += 1
        if target.pk != story.pk and target.binned_at is None:
            found.setdefault(target.pk, target)
    return list(found.values()), drafts


def _content(stories: Sequence[Story]) -> ListContent:
    return ListContent(
        title=_("Headlines"),
        length=len(stories),
        # Most of these are not out yet: readers have the latest in their places.
        fill_rule="latest",
        items=tuple(ItemContent(key=_item_key(story), story_id=story.pk) for story in stories),
    )


def _item_key(story: Story) -> str:
    """The same for the same story in every import."""
    return hashlib.sha256(f"story:{story.pk}".encode()).hexdigest()[:12]


def _name(story: Story) -> str:
    """A name no other list has."""
    name = _("Headlines beside “%(headline)s”") % {"headline": story.headline}
    number = f" {story.pk}"
    return name[: _NAME_LENGTH - len(number)] + number
