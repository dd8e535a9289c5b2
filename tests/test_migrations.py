"""An upgrade: what the database of an earlier release holds is there afterwards, to the last character."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.models import EditorialNote
from tests.builders import MONDAY

BEFORE = [("articles", "0002_search_index")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    """The models as they are then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def before(transactional_db: None) -> Any:
    """The models of the earlier release, whose tables the database has for this test."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrate(BEFORE)
    migrate(latest)


def test_internal_notes_become_editorial_notes_whole(before):
    """Nothing kept anybody from writing more than one note holds, and the column goes."""
    written = {"长": "".join(f"{number}。" for number in range(1500)), "短": "问过县里", "无": ""}
    stories = {
        name: before.get_model("articles", "Story").objects.create(
            headline=name, slug=name, internal_note=text, created_at=MONDAY, updated_at=MONDAY
        )
        for name, text in written.items()
    }
    assert len(written["长"]) > EditorialNote._meta.get_field("text").max_length
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes("articles"))
    notes = EditorialNote.objects.order_by("id")
    assert {
        name: "".join(note.text for note in notes.filter(story=story.pk)) for name, story in stories.items()
    } == written
