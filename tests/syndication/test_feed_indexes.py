"""Feeds are read off indexes, on both databases: nothing is sorted, and no archive is walked through."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Publication
from articles.syndication import entries
from tests.builders import a_publication, a_section
from tests.publishing import hour, publish

pytestmark = pytest.mark.django_db


def plans(read: Any) -> str:
    """How SQLite answers the queries of `read`."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how much there is; see tests/benchmarks/admin_list.py.")
    with CaptureQueriesContext(connection) as captured:
        read()
    found = []
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}".replace("%", "%%"), [])
            found += [row[3] for row in cursor.fetchall()]
    return "\n".join(found)


def test_feeds_are_read_in_the_order_of_their_indexes():
    """What comes last in them is what changed last, and both orders are those of an index."""
    story = a_publication().story
    publish(story, 1, change="minor", until=2)
    section = a_section().pk
    for read, index in (
        (lambda: entries.of_site(hour(1)), "publication_told"),
        (lambda: entries.of_subject("section", section, hour(1)), "told_by_section"),
    ):
        plan = plans(read)
        assert f"INDEX {index}" in plan
        assert "INDEX publication_ends" in plan
        assert "TEMP B-TREE" not in plan


def test_ends_to_do_are_found_by_an_index_of_them():
    rows = Publication.objects.filter(requested_until__lte=hour(1), end_done_at=None).order_by("requested_until")
    assert "INDEX publication_end_to_do" in plans(lambda: list(rows))
