"""The windows of a story's publications: the database keeps them in order and apart, whoever writes to it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from articles.actions import publish_story
from articles.models import Publication
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.database_refusals import refuses

pytestmark = pytest.mark.django_db


HOUR = timedelta(hours=1)


def another_window(publication: Publication, start: timedelta, end: timedelta | None) -> Publication:
    """A publication of the same story from `start` to `end` after the given one began."""
    begin = publication.live_from
    return Publication(
        story=publication.story,
        revision=publication.revision,
        live_from=begin + start,
        live_until=None if end is None else begin + end,
        first_live_at=min(publication.first_live_at, begin + start),
        told_at=begin + start,
        slug="x",
        created_at=begin,
    )


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"live_until": MONDAY}, "publication_ends_after_it_begins"),
        ({"live_until": MONDAY - HOUR}, "publication_ends_after_it_begins"),
        ({"requested_until": MONDAY + HOUR}, "publication_ends_when_asked"),
        ({"requested_until": MONDAY + HOUR, "live_until": MONDAY + 2 * HOUR}, "publication_ends_when_asked"),
        ({"first_live_at": MONDAY + HOUR}, "publication_is_not_before_the_first"),
    ],
)
def test_publication_with_an_unfit_window_is_refused(changes, constraint):
    """A window ends after it begins, not later than asked for, and no story is live before it first was."""
    publication = a_publication(at=MONDAY)
    refuses(lambda: Publication.objects.filter(pk=publication.pk).update(**changes), constraint)


def test_two_publications_of_a_story_from_one_moment_are_refused():
    """On every database: two publications of one story never begin together."""
    publication = a_publication(at=MONDAY)
    other = another_window(publication, timedelta(0), HOUR)
    refuses(lambda: Publication.objects.bulk_create([other]), "one_publication_per_story_and_moment")


def assert_overlap_cannot_stay(write: Callable[[], object]) -> None:
    """PostgreSQL refuses the overlap; SQLite cannot, so there the command that proves the chains names it."""
    if connection.vendor == "postgresql":
        refuses(write, "publications_of_a_story_never_overlap")
    else:
        write()
        report = io.StringIO()
        with pytest.raises(CommandError):
            call_command("check_publications", stdout=report, stderr=io.StringIO())
        assert "overlap from" in report.getvalue()


OVERLAPPING = [(0.5, 1.5), (1.5, 3), (0.5, 4), (1.9, None)]
TOUCHING = [(0.5, 1), (2, 3), (2, None), (0.1, 0.2)]


@pytest.mark.parametrize(("start", "end"), OVERLAPPING)
def test_overlapping_publications_cannot_stay(start, end):
    """Two windows of a story that share a moment are refused, or found."""
    publication = publish_story(
        story=a_story(), by=OPERATOR, at=MONDAY + HOUR, until=MONDAY + 2 * HOUR, now=MONDAY - HOUR
    )
    Publication.objects.filter(pk=publication.pk).update(first_live_at=MONDAY)
    other = another_window(publication, (start - 1) * HOUR, None if end is None else (end - 1) * HOUR)
    other.first_live_at = MONDAY
    assert_overlap_cannot_stay(lambda: Publication.objects.bulk_create([other]))


@pytest.mark.parametrize(("start", "end"), TOUCHING)
def test_touching_publications_are_allowed(start, end):
    """A window may begin in the moment another ends, and another story's windows are its own."""
    publication = publish_story(
        story=a_story(), by=OPERATOR, at=MONDAY + HOUR, until=MONDAY + 2 * HOUR, now=MONDAY - HOUR
    )
    Publication.objects.filter(pk=publication.pk).update(first_live_at=MONDAY)
    stranger = a_publication("别的", at=MONDAY)
    other = another_window(publication, (start - 1) * HOUR, None if end is None else (end - 1) * HOUR)
    other.first_live_at = MONDAY
    Publication.objects.bulk_create([other])
    connection.check_constraints()
    assert stranger.holds(MONDAY + HOUR)


@pytest.mark.django_db(transaction=True)
def test_overlap_is_refused_at_commit_and_not_before():
    """While a chain is rewritten its windows may overlap for a moment; what is committed may not."""
    publication = a_publication(at=MONDAY)
    other = another_window(publication, HOUR, None)
    with transaction.atomic():
        Publication.objects.bulk_create([other])
        Publication.objects.filter(pk=publication.pk).update(live_until=MONDAY + HOUR)
    assert Publication.objects.count() == 2

    def overlap() -> None:
        Publication.objects.filter(pk=publication.pk).update(live_until=None)

    assert_overlap_cannot_stay(overlap)
