"""The story lists of the demo newsroom, made and planned by its people through the actions of the desk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from articles.actions.list_edition import save_edition
from articles.actions.list_times import DRAFT, NOW, When
from articles.actions.story_list import make_story_list
from articles.demo_newsroom.list_values import DemoEdition, DemoItem, DemoList
from articles.lists import ItemContent, ListContent
from articles.models import ListEdition, Section, Story, StoryList, Topic
from articles.moments import local, zone

# How long before it is loaded, and before it begins, a demo edition was planned.
PLANNING_TIME = timedelta(hours=2)


def make_demo_lists(lists: Iterable[DemoList], *, people: Mapping[str, Any], now: datetime) -> int:
    """Make those of `lists` that are not there yet, with their editions; returns how many they were.

    The stories they name are stored already. What the desk has made of a list since stays as it is.
    """
    made = 0
    for text in lists:
        row = StoryList(name=text.name, place=text.place, slot=text.slot)
        row.section = Section.objects.get(slug=text.section) if text.section else None
        row.topic = Topic.objects.get(slug=text.topic) if text.topic else None
        where = Q(place=row.place, slot=row.slot, section=row.section, topic=row.topic, story=None)
        if StoryList.objects.filter(where | Q(name=row.name)).exists():
            continue
        _make(row, text.editions, people, now)
        made += 1
    if made:
        # The demo's past is done with.
        begun = ListEdition.objects.filter(begin_done_at=None, starts_at__lte=now)
        begun.update(begin_done_at=F("starts_at"))
        ListEdition.objects.filter(end_done_at=None, ends_at__lte=now).update(end_done_at=F("ends_at"))
    return made


def demo_key(key: str) -> str:
    """The import key of a demo story."""
    return f"demo:{key}"


def _make(row: StoryList, editions: tuple[DemoEdition, ...], people: Mapping[str, Any], now: datetime) -> None:
    first, *later = editions
    content = _content(first)
    make_story_list(
        story_list=row, content=content, by=people["chief_editor"], now=now - timedelta(hours=first.hours_ago)
    )
    # In the order in which they were decided: an edition never comes before what was decided earlier.
    planned = sorted(((_decided(edition, now), edition) for edition in later), key=lambda pair: pair[0])
    for decided, edition in planned:
        save_edition(
            story_list=row,
            content=_content(edition),
            by=people["list_editor"],
            when=_when(edition, now),
            comment=edition.comment,
            now=decided,
        )


def _decided(edition: DemoEdition, now: datetime) -> datetime:
    if edition.hours_ago is not None:
        return now - timedelta(hours=edition.hours_ago)
    start = _when(edition, now).start
    return min(now, start) - PLANNING_TIME if start else now - PLANNING_TIME


def _when(edition: DemoEdition, now: datetime) -> When:
    """When the edition counts. What would be over today is planned for tomorrow."""
    if edition.hours_ago is not None:
        return NOW
    if edition.starts is None:
        return DRAFT
    today = local(now).date()
    start = edition.starts.on(today, zone())
    end = edition.ends.on(today, zone()) if edition.ends else None
    if (end or start) <= now:
        tomorrow = today + timedelta(days=1)
        start, end = edition.starts.on(tomorrow, zone()), edition.ends.on(tomorrow, zone()) if end else None
    return When(start=start, end=end, special=end is not None)


def _content(edition: DemoEdition) -> ListContent:
    keys = [demo_key(item.key) for item in edition.items if item.key]
    stories = dict(Story.objects.filter(import_key__in=keys).values_list("import_key", "pk"))
    section = Section.objects.get(slug=edition.fill_section) if edition.fill_section else None
    return ListContent(
        title=edition.title,
        order=edition.order,
        length=edition.length,
        display=edition.display,
        fill_rule=edition.fill,
        fill_section_id=section.pk if section else None,
        may_repeat=edition.may_repeat,
        items=tuple(_item(item, stories) for item in edition.items),
    )


def _item(item: DemoItem, stories: Mapping[str, int]) -> ItemContent:
    # The same item keeps its key through all editions, as on the desk.
    item_key = hashlib.sha256((item.key or item.url).encode()).hexdigest()[:12]
    return item.as_content(item_key, stories[demo_key(item.key)] if item.key else None)
