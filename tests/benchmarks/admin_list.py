"""Does anything cost more in a larger archive? Pages of the desk and of readers, timed in two sizes of archive.

    DEBUG=1 python tests/benchmarks/admin_list.py --stories 200000
    DEBUG=1 DATABASE_URL=postgresql://… python tests/benchmarks/admin_list.py --stories 200000

It makes two databases (temporary files, or `benchmark_…` on the server DATABASE_URL names) of 2,000 stories and of as
many as asked for, and prints for each page the milliseconds in both and their ratio. A ratio above 2 is marked: that
page reads the archive and not an index (or shows fewer rows in the small one, as where few stories are withdrawn).
200,000 stories need about 2 GB of disk and a few minutes. On PostgreSQL nothing else should be running meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django  # noqa: E402 - the path comes first

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, connections, models  # noqa: E402
from django.db.utils import load_backend  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from articles import clock  # noqa: E402
from articles.actions import publish_story, save_story  # noqa: E402
from articles.models import (  # noqa: E402
    Contributor,
    ContributorListing,
    FeedListing,
    Publication,
    Section,
    SectionListing,
    Story,
    StoryRows,
    Topic,
    TopicListing,
)
from articles.permissions import Operator  # noqa: E402
from articles.views.listing import place_of  # noqa: E402

SMALL = 2_000
RUNS = 11
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PARAGRAPH = "三月二日清晨，松岭开往省城的务工专车从县城汽车站开出，车上坐满了返岗的务工人员。"
# Copies of the first story have ids from here on; second publications of a story from further up.
FIRST, SECOND_PUBLICATION = 1_000, 100_000_000
IMPORTED = NOW - timedelta(days=3000)  # The one moment at which many first went live.


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=200_000)
    sizes = (SMALL, parser.parse_args().stories)
    setup_test_environment(debug=False)
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    logging.disable()
    clock.now = lambda: NOW
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        archives = [stack.enter_context(archive(size, Path(folder))) for size in sizes]
        compare(*archives)


@dataclass
class Archive:
    """A database of its own, with somebody logged in and the addresses of the pages in it."""

    size: int
    connection: Any
    client: Client
    pages: dict[str, str]

    def milliseconds(self, name: str) -> float:
        connections["default"] = self.connection
        started = clock_of_work()
        response = self.client.get(self.pages[name])
        spent = (clock_of_work() - started) * 1000
        if response.status_code not in {200, 404}:
            raise SystemExit(f"{self.pages[name]} answers {response.status_code}")
        return spent


def clock_of_work() -> float:
    # SQLite works in this process, so that what else the machine does need not count.
    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


@contextlib.contextmanager
def archive(size: int, folder: Path) -> Iterator[Archive]:
    values = copy.deepcopy(connections.settings["default"])
    original = values["NAME"]
    made = load_backend(values["ENGINE"]).DatabaseWrapper(values, "default")
    made.settings_dict["TEST"]["NAME"] = str(folder / str(size)) if made.vendor == "sqlite" else f"benchmark_{size}"
    connections["default"] = made
    made.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        started = time.perf_counter()
        user = User.objects.create_superuser("chief", password=None)
        fill(the_first_story(user), 0, size)
        print(f"{made.vendor}: {size:,} stories in {time.perf_counter() - started:.0f} s", flush=True)
        client = Client()
        client.force_login(user)
        yield Archive(size, made, client, pages(size))
    finally:
        connections["default"] = made
        made.creation.destroy_test_db(original, verbosity=0)


def compare(small: Archive, large: Archive) -> None:
    print(f"\n{'page':<34}{small.size:>12,}{large.size:>12,}   ratio")
    for name in small.pages:
        # In turn, so that what else the machine does slows both; and the quickest, because it only ever slows.
        times = [(small.milliseconds(name), large.milliseconds(name)) for _run in range(RUNS)]
        few, many = map(min, zip(*times, strict=True))
        grows = "  <-- grows" if many / few > 2 else ""
        print(f"{name:<34}{few:>9.1f} ms{many:>9.1f} ms{many / few:>8.1f}{grows}", flush=True)


# The archive


def the_first_story(user: User) -> Publication:
    """The story all others are copies of; ten sections, five people who change stories, a topic, a contributor."""
    for number in range(10):
        Section.objects.create(name=f"栏目{number}", slug=f"s{number}", position=number)
    for number in range(4):
        User.objects.create_user(f"reporter{number}", is_staff=True)
    story = Story(
        headline="松岭新开务工专车",
        summary=PARAGRAPH,
        opening=f"<p>{PARAGRAPH * 8}</p>",
        section=Section.objects.get(slug="s0"),
    )
    topics = [Topic.objects.create(name="春运", slug="chunyun")]
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    rows = StoryRows(story, topics=topics)
    rows.bylines = [story.bylines.model(contributor=person, role="reporter")]
    save_story(rows=rows, by=user, now=NOW - timedelta(days=4000))
    by, then = Operator("benchmark"), NOW - timedelta(days=4000)
    return publish_story(story=story, by=by, override="a benchmark", now=then)


def fill(first: Publication, start: int, end: int) -> None:
    """Add the stories `start` to `end`, newest first.

    Of a hundred five are drafts, one is withdrawn, ten are corrected, five first went live at one moment; one in forty
    has a word of its own; forty in all are scheduled.
    """
    minutes = "strftime('%Y-%m-%d %H:%M:%S', '{at:%Y-%m-%d %H:%M:%S}', '-' || (i * 7) || ' minutes')"
    if connection.vendor == "postgresql":
        minutes = "timestamptz '{at:%Y-%m-%d %H:%M:%S}+00' - (i * 7) * interval '1 minute'"
    written, corrected = minutes.format(at=NOW), minutes.format(at=NOW + timedelta(minutes=3))
    coming = minutes.format(at=NOW + timedelta(days=36_500))
    sections = list(Section.objects.order_by("pk").values_list("pk", flat=True))
    users = list(User.objects.order_by("pk").values_list("pk", flat=True))
    section, user = f"{sections[0]} + i % 10", f"{users[0]} + i % 5"
    draft, scheduled, withdrawn = "i % 100 < 5", "i < 2000 AND i % 100 IN (5, 6)", "i % 100 = 7"
    live_from = f"CASE WHEN {scheduled} THEN {coming} ELSE {written} END"
    first_live = f"CASE WHEN i % 20 = 11 THEN {minutes.format(at=IMPORTED).replace('i * 7', '0')} ELSE {live_from} END"
    kind = f"CASE WHEN {withdrawn} THEN 'withdrawn' ELSE 'published' END"
    own, second = f"{FIRST} + i", f"{SECOND_PUBLICATION} + i"
    rare = "CASE WHEN i % 40 = 11 THEN ' 稀罕 ' ELSE ' ' END"
    story = first.story
    insert = Insert(start, end)
    insert.copies(
        story,
        id=own,
        headline="headline || ' ' || i",
        section_id=section,
        updated_by_id=user,
        updated_at=written,
        created_at=written,
        has_publications=f"NOT ({draft})",
    )
    insert.copies(first.revision, id=own, story_id=own)
    common = {"story_id": own, "revision_id": own, "kind": kind}
    # What is changed again is a minor change: readers were told of it when it was written.
    insert.copies(
        first, where=f"NOT ({draft})", **common, id=own, live_from=live_from, first_live_at=first_live,
        told_at=live_from, live_until=f"CASE WHEN i % 10 = 9 THEN {corrected} END",
    )  # fmt: skip
    insert.copies(
        first, where="i % 10 = 9", **common, id=second, live_from=corrected, first_live_at=written, told_at=written,
        live_until="NULL",
    )  # fmt: skip
    for listing, column, value in (
        (SectionListing, "section_id", section),
        (TopicListing, "topic_id", "topic_id"),
        (ContributorListing, "contributor_id", "contributor_id"),
    ):
        row = listing.objects.filter(publication=first).get()
        shown = f"NOT ({draft}) AND NOT ({withdrawn})"
        values = {"first_live_at": first_live, "story_id": own, column: value}
        insert.copies(row, where=shown, id=own, publication_id=own, **values)
        insert.copies(row, where="i % 10 = 9", id=second, publication_id=second, **values)
    for place, row in enumerate(FeedListing.objects.filter(publication=first)):
        # Feeds hold endings too.
        values = {"story_id": own} | ({"section_id": section} if row.section_id else {})
        began = {"id": f"{own} * 10 + {place}", "publication_id": own, "live_from": live_from, "told_at": live_from}
        insert.copies(row, where=f"NOT ({draft})", **values, **began)
        again = {"id": f"{second} * 10 + {place}", "publication_id": second}
        insert.copies(row, where="i % 10 = 9", **values, **again, live_from=corrected, told_at=written)
    insert.copies(story.activities.first(), id=own, story_id=own, at=written)
    insert.copies(story.search_entry, story_id=own, text=f"text || {rare}", tokens=f"tokens || {rare}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


class Insert:
    def __init__(self, start: int, end: int) -> None:
        self.numbers = f"(SELECT {start} AS i UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < {end})"  # noqa: S608 - two numbers

    def copies(self, row: models.Model, where: str = "1 = 1", **expressions: str) -> None:
        """Insert a copy of `row` for each number that fits `where`; columns not given are as in `row`."""
        opts = row._meta
        columns = [field.column for field in opts.concrete_fields]
        values = ", ".join(expressions.get(column, column) for column in columns)
        with connection.cursor() as cursor:
            # No user's text comes near this.
            cursor.execute(
                f"WITH RECURSIVE numbers(i) AS {self.numbers} "  # noqa: S608
                f"INSERT INTO {opts.db_table} ({', '.join(columns)}) "
                f"SELECT {values} FROM {opts.db_table}, numbers "
                f"WHERE {opts.db_table}.{opts.pk.column} = {int(row.pk)} AND {where}"
            )


# The pages


def pages(size: int) -> dict[str, str]:
    """What is timed: names and addresses in the archive that is connected."""
    live = Publication.objects.live(NOW).filter(pk__gt=FIRST, pk__lt=SECOND_PUBLICATION)
    deep = live.order_by("pk")[int(size * 0.8)]
    amid = place_of(live.filter(first_live_at=IMPORTED).order_by("pk")[size // 40])
    stories = "/admin/articles/story/"
    autocomplete = "/admin/autocomplete/?app_label=articles&model_name=relatedlink&field_name=related_story&term="
    return {
        "list": stories,
        "list, page 2": f"{stories}?p=2",
        "list, last page": f"{stories}?p={min(size, 5000) // 50}",
        "status: draft": f"{stories}?status=draft",
        "status: live": f"{stories}?status=live",
        "status: scheduled": f"{stories}?status=scheduled",
        "status: withdrawn": f"{stories}?status=withdrawn",
        "changed today": f"{stories}?changed=today",
        "changed this month": f"{stories}?changed=month",
        "changed in a range, recent": f"{stories}?changed_from=2026-02-01&changed_until=2026-02-20",
        "changed until long ago": f"{stories}?changed_until=2026-02-22",
        "section": f"{stories}?section={Section.objects.get(slug='s3').pk}",
        "section and live": f"{stories}?section={Section.objects.get(slug='s3').pk}&status=live",
        "section without stories": f"{stories}?section=987654",
        "changed by me": f"{stories}?who=me",
        "search: a word of all": f"{stories}?q=专车",
        "search: a word of some": f"{stories}?q=稀罕",
        "search: no such word": f"{stories}?q=火星",
        "search: two words": f"{stories}?q=专车+省城",
        "search and live": f"{stories}?q=专车&status=live",
        "autocomplete": autocomplete,
        "autocomplete: a word of all": f"{autocomplete}专车",
        "story form": f"{stories}{deep.story_id}/change/",
        "activity list": "/admin/articles/activity/",
        "front page": "/",
        "section page": "/section/s3/",
        "section page, deep": f"/section/{deep.content.section.slug}/?before={place_of(deep)}",
        "topic page": "/topic/chunyun/",
        "topic page, amid one moment": f"/topic/chunyun/?before={amid}",
        "contributor page, deep": f"/contributor/lin-yi/?before={place_of(deep)}",
        "feed of the site": "/feed.atom",
        "feed of a section": "/section/s3/feed.atom",
        "feed of a topic": "/topic/chunyun/feed.json",
        "feed of a contributor": "/contributor/lin-yi/feed.rss",
        "story page": deep.get_absolute_url(),
        "unknown story": "/2026/03/02/x-987654321/",
    }


if __name__ == "__main__":
    main()
