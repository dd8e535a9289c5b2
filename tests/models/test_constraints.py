"""What the database itself refuses, whoever writes to it: forms and `full_clean` are gone round on purpose."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction

from articles.actions import publish_story
from articles.models import (
    Byline,
    Contributor,
    ContributorListing,
    CopyrightNotice,
    ImportRun,
    Publication,
    RelatedLink,
    Revision,
    Section,
    SectionListing,
    Source,
    SourceAlias,
    Story,
    Subsection,
    Topic,
    TopicListing,
)
from articles.models.subsection import new_key
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def a_person(name: str = "林晓") -> Contributor:
    return Contributor.objects.create(name=name, slug=f"person-{Contributor.objects.count()}")


def a_source(name: str = "新华社") -> Source:
    return Source.objects.create(name=name, name_key=name, slug=f"source-{Source.objects.count()}")


def refuses(write: Callable[[], object], constraint: str) -> None:
    """The write fails in the database, and by this constraint. SQLite names columns for unique constraints."""

    def write_and_commit() -> None:
        with transaction.atomic():
            write()
            # Deferred constraints are checked at commit, which a test does not reach; this checks them now.
            connection.check_constraints()

    with pytest.raises(IntegrityError) as refused:
        write_and_commit()
    assert constraint in str(refused.value) or "UNIQUE constraint failed" in str(refused.value)


@pytest.mark.parametrize("value", ["headline", "slug"])
def test_story_without_headline_or_address_is_refused(value):
    """A page needs a title and a place."""
    story = a_story()
    name = {"headline": "story_has_a_headline", "slug": "story_has_an_address"}[value]
    refuses(lambda: Story.objects.filter(pk=story.pk).update(**{value: ""}), name)


def test_story_with_the_import_key_of_another_is_refused():
    """One imported page is one story; stories without a key are not compared."""
    first, second = a_story("甲"), a_story("乙")
    assert first.import_key is second.import_key is None
    Story.objects.filter(pk=first.pk).update(import_key="page:1")
    refuses(lambda: Story.objects.filter(pk=second.pk).update(import_key="page:1"), "import_key")


def row_makers() -> dict[str, Callable[[Story], models.Model]]:
    return {
        "one_subsection_per_position": lambda story: Subsection(story=story, key=new_key(), position=1, heading="x"),
        "one_byline_per_position": lambda story: Byline(story=story, position=1, contributor=a_person()),
        "one_related_link_per_position": lambda story: RelatedLink(
            story=story, position=1, url="https://example.com/", headline="x"
        ),
    }


@pytest.mark.parametrize("constraint", sorted(row_makers()))
def test_two_rows_at_one_position_are_refused(constraint):
    """The order of a story's rows is never a tie; another story has positions of its own."""
    make = row_makers()[constraint]
    story, other = a_story("甲"), a_story("乙")
    row = make(story)
    row._meta.model.objects.bulk_create([row, make(other)])
    refuses(lambda: row._meta.model.objects.bulk_create([make(story)]), constraint)


def test_same_person_in_the_same_role_twice_is_refused():
    """Two roles of one person are two lines; the same role twice is a mistake."""
    story, person = a_story(), a_person()
    Byline.objects.bulk_create(
        [
            Byline(story=story, position=1, contributor=person, role=Byline.Role.REPORTER),
            Byline(story=story, position=2, contributor=person, role=Byline.Role.PHOTOGRAPHER),
        ]
    )
    again = Byline(story=story, position=3, contributor=person, role=Byline.Role.REPORTER)
    refuses(lambda: Byline.objects.bulk_create([again]), "one_byline_per_person_and_role")


@pytest.mark.parametrize("both", [True, False])
def test_related_link_without_exactly_one_target_is_refused(both):
    """A link leads to a story or to an address: not to both, not to nothing."""
    story, target = a_story("甲"), a_story("乙")
    link = RelatedLink(story=story, position=1, headline="x")
    if both:
        link.related_story, link.url = target, "https://example.com/"
    refuses(lambda: RelatedLink.objects.bulk_create([link]), "related_link_has_exactly_one_target")


def test_related_link_to_its_own_story_is_refused():
    """A story cannot recommend itself."""
    story = a_story()
    link = RelatedLink(story=story, position=1, related_story=story)
    refuses(lambda: RelatedLink.objects.bulk_create([link]), "related_link_is_not_to_itself")


def test_second_notice_of_a_source_for_one_moment_is_refused():
    """Which notice holds from a moment on is never chance; other sources and moments are free."""
    source, other = a_source("甲"), a_source("乙")
    CopyrightNotice.objects.bulk_create(
        [
            CopyrightNotice(source=source, text="1", effective_from=MONDAY),
            CopyrightNotice(source=source, text="2", effective_from=MONDAY + HOUR),
            CopyrightNotice(source=other, text="3", effective_from=MONDAY),
        ]
    )
    again = CopyrightNotice(source=source, text="4", effective_from=MONDAY)
    refuses(lambda: CopyrightNotice.objects.bulk_create([again]), "one_notice_per_source_and_date")


