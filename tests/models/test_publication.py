"""What was public stays for ever: the model and the database refuse what no action asks for."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import get_resolver

from articles.models import Publication, Story
from tests.builders import a_story
from tests.publishing import TICK, change, hour, publish

pytestmark = pytest.mark.django_db


def a_story_with_a_past() -> tuple[Story, list[Publication]]:
    """Published at once; corrected as planned, which the ticker has seen; and another plan."""
    story = a_story("一")
    rows = [publish(story)]
    for headline, at in (("二", 2), ("三", 4)):
        change(story, headline)
        rows.append(publish(story, at=at, change="correction", note="更正"))
    Publication.objects.filter(pk=rows[1].pk).update(begin_done_at=hour(2))
    return story, [Publication.objects.get(pk=row.pk) for row in rows]


@pytest.mark.parametrize(
    "values",
    [
        {"change": "minor"},
        {"note": "另一个说明"},
        {"slug": "another"},
        {"live_from": hour(0) + TICK, "first_live_at": hour(0)},
        {"created_at": hour(0) - TICK},
    ],
)
def test_database_refuses_to_change_what_has_begun(values):
    """Also to somebody with a shell; a plan can be changed."""
    _story, (first, second, planned) = a_story_with_a_past()
    for row in (first, second):
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            Publication.objects.filter(pk=row.pk).update(**values)
    assert Publication.objects.filter(pk=planned.pk).update(note="另一个说明") == 1


def test_database_refuses_another_version_for_what_has_begun():
    story, (first, _second, planned) = a_story_with_a_past()
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Publication.objects.filter(pk=first.pk).update(revision=planned.revision)
    assert Publication.objects.get(pk=first.pk).revision == story.revisions.get(number=1)


def test_database_lets_what_follows_be_written():
    """The end of a window follows from what comes after it, and the ticker marks what it has done."""
    _story, (first, _second, _planned) = a_story_with_a_past()
    first.live_until, first.begin_done_at, first.findings = hour(1), hour(1), []
    first.save()
    assert Publication.objects.get(pk=first.pk).live_until == hour(1)


def test_postgresql_refuses_to_delete_what_has_begun():
    """One by one and in bulk; what is only planned can be deleted."""
    if connection.vendor != "postgresql":
        pytest.skip("a trigger that PostgreSQL alone has: on SQLite flush deletes row by row")
    story, (first, second, planned) = a_story_with_a_past()
    for delete in (first.delete, second.delete, story.publications.all().delete):
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            delete()
    planned.delete()
    assert set(story.publications.all()) == {first, second}


def test_admin_has_no_address_for_publications():
    """They are changed by moving a story on, and in no other way."""
    names = [name for name in get_resolver("newsroom.urls").namespace_dict["admin"][1].reverse_dict if name]
    assert "articles_story_change" in names
    assert not [name for name in names if "publication" in str(name)]
