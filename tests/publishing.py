"""Publishing in tests: by the hour after `MONDAY`, and what readers see then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from articles import timeline
from articles.actions import (
    cancel_publication,
    publish_story,
    reschedule_publication,
    save_story,
    withdraw_story,
)
from articles.models import Publication, PublicationText, Revision, Section, Story, StoryRows
from articles.models.feed_listing import FEED_SUBJECTS
from tests.builders import MONDAY, OPERATOR, a_story

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


def hour(number: float) -> datetime:
    return MONDAY + number * HOUR


def change(story: Story, headline: str) -> Revision:
    """The story says something else from now on."""
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    rows.story.headline = headline
    return save_story(rows=rows, by=OPERATOR, now=MONDAY)


def publish(story: Story, now: float = 0, *, at: float | None = None, until: float | None = None, **values):
    """Without a note or a kind of change: as a minor one, for tests that are about other things."""
    if not values.get("note"):
        values.setdefault("change", "minor")
    return publish_story(
        story=story,
        by=values.pop("by", OPERATOR),
        at=None if at is None else hour(at),
        until=None if until is None else hour(until),
        now=hour(now),
        **values,
    )


def withdraw(story: Story, now: float = 0, *, at: float | None = None, note: str = "", by: object = OPERATOR):
    return withdraw_story(story=story, by=by, at=None if at is None else hour(at), note=note, now=hour(now))


def cancel(publication: Publication, now: float = 0, *, by: object = OPERATOR) -> None:
    cancel_publication(publication=publication, by=by, now=hour(now))


def move(publication: Publication, now: float = 0, *, at: float, by: object = OPERATOR, **values: Any) -> Publication:
    if values.get("until") is not None:
        values["until"] = hour(values["until"])
    return reschedule_publication(publication=publication, at=hour(at), by=by, now=hour(now), **values)


def seen(story: Story, number: float) -> str | None:
    """The headline readers see at that hour; None when they see none."""
    live = Publication.objects.live(hour(number)).filter(story=story).with_content()
    assert len(live) <= 1
    return live[0].content.headline if live else None


def windows(story: Story) -> list[tuple[str, float, float | None]]:
    """The chain: kind, first and last hour of each window."""
    return [
        (row.kind, (row.live_from - MONDAY) / HOUR, row.live_until and (row.live_until - MONDAY) / HOUR)
        for row in story.publications.order_by("live_from")
    ]


def last_activity(story: Story) -> str:
    return story.activities.order_by("-id").first().verb


def assert_stored_chain_is_right(story: Story) -> None:
    """The stored windows are those of `timeline.chain`, they never overlap, and what hangs on them is right."""
    rows = list(story.publications.order_by("live_from"))
    chain = timeline.chain([timeline.Asked(row.pk, row.live_from, row.requested_until) for row in rows])
    stored = [timeline.Window(row.pk, row.live_from, row.live_until) for row in rows]
    assert stored == chain
    assert timeline.overlaps(stored) == []
    shown = [row.live_from for row in rows if row.kind != Publication.Kind.WITHDRAWN]
    readers_had: list[Publication] = []
    seen: set[tuple] = set()
    told = None
    for place, row in enumerate(rows):
        assert row.first_live_at == min(shown)
        before = rows[place - 1] if place else None
        is_quiet = row.kind == Publication.Kind.PUBLISHED and row.live_from > min(shown)
        if not (is_quiet and before.shows and before.live_until == row.live_from):
            told = row.live_from
        assert row.told_at == told
        if row.shows:
            readers_had.append(row)
            seen |= subjects(row)
        else:
            # A withdrawal is of the version that readers had.
            last = readers_had[-1]
            assert (row.revision_id, row.slug, row.noindex) == (last.revision_id, last.slug, last.noindex)
        fed = list(row.feed_listings.all())
        assert {(entry.live_from, entry.told_at) for entry in fed} <= {(row.live_from, told)}
        found = {(name, getattr(entry, f"{name}_id")) for entry in fed for name in FEED_SUBJECTS}
        assert {each for each in found if each[1]} == (subjects(row) if row.is_listed else seen)
        listed = [row.sectionlistings, row.topiclistings, row.contributorlistings]
        if row.kind == Publication.Kind.WITHDRAWN or row.change == Publication.Change.RETRACTION:
            assert not any(manager.exists() for manager in listed)
        else:
            assert row.sectionlistings.exists()
            listed.append(PublicationText.objects.filter(publication=row))
        assert PublicationText.objects.filter(publication=row).exists() == row.is_listed
        for manager in listed:
            assert {listing.first_live_at for listing in manager.all()} <= {row.first_live_at}
    assert Story.objects.get(pk=story.pk).has_publications == bool(rows)


def subjects(row: Publication) -> set[tuple[str, int]]:
    """What a version has feeds by."""
    content = row.content
    section = Section.objects.get(pk=content.section.id)
    return {
        ("section", section.pk),
        *({("section", section.parent_id)} if section.parent_id else ()),
        *(("topic", topic.id) for topic in content.topics),
        *(("contributor", credit.contributor_id) for credit in content.byline),
        *({("source", content.source.id)} if content.source else ()),
    }


def a_planned_week() -> tuple[Story, list[Publication]]:
    """一 live from 0, 二 from 2, 三 from 4 until 5, 四 from 8."""
    story = a_story("一")
    planned = [publish(story)]
    for headline, at, until in (("二", 2, None), ("三", 4, 5), ("四", 8, None)):
        change(story, headline)
        planned.append(publish(story, at=at, until=until))
    return story, planned
