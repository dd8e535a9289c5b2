"""Does the search of readers cost more in a larger archive? Its page, timed in two sizes of archive.

    DEBUG=1 python tests/benchmarks/reader_search.py
    DEBUG=1 DATABASE_URL=postgresql://… python tests/benchmarks/reader_search.py --plan

It makes databases of their own (temporary files, or `benchmark_…` on the server DATABASE_URL names) of 2,000 and of
50,000 stories whose texts differ, and prints for each query the milliseconds in both and their ratio. It fails where a
ratio is above 2 for a query that as many stories answer in both, or that nearly all stories answer. A word that a
larger archive holds more often, and not among its newest stories, costs more there: its ratio is only printed.
`--plan` prints how the database answers, too. On PostgreSQL nothing else should be running meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent))

from admin_list import FIRST, NOW, SMALL, Archive, archive
from django.conf import settings
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext, setup_test_environment

from articles import clock
from articles.chinese import bigrams
from articles.models import Publication, PublicationText
from articles.search.published import Asked, find_published
from articles.views.listing import place_of

LARGE = 50_000
RUNS = 9
# So many texts there are; each story has one of them, and words of its own.
TEXTS, WORDS_OF_A_TEXT, WORDS = 400, 400, 6_000
# What is asked for, and whether it may cost more in the larger archive.
QUERIES = {
    "a word of all": ("专车", False),
    "a word of one story in forty": ("稀罕", True),
    "a word of ten stories": ("孤例", False),
    "a word of the oldest tenth": ("当年", True),
    "two words of all": ("专车 省城", False),
    "a sentence of all": ("开往省城的务工专车", False),
    "a word of all and one of ten": ("专车 孤例", False),
    "a Latin word of all": ("gdp", False),
    "no such word": ("火星", False),
}
# A section of the small archive has fewer stories than are looked at one by one.
MAY_GROW = {name for name, (_query, grows) in QUERIES.items() if grows} | {"a word of all, in a section"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=LARGE, help=f"stories of the large archive (default: {LARGE})")
    parser.add_argument("--plan", action="store_true", help="print the queries and how the database answers them")
    options = parser.parse_args()
    setup_test_environment(debug=False)
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    clock.now = lambda: NOW
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        archives = [stack.enter_context(searched(size, Path(folder))) for size in (SMALL, options.stories)]
        if options.plan:
            connections["default"] = archives[1].connection
            explain()
        return compare(*archives)


def compare(small: Archive, large: Archive) -> int:
    print(f"\n{'query':<34}{small.size:>12,}{large.size:>12,}   ratio")
    failed = 0
    for name in small.pages:
        times = [(small.milliseconds(name), large.milliseconds(name)) for _run in range(RUNS)]
        few, many = map(min, zip(*times, strict=True))
        may_grow = name in MAY_GROW
        grows = many / few > 2 and not may_grow
        failed += grows
        print(f"{name:<34}{few:>9.1f} ms{many:>9.1f} ms{many / few:>8.1f}{'  <-- grows' if grows else ''}", flush=True)
    return int(failed > 0)


@contextlib.contextmanager
def searched(size: int, folder: Path) -> Iterator[Archive]:
    """An archive whose publications are all in the index, and the addresses of searches in it."""
    with archive(size, folder) as made:
        started = time.perf_counter()
        PublicationText.objects.all().delete()
        fill(size)
        print(f"  texts of {size:,} stories in {time.perf_counter() - started:.0f} s", flush=True)
        made.pages = {name: f"/search/?q={quote(query)}" for name, (query, _grows) in QUERIES.items()}
        all_of_them = made.pages["a word of all"]
        live = Publication.objects.listed(NOW).filter(pk__gt=FIRST).order_by("-first_live_at", "-pk")
        deep = live[int(live.count() * 0.8)]
        made.pages |= {
            "a word of all, in a section": f"{all_of_them}&section=s3",
            "a word of all, on a day long ago": f"{all_of_them}&from=2026-02-22&to=2026-02-22",
            "a word of all, deep": f"{all_of_them}&before={place_of(deep)}",
            "a word of ten, in a section": f"{made.pages['a word of ten stories']}&section=s3",
            "the form": "/search/",
        }
        yield made


def fill(size: int) -> None:
    """Texts of some eight hundred characters, of words as common as words are: the rank decides."""
    chance = random.Random(1)  # noqa: S311 - no secret
    words = [chr(chance.randrange(0x4E00, 0x5E00)) + chr(chance.randrange(0x4E00, 0x5E00)) for _word in range(WORDS)]
    weights = [1 / rank for rank in range(1, WORDS + 1)]
    texts = []
    for _text in range(TEXTS):
        text = "开往省城的务工专车，gdp，" + "，".join(chance.choices(words, weights, k=WORDS_OF_A_TEXT))
        texts.append((text, " ".join(bigrams(text))))
    batch = []
    rows = Publication.objects.filter(pk__gte=FIRST).exclude(kind="withdrawn").order_by("pk")
    for place, (key, first_live_at) in enumerate(rows.values_list("pk", "first_live_at").iterator(5000)):
        text, tokens = texts[place % TEXTS]
        own = [f"w{key}"]
        own += ["稀罕"] if place % 40 == 11 else []
        own += ["孤例"] if place % (size // 10) == 77 else []
        own += ["当年"] if first_live_at < NOW - timedelta(minutes=7 * size * 0.9) else []
        row = PublicationText(pk=key, first_live_at=first_live_at)
        row.text, row.tokens = f"{text}，{'，'.join(own)}", f"{tokens} {' '.join(own)}"
        batch.append(row)
        if len(batch) == 1000:
            PublicationText.objects.bulk_create(batch)
            batch = []
    PublicationText.objects.bulk_create(batch)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def explain() -> None:
    """How the database that is connected answers."""
    for name, (query, _grows) in QUERIES.items():
        with CaptureQueriesContext(connection) as captured:
            find_published(Asked(query=query, at=NOW), limit=21)
        how = "EXPLAIN (ANALYZE, BUFFERS)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        for statement in captured.captured_queries:
            print(f"\n-- {name}\n{statement['sql'][:1200]}")
            with connection.cursor() as cursor:
                cursor.execute(f"{how} {statement['sql']}".replace("%", "%%"), [])
                print(*("  ".join(map(str, row))[:200] for row in cursor.fetchall()), sep="\n")


if __name__ == "__main__":
    raise SystemExit(main())
