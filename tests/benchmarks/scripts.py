"""What a page costs in traditional characters: the same pages of the demo newsroom in both scripts, timed in one run.

    DEBUG=0 SECRET_KEY=benchmark python tests/benchmarks/scripts.py

It makes a database of its own in memory with the demo newsroom and a hundred conversion terms, and prints for each page
the milliseconds of work in both scripts, their difference, and their ratio.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
os.environ["DATABASE_URL"] = "sqlite:///:memory:"

import django  # noqa: E402 - the path comes first

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from articles.chinese import to_traditional  # noqa: E402
from articles.models import ConversionTerm, Publication  # noqa: E402

RUNS = 31
TERMS = 100


def milliseconds(client: Client, path: str) -> float:
    times = []
    for _run in range(RUNS):
        start = time.process_time()
        assert client.get(path).status_code == 200, path
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    setup_test_environment()
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("make_demo_newsroom", verbosity=0)
    words = [f"{first}{second}词" for first in "山水风云松" for second in "东西南北中上下左右前后里外高低远近大小新"]
    terms = [ConversionTerm(simplified=word, traditional=to_traditional(word)) for word in words[:TERMS]]
    ConversionTerm.objects.bulk_create(terms, ignore_conflicts=True)
    publication = next(
        row
        for row in Publication.objects.order_by("pk").select_related("revision")
        if row.content.language == "zh-hans"
    )
    client = Client()
    client.get("/zh-hant/")  # loads the dictionaries
    print(f"{'page':<10} {'plain ms':>9} {'zh-hant ms':>11} {'more ms':>8} {'ratio':>6}")
    for name, path in (("front", "/"), ("story", publication.get_absolute_url())):
        plain, derived = milliseconds(client, path), milliseconds(client, f"/zh-hant{path}")
        print(f"{name:<10} {plain:>9.1f} {derived:>11.1f} {derived - plain:>8.1f} {derived / plain:>6.2f}")


if __name__ == "__main__":
    main()
