"""Kinds of change: what readers are told when a story says something else than before."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.models import Publication, Story
from tests.builders import a_story
from tests.publishing import assert_stored_chain_is_right, cancel, change, hour, publish, seen, windows, withdraw

pytestmark = pytest.mark.django_db

SHOWN = ("update", "correction", "clarification", "retraction")


def a_changed_story() -> Story:
    """Public as 一 since hour 0, saved as 二."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    return story


def refusal(story: Story, now: float = 1, **values: object) -> dict[str, list[str]]:
    """By key the codes of what publishing is refused for; nothing may have changed."""
    before = list(story.publications.order_by("pk").values())
    with pytest.raises(ValidationError) as refused:
        publish(story, now, **values)
    assert list(story.publications.order_by("pk").values()) == before
    return {key: [error.code for error in errors] for key, errors in refused.value.error_dict.items()}


def test_changed_story_needs_a_kind_of_change():
    """Now and later, on top of what is live and of what is scheduled."""
    assert refusal(a_changed_story(), change="") == {"change": ["change_needed"]}
    assert refusal(a_changed_story(), change="", at=5) == {"change": ["change_needed"]}
    story = a_story("一")
    publish(story, at=5)
    change(story, "二")
    assert refusal(story, change="", at=6) == {"change": ["change_needed"]}


def test_first_publication_is_no_change():
    """Readers had nothing before, whatever is asked for."""
    publication = publish(a_story(), change="update", note="补充")
    assert (publication.change, publication.kind) == ("", Publication.Kind.PUBLISHED)


def test_the_same_text_needs_no_kind_of_change():
    """After an end or a withdrawal the story comes back as it was."""
    story = a_story()
    publish(story)
    withdraw(story, 1)
    assert publish(story, 2, change="").kind == Publication.Kind.PUBLISHED


def test_text_that_changed_while_it_was_withdrawn_needs_one_too():
    story = a_changed_story()
    withdraw(story, 1)
    assert refusal(story, 2, change="") == {"change": ["change_needed"]}


@pytest.mark.parametrize("kind", SHOWN)
def test_change_that_is_shown_needs_a_note(kind):
    """A correction that does not say what was wrong corrects nothing."""
    assert refusal(a_changed_story(), change=kind, note=" ") == {"note": ["note_needed"]}


@pytest.mark.parametrize("kind", SHOWN)
def test_change_that_is_shown_makes_the_publication_a_corrected_one(kind):
    story = a_changed_story()
    publication = publish(story, 1, change=kind, note="人数有误")
    assert (publication.change, publication.shown_change, publication.kind) == (kind, kind, "corrected")
    assert story.activities.order_by("-id").first().detail["change"] == kind


def test_minor_change_is_not_shown():
    publication = publish(a_changed_story(), 1, change="minor")
    assert (publication.change, publication.shown_change, publication.kind) == ("minor", "", "published")


def test_minor_change_with_a_note_is_refused():
    """What was written for readers would not be shown to them."""
    assert set(refusal(a_changed_story(), change="minor", note="人数有误")) == {"change"}


def test_note_alone_is_a_correction():
    assert publish(a_changed_story(), 1, change="", note="人数有误").change == "correction"


@pytest.mark.parametrize("kind", ["apology", "CORRECTION", "\x00", "x" * 1000])
def test_unknown_kind_of_change_is_refused(kind):
    assert set(refusal(a_changed_story(), change=kind, note="x")) == {"change"}


def test_planned_correction_without_its_first_version_is_a_first_publication():
    """When nothing is public before it, readers are told of no change; when something is again, they are."""
    story = a_story("一")
    first = publish(story, at=5)
    change(story, "二")
    second = publish(story, at=8, change="correction", note="更正")
    assert second.kind == Publication.Kind.CORRECTED
    cancel(first, 1)
    second.refresh_from_db()
    assert (second.kind, second.shown_change, second.first_live_at) == ("published", "", hour(8))
    publish(story, 2, revision=first.revision)
    second.refresh_from_db()
    assert (second.kind, second.shown_change) == ("corrected", "correction")


def test_plan_that_would_change_a_story_unsaid_is_named():
    """一 is scheduled as the first version: 二 now would make it a change that nobody explains."""
    story = a_story("一")
    planned = publish(story, at=5)
    change(story, "二")
    with pytest.raises(ValidationError, match=r"Version 1|第 ?1 ?版") as refused:
        publish(story, 1)
    assert refused.value.code == "plan_unexplained"
    assert list(story.publications.all()) == [planned]
    cancel(planned, 1)
    publish(story, 1)
    assert seen(story, 6) == "二"


def test_cancelling_an_explained_change_names_what_repeats_it():
    """The text of 二 is planned twice, and explained the first time only."""
    story = a_changed_story()
    explained = publish(story, 1, at=5, until=6, change="update", note="补充")
    later = publish(story, 1, at=8, change="")
    with pytest.raises(ValidationError) as refused:
        cancel(explained, 2)
    assert refused.value.code == "plan_unexplained"
    cancel(later, 2)
    cancel(explained, 2)
    assert windows(story) == [("published", 0, None)]


# Retractions


def a_retracted_story() -> Story:
    """一 from 0, retracted by 二 at 1."""
    story = a_changed_story()
    publish(story, 1, change="retraction", note="报道不实")
    return story


def test_retraction_stays_live_and_is_listed_nowhere():
    story = a_retracted_story()
    assert seen(story, 2) == "二"
    assert [row.sectionlistings.count() for row in story.publications.order_by("live_from")] == [1, 0]
    assert list(Publication.objects.live(hour(2))) == [story.publications.latest("live_from")]
    assert not Publication.objects.listed(hour(2)).exists()
    assert_stored_chain_is_right(story)


def test_retraction_needs_something_to_retract():
    assert set(refusal(a_story(), change="retraction", note="不实")) == {"change"}


def test_retraction_calls_off_later_versions():
    """They would bring the text back; a withdrawal planned for later stays."""
    story = a_changed_story()
    publish(story, 1, at=5)
    withdraw(story, 1, at=9)
    publish(story, 2, change="retraction", note="不实")
    assert windows(story) == [("published", 0, 2), ("corrected", 2, 9), ("withdrawn", 9, None)]


@pytest.mark.parametrize("kind", ["", "minor"])
def test_nothing_follows_a_retraction_unsaid(kind):
    """Neither the old text nor a third one."""
    story = a_retracted_story()
    first = story.revisions.get(number=1)
    assert refusal(story, 2, change=kind, revision=first) == {"change": ["change_needed"]}
    assert publish(story, 2, change="update", note="核实后重新发布", revision=first).kind == "corrected"


def test_pressing_publish_again_keeps_the_retraction():
    story = a_retracted_story()
    assert publish(story, 2, change="").change == "retraction"
    assert story.publications.count() == 2


def test_retraction_of_what_was_called_off_is_called_off():
    """Its page would retract what nobody read."""
    story = a_story("一")
    first = publish(story, at=5)
    change(story, "二")
    publish(story, at=8, change="retraction", note="不实")
    cancel(first, 1)
    assert windows(story) == []
