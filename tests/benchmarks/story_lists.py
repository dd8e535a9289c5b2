"""Do story lists cost more the more past they have? All lists of one story page, resolved in three archives.

    DEBUG=1 python tests/benchmarks/story_lists.py
    DEBUG=1 DATABASE_URL=postgresql://… python tests/benchmarks/story_lists.py --plan

It makes databases of their own (temporary files, or `benchmark_…` on the server DATABASE_URL names), each with 200
story lists of 20 items: one of 1,000 stories and 50 editions of each list, one of 100,000 stories and 50 editions, and
one of 100,000 stories and the current edition alone. A story page has 20 of the lists, chosen from the 40 that fit it.
Printed are the number of queries, which is at most three, and the milliseconds in each archive with their ratios. It
fails where a ratio is above 2, or a query too many is asked. `--plan` prints how the database answers, too. On
PostgreSQL nothing else should be running meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from admin_list import FIRST, NOW, archive, clock_of_work
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext, setup_test_environment

from articles.lists import ItemContent, ListContent
from articles.models import (
    ListEdition,
    ListItem,
    ListRevision,
    Publication,
    Section,
    StoryList,
    Topic,
)
from articles.resolver import Place, Scope, ShownList, resolve

FEW, MANY = 1_000, 100_000
LISTS, EDITIONS, ITEMS = 200, 50, 20
RUNS = 25
MOST_QUERIES = 3
# Of what 50 editions are: the current one, two planned ones, seven specials that are over; the rest is past.
PLANNED, SPECIALS = 2, 7
RULES = ("latest", "more_like_this", "same_topic", "nothing")


@dataclass
class Lists:
    """An archive with lists in it, and the page that is resolved."""

    name: str
    connection: object
    scope: Scope

    def resolved(self) -> list[ShownList]:
        connections["default"] = self.connection
        return resolve([Place.BELOW, Place.BESIDE], self.scope, NOW)

    def milliseconds(self) -> float:
        connections["default"] = self.connection
        started = clock_of_work()
        self.resolved()
        return (clock_of_work() - started) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=MANY, help=f"stories of the large archives (default: {MANY})")
    parser.add_argument("--plan", action="store_true", help="print the queries and how the database answers them")
    options = parser.parse_args()
    setup_test_environment(debug=False)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        archives = [
            stack.enter_context(lists(stories, editions, Path(folder)))
            # One story more, because an archive has the name of its size.
            for stories, editions in ((FEW, EDITIONS), (options.stories, EDITIONS), (options.stories + 1, 1))
        ]
        return compare(archives, options.plan)


def compare(archives: list[Lists], plan: bool) -> int:
    queries = [queries_of(one, plan) for one in archives]
    # In turn, so that what else the machine does slows all; and the quickest, because it only ever slows.
    runs = [[one.milliseconds() for one in archives] for _run in range(RUNS)]
    few, many, no_past = map(min, zip(*runs, strict=True))
    print()
    for one, spent, count in zip(archives, (few, many, no_past), queries, strict=True):
        print(f"{one.name:<44}{count:>3} queries{spent:>9.1f} ms")
    ratios = {
        f"{EDITIONS} editions of each list to 1": many / no_past,
        "the large archive to the small one": many / few,
    }
    for name, ratio in ratios.items():
        print(f"{name:<44}{ratio:>20.2f}{'  <-- grows' if ratio > 2 else ''}")
    return int(max(ratios.values()) > 2 or max(queries) > MOST_QUERIES)


def queries_of(one: Lists, plan: bool) -> int:
    connections["default"] = one.connection
    with CaptureQueriesContext(connection) as captured:
        shown = one.resolved()
    if len(shown) != LISTS // 10 or any(not row.entries for row in shown):
        raise SystemExit("The lists are not as they were made.")
    if plan:
        explain = "EXPLAIN ANALYZE" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        for query in captured.captured_queries:
            print(f"\n-- {one.name}\n{query['sql'][:3000]}")
            with connection.cursor() as cursor:
                cursor.execute(f"{explain} {query['sql']}".replace("%", "%%"), [])
                print(*("  ".join(map(str, row)) for row in cursor.fetchall()), sep="\n")
    return len(captured)


# The archive


@contextlib.contextmanager
def lists(stories: int, editions: int, folder: Path) -> Iterator[Lists]:
    with archive(stories, folder) as made:
        started = time.perf_counter()
        fill(stories, editions)
        print(f"  {LISTS} lists of {editions} editions in {time.perf_counter() - started:.0f} s", flush=True)
        story = Publication.objects.listed(NOW).filter(pk__gte=FIRST).select_related("story").order_by("-pk").first()
        topics = tuple(Topic.objects.values_list("pk", flat=True))
        section = next(row for row in StoryList.objects.exclude(section=None)).section_id
        scope = Scope(section_id=section, topic_ids=topics, story_id=story.story_id)
        yield Lists(f"{stories:,} stories, {editions} editions", made.connection, scope)


def fill(stories: int, editions: int) -> None:
    """The lists: in each of 20 slots one for all stories and nine for a section each."""
    chance = random.Random(stories)  # noqa: S311 - no secret
    live = list(Publication.objects.listed(NOW).values_list("story_id", flat=True)[:5000])
    sections = list(Section.objects.order_by("pk"))[:9]
    rows = []
    for number in range(LISTS):
        place = [Place.BESIDE, Place.BELOW][number % 2]
        section = [None, *sections][number // 20]
        slot = f"slot-{number % 20 // 2}"
        rows.append(StoryList(name=f"列表{number}", place=place, slot=slot, section=section, created_at=NOW))
    rows = StoryList.objects.bulk_create(rows)
    for story_list in rows:
        contents = [list_content(chance.sample(live, ITEMS), RULES[story_list.pk % 4]) for _edition in range(editions)]
        revisions = ListRevision.objects.bulk_create(
            ListRevision(
                story_list=story_list, number=number, stored=content.to_json(), digest=content.digest, created_at=NOW
            )
            for number, content in enumerate(contents, start=1)
        )
        ListItem.objects.bulk_create(
            ListItem(revision=revision, story_id=story)
            for revision, content in zip(revisions, contents, strict=True)
            for story in content.story_ids
        )
        ListEdition.objects.bulk_create(editions_of(story_list, revisions))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def list_content(stories: list[int], rule: str) -> ListContent:
    items = tuple(
        ItemContent(key=f"{number:012x}", story_id=story, pinned=1 if number == 0 else None)
        for number, story in enumerate(stories)
    )
    return ListContent(title="要闻", length=ITEMS, fill_rule=rule, may_repeat=True, items=items)


def editions_of(story_list: StoryList, revisions: list[ListRevision]) -> Iterator[ListEdition]:
    """What was in force, oldest first, an hour each; the current one; and what is planned."""
    if len(revisions) == 1:
        yield edition(story_list, revisions[0], NOW - timedelta(hours=1))
        return
    planned = revisions[-PLANNED:]
    specials, standing = revisions[:SPECIALS], revisions[SPECIALS:-PLANNED]
    for number, revision in enumerate(specials, start=1):
        start = NOW - timedelta(days=number)
        yield edition(story_list, revision, start, start + timedelta(hours=3), kind=ListEdition.Kind.SPECIAL)
    starts = [NOW - timedelta(hours=len(standing) - number) for number in range(len(standing))]
    starts += [NOW + timedelta(days=number) for number in range(1, PLANNED + 1)]
    ends = [*starts[1:], None]
    for revision, start, end in zip([*standing, *planned], starts, ends, strict=True):
        yield edition(story_list, revision, start, end)


def edition(
    story_list: StoryList, revision: ListRevision, start: object, end: object = None, **values: str
) -> ListEdition:
    return ListEdition(
        story_list=story_list,
        revision=revision,
        starts_at=start,
        ends_at=end,
        requested_end=end if values else None,
        created_at=NOW,
        **values,
    )


if __name__ == "__main__":
    raise SystemExit(main())
