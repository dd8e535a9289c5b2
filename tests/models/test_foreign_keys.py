"""What a deletion takes along: never a story, from anything that stories only refer to."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import models

from articles.models import Contributor, CopyrightNotice, ImportRun, Section, Source, Story, Topic

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
