"""Who may save a story: a new one, their own, somebody else's, and one in the bin."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from articles.actions import bin_story
from articles.models import Activity, Story
from tests.builders import MONDAY, a_story, story_rows
from tests.saving import read_again, save

pytestmark = pytest.mark.django_db


WHO = ("reporter", "other_reporter", "editor", "chief_editor", "outsider")


@pytest.mark.parametrize("who", WHO)
def test_new_story_is_for_those_who_write(cast, who):
    """Everybody with a role starts stories; an outsider writes nothing."""
    rows = story_rows()
    if who == "outsider":
        with pytest.raises(PermissionDenied):
            save(rows, by=cast.outsider)
        assert not Story.objects.exists()
        assert not Activity.objects.exists()
    else:
        save(rows, by=getattr(cast, who))
        assert Story.objects.get().created_by == getattr(cast, who)


@pytest.mark.parametrize(("who", "may"), list(zip(WHO, [True, False, True, True, False], strict=True)))
def test_saving_a_reporters_story(cast, who, may):
    """Its reporter, editors and the chief editor change it; another reporter and an outsider change nothing."""
    story = a_story("旧标题", by=cast.reporter)
    rows = read_again(story)
    rows.story.headline = "新标题"
    if may:
        save(rows, by=getattr(cast, who))
    else:
        with pytest.raises(PermissionDenied):
            save(rows, by=getattr(cast, who))
    story.refresh_from_db()
    assert story.headline == ("新标题" if may else "旧标题")
    assert story.revisions.count() == story.activities.count() == (2 if may else 1)
    assert story.created_by == cast.reporter


def test_saving_asks_the_stored_author_not_the_posted_one(cast):
    """A reporter who claims to have created another's story is refused."""
    rows = read_again(a_story(by=cast.reporter))
    rows.story.created_by = cast.other_reporter
    rows.story.headline = "改"
    with pytest.raises(PermissionDenied):
        save(rows, by=cast.other_reporter)


def test_story_in_the_bin_is_not_changed(cast):
    """Whoever saves it is told where it is."""
    story = a_story("草稿", by=cast.reporter)
    rows = read_again(story)
    bin_story(story=story, by=cast.chief_editor, now=MONDAY)
    rows.story.headline = "改过"
    with pytest.raises(PermissionDenied, match=r"bin|回收站"):
        save(rows, by=cast.reporter)
    assert Story.objects.get().headline == "草稿"
