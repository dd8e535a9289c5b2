"""Whether each item of a list will be shown, from when it was meant to be, and says what its story says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from articles.list_checks.facts import GONE, EditionFacts, ListFacts, PageFacts, StoryFacts
from articles.list_checks.findings import Level, Problem
from articles.list_checks.words import absence, say
from articles.lists import ItemContent
from articles.timeline import followed


def _problem(
    row: ListFacts,
    edition: EditionFacts,
    item: ItemContent,
    level: Level,
    start: datetime,
    end: datetime | None,
    message: object,
) -> Problem:
    return Problem(
        level=level,
        list_id=row.id,
        edition_id=edition.id,
        item_key=item.key,
        start=start,
        end=end,
        message=message,
    )


def _window(item: ItemContent, story: StoryFacts | None) -> tuple[datetime | None, datetime | None]:
    return followed(item.begin, item.end, story.went_live if story else None)


def items_begin_with_their_stories(page: PageFacts) -> Iterator[Problem]:
    """An item that is meant to be shown from a moment on, and whose story is not live then."""
    for row, edition, item, since in page.items():
        story = page.stories.get(item.story_id)
        if story is None or story.is_binned:
            continue
        begin, end = _window(item, story)
        meant = max(since, item.starts_at) if item.starts_at else since
        live = story.listed_from(meant)
        over = min((moment for moment in (end, edition.end) if moment is not None), default=None)
        if (over is not None and over <= meant) or live == meant:
            continue
        name = page.name_of(item)
        if live is None:
            if story.absence(meant) in GONE:
                continue
            words = say(_("“{name}” is a draft: it is not shown before it is published."), name=name)
            yield _problem(row, edition, item, Level.WARNING, meant, over, words)
        elif over is not None and over <= live:
            words = _("“{name}” never shows: it goes live {live}, and its time here is over {over}.")
            message = say(words, name=name, live=live, over=over)
            yield _problem(row, edition, item, Level.WARNING, meant, over, message)
        elif item.starts_at is not None or (item.pinned is not None and begin is None):
            words = _("“{name}” shows late: it is meant for {meant} and goes live {live}.")
            message = say(words, name=name, meant=meant, live=live)
            yield _problem(row, edition, item, Level.WARNING, meant, live, message)


def no_item_is_dead(page: PageFacts) -> Iterator[Problem]:
    """An item whose window is over, or whose story is no longer there."""
    for row, edition, item, since in page.items():
        story = page.stories.get(item.story_id) if item.story_id is not None else None
        _begin, end = _window(item, story)
        name = page.name_of(item)
        if end is not None and end <= since:
            message = say(_("“{name}” is over: its window ended {end}. It can be taken out."), name=name, end=end)
            yield _problem(row, edition, item, Level.NOTE, since, edition.end, message)
        elif item.story_id is not None:
            gone = _gone_from(story, since)
            over = min((moment for moment in (end, edition.end) if moment is not None), default=None)
            if gone is not None and (over is None or gone < over):
                why = absence(item.story_id, name, page, gone)
                message = say(_("{why}: readers do not see it any more."), why=why)
                yield _problem(row, edition, item, Level.WARNING, gone, edition.end, message)


def _gone_from(story: StoryFacts | None, since: datetime) -> datetime | None:
    """From when on, at `since` or later, lists will never lead to the story again; None: that is not planned."""
    if story is None:
        return since
    at: datetime | None = since
    while at is not None:
        live = None if story.is_binned else story.listed_from(at)
        if live is None:
            return at if story.absence(at) in GONE else None
        at = story.listed_until(live)
    return None


def no_list_links_to_its_own_page(page: PageFacts) -> Iterator[Problem]:
    for row, edition, item, since in page.items():
        target = item.story_id if item.story_id is not None else page.linked_stories.get(item.url)
        if row.story_id is not None and target == row.story_id:
            words = _("“{name}” leads to the story whose page the list stands on.")
            message = say(words, name=page.name_of(item))
            yield _problem(row, edition, item, Level.WARNING, since, edition.end, message)


def own_headlines_have_not_drifted(page: PageFacts) -> Iterator[Problem]:
    """A headline that was typed over another one than the story has by then."""
    for row, edition, item, since in page.items():
        story = page.stories.get(item.story_id) if item.story_id is not None else None
        if story is None or not item.headline or not item.written_over:
            continue
        drifted = [
            version
            for version in story.versions
            if version.is_listed
            and version.headline != item.written_over
            and (version.end is None or version.end > since)
            and (edition.end is None or version.start < edition.end)
        ]
        if not drifted:
            continue
        first = drifted[0]
        is_correction = any(version.is_correction for version in drifted)
        words = _("“{name}” was written over “{before}”; the story is now called “{after}”.")
        if is_correction:
            words = _("“{name}” was written over “{before}”; the story was corrected and is now called “{after}”.")
        message = say(words, name=item.headline, before=item.written_over, after=drifted[-1].headline)
        level = Level.SERIOUS if is_correction else Level.WARNING
        yield _problem(row, edition, item, level, max(since, first.start), edition.end, message)


def links_lead_somewhere(page: PageFacts) -> Iterator[Problem]:
    for row, edition, item, since in page.items():
        if item.url and not page.links.get(item.url, True):
            message = say(_("“{name}” leads readers to nothing: {url}"), name=page.name_of(item), url=item.url)
            yield _problem(row, edition, item, Level.SERIOUS, since, edition.end, message)
