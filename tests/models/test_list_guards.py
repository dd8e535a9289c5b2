"""What the database itself refuses about story lists, whoever writes to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from articles.actions import When, save_edition
from articles.models import ListEdition, ListItem, ListRevision, Section, StoryList, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.database_refusals import refuses
from tests.story_lists import a_list, an_edition, list_content

pytestmark = pytest.mark.django_db
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


@pytest.fixture
def made() -> StoryList:
    return a_list(a_publication("甲"))


def begun_and_planned(made: StoryList) -> tuple[ListEdition, ListEdition, ListEdition, ListEdition]:
    """At once; as planned, which the ticker has seen begin; planned; and a draft."""
    first = made.editions.get()
    seen = an_edition(made, title="二", when=When(start=MONDAY + 2 * HOUR), now=MONDAY + HOUR)
    planned = an_edition(made, title="三", when=When(start=MONDAY + 4 * HOUR), now=MONDAY + HOUR)
    draft = an_edition(made, title="四", when=When(), now=MONDAY + HOUR)
    ListEdition.objects.filter(pk=seen.pk).update(begin_done_at=MONDAY + 2 * HOUR)
    return first, seen, planned, draft


@pytest.mark.parametrize(
    "values",
    [
        {"starts_at": MONDAY + TICK},
        {"starts_at": None, "ends_at": None, "requested_end": None},
        {"kind": "special", "ends_at": MONDAY + 3 * HOUR},
        {"created_at": MONDAY - HOUR},
    ],
)
def test_database_refuses_to_change_an_edition_that_has_begun(made, values):
    """Also to somebody with a shell."""
    for row in begun_and_planned(made)[:2]:
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            ListEdition.objects.filter(pk=row.pk).update(**values)


def test_database_refuses_another_version_or_list_for_an_edition_that_has_begun(made):
    """A plan and a draft can be changed."""
    first, seen, planned, draft = begun_and_planned(made)
    other = a_list(name="别的", slot="other")
    for row in (first, seen):
        for values in ({"revision": draft.revision}, {"story_list": other}):
            with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
                ListEdition.objects.filter(pk=row.pk).update(**values)
    for row in (planned, draft):
        assert ListEdition.objects.filter(pk=row.pk).update(revision=first.revision) == 1


def test_database_lets_what_follows_be_written(made):
    """The end follows from what comes after it, and the ticker marks what it has done."""
    first = begun_and_planned(made)[0]
    first.ends_at, first.begin_done_at, first.end_done_at = MONDAY + HOUR, MONDAY, MONDAY + HOUR
    first.save()
    assert ListEdition.objects.get(pk=first.pk).end_done_at == MONDAY + HOUR


def test_postgresql_refuses_to_delete_an_edition_that_has_begun(made):
    """One by one and in bulk; what is only planned can be deleted."""
    if connection.vendor != "postgresql":
        pytest.skip("a trigger that PostgreSQL alone has: on SQLite flush deletes row by row")
    first, seen, planned, draft = begun_and_planned(made)
    for delete in (first.delete, seen.delete, made.editions.all().delete):
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            delete()
    planned.delete()
    draft.delete()
    assert set(made.editions.all()) == {first, seen}


@pytest.mark.parametrize(
    "values", [{"number": 7}, {"stored": {}}, {"digest": "0"}, {"comment": "改"}, {"created_at": MONDAY - HOUR}]
)
def test_database_refuses_to_change_a_version(made, values):
    """Also one that no edition has."""
    for edition in begun_and_planned(made):
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            ListRevision.objects.filter(pk=edition.revision_id).update(**values)


def test_version_outlives_the_login_of_who_saved_it(cast, made):
    saved = an_edition(made, by=cast.editor, title="二", now=MONDAY + HOUR)
    cast.editor.delete()
    assert ListRevision.objects.get(pk=saved.revision_id).created_by is None


@pytest.mark.django_db(transaction=True)
def test_flush_empties_a_database_with_lists():
    """As `manage.py flush` does between installations, and each test of this kind does."""
    a_list(a_publication("甲"))
    call_command("flush", interactive=False, verbosity=0)
    assert not StoryList.objects.exists()
    assert not ListRevision.objects.exists()


def edition(made: StoryList, **values) -> ListEdition:
    return ListEdition(story_list=made, revision=made.revisions.first(), created_at=MONDAY, **values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"starts_at": MONDAY + HOUR, "ends_at": MONDAY + HOUR}, "list_edition_ends_after_it_begins"),
        ({"starts_at": MONDAY + HOUR, "kind": "special"}, "special_list_edition_has_an_end"),
        ({"ends_at": MONDAY}, "draft_list_edition_has_no_end"),
        ({"starts_at": MONDAY + HOUR, "requested_end": MONDAY + 2 * HOUR}, "list_edition_ends_when_asked"),
        (
            {
                "starts_at": MONDAY + HOUR,
                "ends_at": MONDAY + 3 * HOUR,
                "requested_end": MONDAY + 2 * HOUR,
                "kind": "special",
            },
            "list_edition_ends_when_asked",
        ),
        ({"starts_at": MONDAY}, "one_list_edition_per_kind_and_moment"),
    ],
)
def test_edition_with_times_that_cannot_be_is_refused(made, values, constraint):
    refuses(lambda: edition(made, **values).save(), constraint)


@pytest.mark.parametrize(("kind", "start"), [("standing", 0.5), ("special", 2), ("special", 3.5), ("special", 1)])
def test_postgresql_refuses_editions_of_one_kind_that_overlap(made, kind, start):
    """Checked at commit, so that a plan can be rewritten in any order; touching is no overlap."""
    if connection.vendor != "postgresql":
        pytest.skip("exclusion constraints are PostgreSQL's; elsewhere the lock on the list is enough")
    special = When(start=MONDAY + 2 * HOUR, end=MONDAY + 4 * HOUR, special=True)
    an_edition(made, when=special, now=MONDAY + HOUR)
    late = edition(made, kind=kind, starts_at=MONDAY + start * HOUR, ends_at=MONDAY + 5 * HOUR)
    name = f"{kind}_list_editions_never_overlap"
    refuses(late.save, "one_list_edition_per_kind_and_moment" if (kind, start) == ("special", 2) else name)


def test_editions_of_two_kinds_or_two_lists_may_overlap(made):
    """A special stands over the standing one; and a neighbour is no overlap."""
    other = a_list(name="别的", slot="other")
    for story_list, start in ((made, 1), (made, 2), (other, 1)):
        begin = MONDAY + start * HOUR
        edition(story_list, kind="special", starts_at=begin, ends_at=begin + HOUR).save()
    connection.check_constraints()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"place": "front", "section": True}, "story_list_scope_fits_its_place"),
        ({"place": "section", "topic": True}, "story_list_scope_fits_its_place"),
        ({"place": "attic"}, "story_list_scope_fits_its_place"),
        ({"place": "below", "section": True, "topic": True}, "story_list_has_one_scope_at_most"),
        ({"place": "below", "story": True, "topic": True}, "story_list_has_one_scope_at_most"),
        ({"place": "front", "slot": ""}, "story_list_has_a_slot"),
        ({"place": "front", "slot": "main"}, "one_story_list_per_slot_and_place"),
        ({"place": "front", "slot": "other", "name": "首页头条"}, "name"),
    ],
)
def test_list_that_cannot_be_is_refused(made, values, constraint):
    scopes = {"section": a_section, "topic": lambda: Topic.objects.create(name="防汛", slug="floods"), "story": a_story}
    given = {name: scopes[name]() if value is True else value for name, value in values.items()}
    refuses(lambda: StoryList(**{"name": "新", "created_at": MONDAY, **given}).save(), constraint)


@pytest.mark.parametrize("scope", ["section", "topic", "story"])
def test_second_list_of_one_scope_is_refused(scope):
    scopes = {"section": a_section, "topic": lambda: Topic.objects.create(name="防汛", slug="floods"), "story": a_story}
    target = scopes[scope]()
    a_list(place="below", scope=target)
    twice = StoryList(name="二", place="below", slot="main", created_at=MONDAY, **{scope: target})
    refuses(twice.save, f"one_story_list_per_slot_and_{scope}")


def test_versions_of_a_list_are_numbered_and_name_each_story_once(made):
    revision = made.revisions.get()
    twice = ListRevision(story_list=made, number=1, stored={}, digest="", created_at=MONDAY)
    refuses(twice.save, "list_revisions_are_numbered")
    again = ListItem(revision=revision, story_id=revision.content.story_ids[0])
    refuses(again.save, "each_story_once_per_list_revision")


def test_what_a_list_is_for_is_not_deleted_under_it(made):
    """A list of a scope that is gone would stand nowhere, and its past with it."""
    section, topic = a_section("县区", "county"), Topic.objects.create(name="防汛", slug="floods")
    a_list(name="一", place="section", scope=section)
    a_list(name="二", place="below", scope=topic)
    for target in (section, topic, made):
        with pytest.raises(ProtectedError):
            target.delete()
    assert Section.objects.filter(pk=section.pk).exists()


def test_saving_without_a_change_of_times_touches_no_guard(made):
    """The ordinary life of a list meets no trigger: followed, planned, moved and followed again."""
    for hours in range(1, 5):
        save_edition(
            story_list=made,
            content=list_content(title=f"第{hours}"),
            by=OPERATOR,
            edition=made.editions.order_by("-starts_at").first(),
            now=MONDAY + hours * HOUR,
        )
    assert made.editions.count() == 5
