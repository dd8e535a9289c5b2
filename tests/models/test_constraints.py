"""What the database itself refuses, whoever writes to it: forms and `full_clean` are gone round on purpose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import models

from articles.models import (
    Byline,
    Contributor,
    ContributorListing,
    CopyrightNotice,
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
from tests.builders import MONDAY, a_publication, a_section, a_story
from tests.database_refusals import refuses

pytestmark = pytest.mark.django_db


HOUR = timedelta(hours=1)


def a_person(name: str = "林晓") -> Contributor:
    return Contributor.objects.create(name=name, slug=f"person-{Contributor.objects.count()}")


def a_source(name: str = "新华社") -> Source:
    return Source.objects.create(name=name, name_key=name, slug=f"source-{Source.objects.count()}")


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


LISTINGS = [(SectionListing, "section"), (TopicListing, "topic"), (ContributorListing, "contributor")]


@pytest.mark.parametrize(("model", "field"), LISTINGS)
def test_publication_listed_twice_in_one_place_is_refused(model, field):
    """A list would show the story twice."""
    publication = a_publication()
    place = {"section": a_section("别处", "elsewhere"), "topic": Topic(name="t", slug="t"), "contributor": a_person()}[
        field
    ]
    place.save()
    rows = [
        model(publication=publication, story=publication.story, first_live_at=MONDAY, **{field: place})
        for _ in range(2)
    ]
    refuses(lambda: model.objects.bulk_create(rows), f"listed_once_by_{field}")
