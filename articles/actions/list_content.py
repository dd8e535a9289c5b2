"""What a list may hold, checked and completed on its way into the database."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.actions.activity import author
from articles.html import storable
from articles.lists import ItemContent, ListContent, Problem, problems
from articles.models import ListItem, ListRevision, Publication, Section, Story, StoryList

_COMMENT_LENGTH = ListRevision._meta.get_field("comment").max_length


class ListError(ValidationError):
    """A list that cannot be stored; `problems` say what is wrong where, with the item's key and field."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__([str(problem.message) for problem in found], code="list")
        self.problems = found


def new_item_key() -> str:
    """A key for an item that is new."""
    return secrets.token_hex(6)


def completed(content: ListContent, before: ListContent | None, at: datetime) -> ListContent:
    """`content` with the headlines that its own ones are written over. At most one query.

    A headline that is as it was keeps what it was written over: what was corrected since is still to be looked at.
    """
    known = {item.key: item for item in before.items} if before else {}
    fresh = [
        item
        for item in content.items
        if item.story_id and item.headline and not _says_the_same(item, known.get(item.key))
    ]
    headlines = headlines_of({item.story_id for item in fresh}, at)
    new = {item.key for item in fresh}

    def complete(item: ItemContent) -> ItemContent:
        if not item.headline or item.story_id is None:
            return replace(item, written_over="")
        if item.key in new:
            return replace(item, written_over=headlines.get(item.story_id, ""))
        return replace(item, written_over=known[item.key].written_over)

    return content.with_items(complete(item) for item in content.items)


def _says_the_same(item: ItemContent, before: ItemContent | None) -> bool:
    return before is not None and (before.story_id, before.headline) == (item.story_id, item.headline)


def headlines_of(story_ids: Collection[int], at: datetime) -> dict[int, str]:
    """What lists call each story at `at`: as it is live, or, while it is not, as its working copy says. Two queries."""
    if not story_ids:
        return {}
    rows = Story.objects.filter(pk__in=story_ids).values_list("pk", "headline", "short_headline")
    found = {pk: short or headline for pk, headline, short in rows}
    live = Publication.objects.live(at).filter(story__in=story_ids).order_by()
    for pk, headline, short in live.values_list(
        "story_id", "revision__stored__headline", "revision__stored__short_headline"
    ):
        found[pk] = short or headline
    return found


def check_value(content: ListContent) -> None:
    """Raises ListError for what cannot be stored whatever else is stored. No query: asked before any other question."""
    if found := problems(content):
        raise ListError(found)


def check(content: ListContent) -> None:
    """Raises ListError for what cannot be stored: the rules of the value, and stories and sections that are no more."""
    check_value(content)
    found = []
    known = dict(Story.objects.filter(pk__in=content.story_ids).values_list("pk", "binned_at"))
    for item in content.items:
        if item.story_id is None:
            continue
        if item.story_id not in known:
            found.append(Problem("story", _("There is no such story."), item.key))
        elif known[item.story_id] is not None:
            found.append(Problem("story", _("This story is in the bin."), item.key))
    section = content.fill_section_id
    if section is not None and not Section.objects.filter(pk=section).exists():
        found.append(Problem("fill_section", _("There is no such section any more.")))
    if found:
        raise ListError(found)


def keep_list_revision(
    story_list: StoryList, content: ListContent, *, by: Any, now: datetime, comment: str = ""
) -> ListRevision:
    """Store `content` as the next version of the list, which the caller has locked. Raises ListError."""
    check(content)
    latest = story_list.revisions.first()
    revision = ListRevision.objects.create(
        story_list=story_list,
        number=latest.number + 1 if latest else 1,
        stored=content.to_json(),
        digest=content.digest,
        created_at=now,
        created_by=author(by),
        comment=storable(comment).strip()[:_COMMENT_LENGTH],
    )
    ListItem.objects.bulk_create(ListItem(revision=revision, story_id=pk) for pk in content.story_ids)
    return revision
