"""Story lists for tests, made the way the desk makes them: through the actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from articles.actions import make_story_list, save_edition
from articles.actions.list_times import When
from articles.lists import ItemContent, ListContent
from articles.models import ListEdition, Publication, Story, StoryList
from tests.builders import MONDAY, OPERATOR


def item(target: Any, *, key: str = "", **values: Any) -> ItemContent:
    """An item for a Story, a Publication, an id or an address; `key` is made of the target."""
    if isinstance(target, str):
        values = {"headline": "链接", **values, "url": target}
    else:
        story = (
            target.story_id if isinstance(target, Publication) else target.pk if isinstance(target, Story) else target
        )
        values["story_id"] = story
    return ItemContent(key=key or f"k{target if isinstance(target, str) else values['story_id']}", **values)


def list_content(*targets: Any, title: str = "今日头条", **values: Any) -> ListContent:
    """A list of `targets`, each what `item` takes, or an ItemContent."""
    items = tuple(each if isinstance(each, ItemContent) else item(each) for each in targets)
    return ListContent(**{"title": title, "items": items, **values})


def a_list(
    *targets: Any,
    name: str = "首页头条",
    place: str = "front",
    slot: str = "main",
    now: datetime = MONDAY,
    by: Any = OPERATOR,
    scope: Any = None,
    **values: Any,
) -> StoryList:
    """A stored list whose first edition holds `targets` from `now` on. `scope`: a section, topic or story."""
    row = StoryList(name=name, place=place, slot=slot)
    if scope is not None:
        setattr(row, scope._meta.model_name, scope)
    return make_story_list(story_list=row, content=list_content(*targets, **values), by=by, now=now)


def an_edition(
    story_list: StoryList,
    *targets: Any,
    now: datetime = MONDAY,
    by: Any = OPERATOR,
    when: When | None = None,
    **values: Any,
) -> ListEdition:
    """A new edition of a list, at once unless `when` says otherwise."""
    content = list_content(*targets, **values)
    return save_edition(story_list=story_list, content=content, by=by, when=when or When(now=True), now=now)
