"""Who may publish, withdraw, cancel and move."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import save_story
from articles.models import Activity, DeskProfile, Publication, Story, StoryRows
from tests.builders import a_section, a_story
from tests.publishing import (
    cancel,
    hour,
    last_activity,
    move,
    publish,
    seen,
    windows,
    withdraw,
)

pytestmark = pytest.mark.django_db


WHO = ("reporter", "other_reporter", "editor", "chief_editor", "outsider")
CHIEF_ONLY = [(who, who == "chief_editor") for who in WHO]


@pytest.mark.parametrize(("who", "may"), CHIEF_ONLY)
@pytest.mark.parametrize("at", [None, 2])
def test_publishing_is_for_the_chief_editor(cast, who, may, at):
    """Now or later: a reporter's own story too goes live by the chief editor's hand only."""
    story = a_story(by=cast.reporter)
    if may:
        publication = publish(story, at=at, by=getattr(cast, who))
        assert publication.created_by == getattr(cast, who)
    else:
        with pytest.raises(PermissionDenied):
            publish(story, at=at, by=getattr(cast, who))
        assert not Publication.objects.exists()
        assert story.activities.count() == 1
        assert not Story.objects.get().has_publications


@pytest.mark.parametrize(("who", "may"), CHIEF_ONLY)
def test_withdrawing_is_for_the_chief_editor(cast, who, may):
    """Nobody else takes a page from readers."""
    story = a_story(by=cast.reporter)
    publish(story)
    if may:
        withdraw(story, 1, by=getattr(cast, who))
    else:
        with pytest.raises(PermissionDenied):
            withdraw(story, 1, by=getattr(cast, who))
    assert (seen(story, 2) is None) == may
    assert (last_activity(story) == Activity.Verb.WITHDRAWN) == may


@pytest.mark.parametrize(("who", "may"), CHIEF_ONLY)
@pytest.mark.parametrize("what", ["publication", "withdrawal"])
def test_cancelling_is_for_the_chief_editor(cast, who, may, what):
    """Calling off a change is as weighty as planning it."""
    story = a_story(by=cast.reporter)
    publish(story)
    planned = publish(story, at=5) if what == "publication" else withdraw(story, at=5)
    if may:
        cancel(planned, 1, by=getattr(cast, who))
    else:
        with pytest.raises(PermissionDenied):
            cancel(planned, 1, by=getattr(cast, who))
    assert Publication.objects.filter(pk=planned.pk).exists() == (not may)
    assert (last_activity(story) == Activity.Verb.CANCELLED) == may


@pytest.mark.parametrize(("who", "may"), CHIEF_ONLY)
@pytest.mark.parametrize("what", ["publication", "withdrawal"])
def test_moving_is_for_the_chief_editor(cast, who, may, what):
    """As planning it was."""
    story = a_story(by=cast.reporter)
    publish(story)
    planned = publish(story, at=5, note="更正") if what == "publication" else withdraw(story, at=5)
    if may:
        assert move(planned, 1, at=7, by=getattr(cast, who)).created_by == getattr(cast, who)
    else:
        with pytest.raises(PermissionDenied):
            move(planned, 1, at=7, by=getattr(cast, who))
    planned.refresh_from_db()
    assert (planned.live_from == hour(7)) == may


def test_publishing_alone_does_not_allow_to_withdraw(cast):
    """Each right is asked for by itself."""
    from django.contrib.auth.models import Permission

    cast.editor.user_permissions.add(Permission.objects.get(codename="publish_story"))
    editor = type(cast.editor).objects.get(pk=cast.editor.pk)
    story = a_story()
    publish(story, by=editor)
    with pytest.raises(PermissionDenied):
        withdraw(story, 1, by=editor)
    with pytest.raises(PermissionDenied):
        cancel(withdraw(story, 1, at=3), 2, by=editor)
    with pytest.raises(PermissionDenied):
        move(story.publications.latest("live_from"), 2, at=4, by=editor)


@pytest.mark.parametrize("section", ["sports", None])
@pytest.mark.parametrize("what", ["withdraw", "cancel", "move", "replace", "call off"])
def test_moving_a_story_into_ones_sections_gives_no_right_over_what_readers_have_elsewhere(cast, section, what):
    """Somebody limited to sports may write news, and move it to sports: its news stays with those of the news."""
    sports = a_section("体育", "sports")
    DeskProfile.objects.create(user=cast.chief_editor).sections.add(sports)
    story = a_story(by=cast.chief_editor)
    if what != "call off":
        publish(story)
    planned = publish(story, at=5)
    rows = StoryRows.stored(story)
    rows.story.section = None if section is None else sports
    save_story(rows=rows, by=cast.chief_editor, now=hour(0))
    attempts = {
        "withdraw": lambda: withdraw(story, 1, by=cast.chief_editor),
        "cancel": lambda: cancel(planned, 1, by=cast.chief_editor),
        "move": lambda: move(planned, 1, at=7, by=cast.chief_editor),
        "replace": lambda: publish(story, 1, by=cast.chief_editor),
        "call off": lambda: publish(story, 1, at=5, by=cast.chief_editor),
    }
    before = windows(story)
    if section is None and what in ("replace", "call off"):
        with pytest.raises(ValidationError):
            attempts[what]()
    else:
        with pytest.raises(PermissionDenied):
            attempts[what]()
    assert windows(story) == before