def test_source_allowed_until_before_it_is_allowed_from_is_refused():
    """The last day may be the first, and not before it."""
    source = a_source()
    day = date(2026, 3, 2)
    Source.objects.filter(pk=source.pk).update(allowed_from=day, allowed_until=day)
    refuses(
        lambda: Source.objects.filter(pk=source.pk).update(allowed_until=day - timedelta(days=1)),
        "source_allowed_period_is_not_empty",
    )


@pytest.mark.parametrize("model", [Section, Topic, Contributor, Source])
def test_two_things_at_one_address_are_refused(model):
    """A section, topic, contributor or source has its address for itself."""
    first, second = model(name="甲", slug="same"), model(name="乙", slug="same")
    if model is Source:
        first.name_key, second.name_key = "甲", "乙"
    refuses(lambda: model.objects.bulk_create([first, second]), "slug")


@pytest.mark.parametrize("model", [Section, Topic, Source])
def test_two_things_with_one_name_are_refused(model):
    """Editors choose sections, topics and sources by name."""
    refuses(lambda: model.objects.bulk_create([model(name="甲", slug="1"), model(name="甲", slug="2")]), "name")


@pytest.mark.parametrize("model", [Source, SourceAlias])
def test_two_names_that_compare_equal_are_refused(model):
    """新华社 and 新華社 are one name, whoever writes it down."""
    source = a_source("other")
    rows = [model(name=name, name_key="新华社") for name in ("新华社", "新華社")]
    for number, row in enumerate(rows):
        if model is SourceAlias:
            row.source = source
        else:
            row.slug = str(number)
    refuses(lambda: model.objects.bulk_create(rows), "name_key")


def test_section_inside_itself_is_refused():
    """A section cannot be its own parent."""
    section = a_section()
    refuses(lambda: Section.objects.filter(pk=section.pk).update(parent=section), "section_is_not_its_own_parent")


@pytest.mark.parametrize(
    ("number", "constraint"), [(1, "one_revision_per_number"), (0, "revision_numbers_start_at_one")]
)
def test_revision_with_an_unfit_number_is_refused(number, constraint):
    """Versions are counted from one, each number once for each story."""
    revision = a_story().revisions.get()
    revision.pk, revision.number = None, number
    refuses(lambda: Revision.objects.bulk_create([revision]), constraint)


def another_window(publication: Publication, start: timedelta, end: timedelta | None) -> Publication:
    """A publication of the same story from `start` to `end` after the given one began."""
    begin = publication.live_from
    return Publication(
        story=publication.story,
        revision=publication.revision,
        live_from=begin + start,
        live_until=None if end is None else begin + end,
        first_live_at=min(publication.first_live_at, begin + start),
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


LISTINGS = [(SectionListing, "section"), (TopicListing, "topic"), (ContributorListing, "contributor")]


@pytest.mark.parametrize(("model", "field"), LISTINGS)
def test_publication_listed_twice_in_one_place_is_refused(model, field):
    """A list would show the story twice."""
    publication = a_publication()
    place = {"section": a_section("别处", "elsewhere"), "topic": Topic(name="t", slug="t"), "contributor": a_person()}[
        field
    ]
    place.save()
    rows = [model(publication=publication, first_live_at=MONDAY, **{field: place}) for _ in range(2)]
    refuses(lambda: model.objects.bulk_create(rows), f"listed_once_by_{field}")


KEPT_APART = [get_user_model(), Contributor, Source, CopyrightNotice, Section, Topic, ImportRun]


def foreign_keys_to_people_and_places() -> list[models.Field]:
    """Every foreign key of the app that leads to somebody or something a story only refers to."""
    return [
        field
        for model in [*Story._meta.apps.get_app_config("articles").get_models(include_auto_created=True)]
        for field in model._meta.fields
        if field.is_relation and field.related_model in KEPT_APART
    ]


# Deleting a source takes its other names with it; a story's list of topics is what the story says, not the topic's.
PART_OF_THE_OTHER = {
    "SourceAlias.source",
    "Story_topics.topic",
    # What belongs to a login and to nobody else.
    "DeskProfile.user",
    "DeskProfile_sections.section",
    "Digest.user",
    "EditorialNote_mentions.user",
    "KeptForm.user",
    "Notification.user",
    "Presence.user",
}


@pytest.mark.parametrize("field", foreign_keys_to_people_and_places(), ids=str)
def test_deleting_people_and_places_takes_no_story_along(field):
    """From people, sources, notices, sections, topics and imports to stories there is no CASCADE."""
    if f"{field.model.__name__}.{field.name}" in PART_OF_THE_OTHER:
        assert field.remote_field.on_delete is models.CASCADE
    else:
        assert field.remote_field.on_delete in {models.PROTECT, models.SET_NULL}


def test_foreign_keys_are_found():
    """The test above looks at something: the known ones are among what it sees."""
    names = {f"{field.model.__name__}.{field.name}" for field in foreign_keys_to_people_and_places()}
    assert {
        "Story.section",
        "Story.source",
        "Byline.contributor",
        "Story.created_by",
        "Publication.created_by",
    } <= names
    assert {"Revision.import_run", "CopyrightNotice.source", "Activity.user", "SectionListing.section"} <= names
