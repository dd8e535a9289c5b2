"""Several people at one story at the same time: real threads, each with a database connection of its own.

On PostgreSQL the row lock makes them wait for each other, on SQLite the write lock of the file. SQLite's tests
otherwise run in memory, which threads cannot share like a file, so here its database is copied to a file first.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, connections, transaction

from articles.actions import (
    cancel_publication,
    publish_story,
    save_copyright_notice,
    save_story,
    withdraw_story,
)
from articles.models import CopyrightNotice, Publication, RelatedLink, Revision, Source, Story, StoryRows, Subsection
from tests.builders import MONDAY, OPERATOR, a_story

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
HOUR = timedelta(hours=1)

Together = Callable[[list[Callable[[], Any]]], list[Any]]


@pytest.fixture
def together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Together]:
    """Runs functions at the same moment, one per thread, and gives their results; an error of any is raised.

    Reading afterwards has to happen in a thread as well: on SQLite only they see the file.
    """

    def run(functions: list[Callable[[], Any]]) -> list[Any]:
        share_database(tmp_path, monkeypatch)
        start = threading.Barrier(len(functions))

        def in_thread(function: Callable[[], Any]) -> Any:
            try:
                connection.ensure_connection()
                start.wait(timeout=30)
                return function()
            finally:
                connection.close()

        with ThreadPoolExecutor(len(functions)) as threads:
            return [future.result(timeout=60) for future in [threads.submit(in_thread, each) for each in functions]]

    return run


def share_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let new threads connect to what this thread has stored so far."""
    file = tmp_path / "shared.sqlite3"
    if connection.vendor != "sqlite" or file.exists():
        return
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
        # Each connection asks for this when it opens; eight that had to switch a new file would block each other.
        copy.execute("PRAGMA journal_mode = WAL")
    copy.close()
    monkeypatch.setitem(connections.databases["default"], "NAME", file)


def state_of(story: Story) -> dict[str, Any]:
    """What is stored about the story and its chain, and whether `check_publications` finds it right."""
    call_command("check_publications", stdout=NullStream(), stderr=NullStream())
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    return {
        "headings": [part.heading for part in rows.subsections],
        "positions": [part.position for part in rows.subsections],
        "content": rows.content(),
        "numbers": list(story.revisions.order_by("number").values_list("number", flat=True)),
        "latest": story.revisions.first().content,
        "activities": story.activities.count(),
        "publications": list(story.publications.order_by("live_from").values_list("live_from", "live_until")),
    }


class NullStream:
    """A stream of a command that nobody reads."""

    def write(self, *args: Any, **options: Any) -> None: ...

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return False


def with_headline(story: Story, headline: str) -> Callable[[], Revision]:
    """A save of the story as it is when the save begins, with another headline."""

    def save() -> Revision:
        rows = StoryRows.stored(Story.objects.get(pk=story.pk))
        rows.story.headline = headline
        return save_story(rows=rows, by=OPERATOR, now=MONDAY)

    return save


def test_publishing_at_once_never_overlaps(together):
    """Eight people publish, schedule, withdraw and cancel one story: some are refused, and the chain is right."""
    story = a_story()
    publish_story(story=story, by=OPERATOR, now=MONDAY - HOUR)
    planned = [publish_story(story=story, by=OPERATOR, at=MONDAY + (20 + n) * HOUR, now=MONDAY) for n in range(2)]
    now = MONDAY + HOUR

    def may_be_refused(act: Callable[..., Any], **values: Any) -> Callable[[], bool]:
        def run() -> bool:
            try:
                act(by=OPERATOR, now=now, **values)
            except ValidationError:
                return False
            return True

        return run

    done = together(
        [
            may_be_refused(publish_story, story=story, note="1"),
            may_be_refused(publish_story, story=story, at=now + 5 * HOUR),
            may_be_refused(publish_story, story=story, at=now + 5 * HOUR, until=now + 6 * HOUR),
            may_be_refused(publish_story, story=story, at=now + 2 * HOUR, until=now + 9 * HOUR),
            may_be_refused(withdraw_story, story=story, at=now + 3 * HOUR),
            may_be_refused(withdraw_story, story=story, at=now + 7 * HOUR),
            may_be_refused(cancel_publication, publication=planned[0]),
            may_be_refused(cancel_publication, publication=planned[0]),
        ]
    )
    assert done[0]
    assert sum(done[6:]) <= 1
    [state] = together([lambda: state_of(story)])
    moments = [moment for window in state["publications"] for moment in window]
    assert None not in moments[:-1]
    assert moments[:-1] == sorted(moments[:-1])


def test_publishing_the_same_at_once_is_once(together):
    """A button pressed by eight people in one moment makes one publication."""
    story = a_story()
    published = together([lambda: publish_story(story=story, by=OPERATOR, now=MONDAY + HOUR).pk] * THREADS)
    [state] = together([lambda: state_of(story)])
    assert len(set(published)) == len(state["publications"]) == 1
    assert state["activities"] == 2


def test_saving_at_once_counts_versions_without_gaps(together):
    """Eight saves of different texts are eight versions in a row; the rows are what the last version says."""
    story = a_story()
    saves = [with_headline(story, f"标题{number}") for number in range(THREADS)]
    numbers = [revision.number for revision in together(saves)]
    assert sorted(numbers) == list(range(2, THREADS + 2))
    [state] = together([lambda: state_of(story)])
    assert state["numbers"] == list(range(1, THREADS + 2))
    assert state["content"] == state["latest"]
    assert state["activities"] == THREADS + 1


