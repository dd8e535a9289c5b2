"""An upgrade: what was published before there was a search for readers can be found in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.content import StoryContent
from articles.models import PublicationText
from articles.search.published import Asked, find_published
from tests.builders import MONDAY

BEFORE = [("articles", "0014_fill_feeds")]


@pytest.fixture
def before(transactional_db: None) -> Any:
    """The models of the earlier release, whose tables the database has for this test."""
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    MigrationExecutor(connection).migrate(latest)


def publication_before(models: Any, headline: str, **values: Any) -> Any:
    """Made with what the models were then."""
    content = StoryContent(headline=headline, slug="x")
    times = {"created_at": MONDAY, "updated_at": MONDAY}
    story = models.get_model("articles", "Story").objects.create(headline=headline, slug="x", **times)
    revision = models.get_model("articles", "Revision").objects.create(
        story=story, number=1, stored=content.to_json(), digest=content.digest, created_at=MONDAY
    )
    values = {"live_from": MONDAY, "first_live_at": MONDAY, "kind": "published", **values}
    return models.get_model("articles", "Publication").objects.create(
        story=story, revision=revision, slug="x", created_at=MONDAY, **values
    )


def test_what_was_published_before_is_found(before, monkeypatch):
    """In more chunks than one, planned stories for their moment; endings are not in it."""
    for number in range(5):
        publication_before(before, f"松岭专车{number}", first_live_at=MONDAY - timedelta(hours=number))
    publication_before(before, "松岭预告", live_from=MONDAY + timedelta(hours=9))
    publication_before(before, "松岭撤下", kind="withdrawn")
    publication_before(before, "松岭撤销", change="retraction")
    executor = MigrationExecutor(connection)
    migration = executor.loader.get_migration("articles", "0015_reader_search")
    monkeypatch.setitem(migration.operations[2].code.__globals__, "CHUNK", 2)
    executor.migrate(executor.loader.graph.leaf_nodes("articles"))
    assert PublicationText.objects.count() == 6
    found = find_published(Asked(query="专车", at=MONDAY), limit=9).publications
    assert [row.content.headline for row in found] == [f"松岭专车{number}" for number in range(5)]
    assert find_published(Asked(query="松岭", at=MONDAY), limit=9).count == 5