def test_saving_rows_at_once_keeps_one_whole_order(together):
    """Eight people turn the same subsections round and add their own: one of the orders wins, whole."""
    story = a_story(subsections=[(str(number), "", "") for number in range(5)])

    def reorder(person: int) -> Callable[[], None]:
        def save() -> None:
            rows = StoryRows.stored(Story.objects.get(pk=story.pk))
            turned = list(rows.subsections)[::-1] if person % 2 else list(rows.subsections)
            rows.subsections = [*turned, Subsection(heading=f"人{person}")]
            save_story(rows=rows, by=OPERATOR, now=MONDAY)

        return save

    together([reorder(person) for person in range(THREADS)])
    [state] = together([lambda: state_of(story)])
    assert state["positions"] == list(range(1, len(state["headings"]) + 1))
    assert state["content"] == state["latest"]
    assert set("01234") <= set(state["headings"])
    assert state["numbers"] == list(range(1, THREADS + 2))


def test_saving_the_same_at_once_makes_one_version(together):
    """A form sent eight times is one version."""
    story = a_story()
    together([with_headline(story, "新标题")] * THREADS)
    [state] = together([lambda: state_of(story)])
    assert state["numbers"] == [1, 2]


def test_saving_and_publishing_at_once_keeps_both(together):
    """A save does not forget that the story was published meanwhile, and a publication shows one whole version."""
    story = a_story("标题")

    def schedule(number: int) -> Callable[[], bool]:
        def run() -> bool:
            try:
                publish_story(story=story, by=OPERATOR, at=MONDAY + number * HOUR, change="minor", now=MONDAY)
            except ValidationError:
                # Earlier than one that was planned as the first: that one would change the text without a word.
                return False
            return True

        return run

    saves = [with_headline(story, f"标题{number}") for number in range(4)]
    done = together([*saves, *[schedule(number) for number in range(1, 5)]])
    [state] = together([lambda: state_of(story)])
    assert len(state["publications"]) == done[4:].count(True) >= 1
    assert state["numbers"] == [1, 2, 3, 4, 5]


def test_saving_stories_that_link_to_each_other_never_deadlocks(together):
    """Eight stories in a ring, each saved with links to all others: nobody waits for who waits for them."""
    stories = [a_story(f"标题{number}") for number in range(THREADS)]

    def link(story: Story, round_: int) -> Callable[[], None]:
        def save() -> None:
            rows = StoryRows.stored(Story.objects.get(pk=story.pk))
            rows.story.headline = f"{story.headline} {round_}"
            others = [other for other in stories if other.pk != story.pk]
            # Each in an order of its own, as lists of related stories are.
            shift = (story.pk + round_) % len(others)
            rows.related_links = [RelatedLink(related_story=other) for other in others[shift:] + others[:shift]]
            save_story(rows=rows, by=OPERATOR, now=MONDAY)

        return save

    for round_ in range(4):
        together([link(story, round_) for story in stories])
    numbers = together([lambda: list(Revision.objects.values_list("number", flat=True))])[0]
    assert sorted(numbers) == sorted([1, 2, 3, 4, 5] * THREADS)


def test_saving_a_link_does_not_wait_for_the_story_it_leads_to():
    """While one story is being saved, another that links to it can be saved: only that makes the ring above safe."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time, whatever is written")
    target, story = a_story("目标"), a_story("标题")

    def link() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            rows = StoryRows.stored(Story.objects.get(pk=story.pk))
            rows.related_links = [RelatedLink(related_story=target)]
            save_story(rows=rows, by=OPERATOR, now=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        for hold in (
            lambda: with_headline(target, "改")(),
            lambda: publish_story(story=target, by=OPERATOR, now=MONDAY + HOUR),
        ):
            with transaction.atomic():
                hold()
                thread.submit(link).result(timeout=30)
    assert story.related_links.count() == 1


def test_changing_a_notice_at_once_keeps_every_change(together):
    """Eight changes of the notice in force are eight notices, in a row; none replaces what stories say already."""
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    notice = CopyrightNotice.objects.create(source=source, text="旧", effective_from=MONDAY)

    def edit(number: int) -> Callable[[], None]:
        def save() -> None:
            mine = CopyrightNotice.objects.get(pk=notice.pk)
            mine.text = f"新{number}"
            save_copyright_notice(notice=mine, by=OPERATOR, now=MONDAY + timedelta(seconds=number))

        return save

    together([edit(number) for number in range(1, THREADS + 1)])
    [texts] = together([lambda: set(CopyrightNotice.objects.values_list("text", flat=True))])
    assert texts == {"旧", *(f"新{number}" for number in range(1, THREADS + 1))}


def test_publications_in_threads_are_not_seen_by_the_main_connection_on_sqlite(together):
    """The file really is another database: otherwise the tests above would look at what nobody changed."""
    story = a_story()
    together([lambda: publish_story(story=story, by=OPERATOR, now=MONDAY + HOUR)])
    assert Publication.objects.count() == (1 if connection.vendor == "postgresql" else 0)
