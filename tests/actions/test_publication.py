"""Publishing and scheduling: what readers see at every moment."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.actions import save_story
from articles.models import Activity, Publication, Story
from tests.builders import MONDAY, OPERATOR, a_story, story_rows
from tests.publishing import (
    TICK,
    assert_stored_chain_is_right,
    cancel,
    change,
    hour,
    last_activity,
    move,
    publish,
    seen,
    windows,
    withdraw,
)

pytestmark = pytest.mark.django_db


def test_draft_is_not_seen():
    """A saved story is nobody's to read."""
    assert seen(a_story(), 1000) is None


def test_publishing_now_shows_the_story_from_now_on():
    """Not a tick earlier, and until further notice."""
    story = a_story("一")
    publication = publish(story, 2)
    assert [seen(story, moment) for moment in (0, 1.99, 2, 9999)] == [None, None, "一", "一"]
    assert (publication.live_from, publication.live_until, publication.first_live_at) == (hour(2), None, hour(2))
    assert publication.kind == Publication.Kind.PUBLISHED
    assert publication.slug == story.slug
    assert last_activity(story) == Activity.Verb.PUBLISHED
    assert_stored_chain_is_right(story)


def test_saving_after_publishing_changes_nothing_for_readers():
    """Readers read versions, not rows."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    assert seen(story, 1) == "一"


def test_publishing_later_shows_the_story_from_then_on():
    """Nothing has to happen at that moment: the window says it all."""
    story = a_story("一")
    publish(story, at=5)
    assert [seen(story, moment) for moment in (0, 4.99, 5)] == [None, None, "一"]
    assert last_activity(story) == Activity.Verb.SCHEDULED
    assert Story.objects.get().has_publications


def test_scheduled_version_is_the_one_of_the_decision():
    """What is written after scheduling does not go live by itself."""
    story = a_story("一")
    publish(story, at=5)
    change(story, "二")
    assert seen(story, 6) == "一"


def test_an_older_version_can_be_published():
    """Going back is publishing the version from before."""
    story = a_story("一")
    first = story.revisions.get()
    change(story, "二")
    publish(story)
    publish(story, 1, revision=first)
    assert [seen(story, moment) for moment in (0, 1)] == ["二", "一"]


def test_publishing_until_ends_then():
    """From the end on nothing is seen, and what was live before does not come back."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    publish(story, 1, until=3)
    assert [seen(story, moment) for moment in (0, 1, 2.99, 3, 9)] == ["一", "二", "二", None, None]
    assert_stored_chain_is_right(story)


def test_publishing_twice_is_once(cast):
    """A button pressed twice makes one publication and one entry in the trail."""
    story = a_story()
    first = publish(story, 1)
    again = publish(story, 2, by=cast.chief_editor)
    assert again == first == Publication.objects.get()
    assert story.activities.filter(verb=Activity.Verb.PUBLISHED).count() == 1


@pytest.mark.parametrize("values", [{"note": "更正了标题"}, {"until": 9}, {"note": "更正了标题", "until": 9}])
def test_publishing_the_same_twice_is_once(values):
    """Also with a note or an end: readers would otherwise be told of two corrections."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    assert publish(story, 1, **values) == publish(story, 2, **values)
    assert story.publications.count() == 2


def test_publishing_again_without_an_end_takes_the_end_away():
    """The same text, but from now on until further notice."""
    story = a_story("一")
    publish(story, until=5)
    publish(story, 1)
    assert seen(story, 6) == "一"


def test_publishing_in_the_moment_of_another_leaves_both():
    """What has begun is not replaced, however short it was: the later version begins a tick after it."""
    story = a_story("一")
    first = publish(story, 1)
    change(story, "二")
    second = publish(story, 1)
    assert [row.live_from for row in (first, second)] == [hour(1), hour(1) + TICK]
    assert list(story.publications.order_by("live_from")) == [first, second]
    assert seen(story, 1.001) == "二"
    assert_stored_chain_is_right(story)


def test_publishing_a_note_is_a_correction():
    """With a note for readers the next publication of a story that was public is a correction; the first never is."""
    story = a_story("一")
    assert publish(story, note="首次").kind == Publication.Kind.PUBLISHED
    change(story, "二")
    assert publish(story, 1, note="更正了标题").kind == Publication.Kind.CORRECTED
    change(story, "三")
    assert publish(story, 2).kind == Publication.Kind.PUBLISHED
    assert [row.note for row in story.publications.order_by("live_from")] == ["首次", "更正了标题", ""]


def test_publishing_the_same_text_with_a_note_is_a_correction_too():
    """A note says something by itself, so it is not taken for a second press of the button."""
    story = a_story("一")
    publish(story)
    assert publish(story, 1, note="说明").kind == Publication.Kind.CORRECTED


def test_publishing_after_a_withdrawal_brings_the_story_back():
    """At its old address, which carries the date of the first publication."""
    story = a_story("一")
    first = publish(story)
    withdraw(story, 2)
    back = publish(story, 4)
    assert [seen(story, moment) for moment in (1, 3, 5)] == ["一", None, "一"]
    assert back.first_live_at == first.first_live_at == hour(0)
    assert back.get_absolute_url() == first.get_absolute_url()


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"at": 1}, "publish_at"),
        ({"at": 5, "until": 5}, "publish_until"),
        ({"at": 5, "until": 4}, "publish_until"),
        ({"until": 2}, "publish_until"),
        ({"note": "长" * 501}, "note"),
    ],
)
def test_unfit_publication_is_refused_by_name(values, key):
    """A moment that has passed, an end before the beginning, a note too long: named, and nothing is written."""
    story = a_story()
    with pytest.raises(ValidationError) as refused:
        publish(story, 2, **values)
    assert set(refused.value.message_dict) == {key}
    assert not Publication.objects.exists()
    assert story.activities.count() == 1


def test_publishing_without_a_section_is_refused():
    """Readers would find the story nowhere."""
    rows = story_rows()
    rows.story.section = None
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    with pytest.raises(ValidationError) as refused:
        publish(rows.story)
    assert set(refused.value.message_dict) == {"section"}


def test_publishing_a_version_of_another_story_is_refused():
    """A crafted version number shows nobody another draft."""
    story, other = a_story("甲"), a_story("秘密")
    with pytest.raises(ValidationError):
        publish(story, revision=other.revisions.get())
    assert not Publication.objects.exists()


def test_note_is_stored_without_what_databases_refuse():
    """NUL and lone surrogates in a note are left out."""
    story = a_story()
    publish(story)
    assert publish(story, 1, note=" 更\x00正\ud800 ").note == "更正"
    assert withdraw(story, 2, note="撤\x00下").note == "撤下"


def test_publishing_is_undone_as_a_whole(monkeypatch):
    """When the trail cannot be written, nothing is published, planned, withdrawn or called off."""

    def fail(**values):
        raise RuntimeError("trail")

    story = a_story()
    publish(story)
    planned = publish(story, at=5)
    before = windows(story)
    for module in ("publication", "schedule"):
        monkeypatch.setattr(f"articles.actions.{module}.log_activity", fail)
    for act in (
        lambda: publish(story, 1, note="更正"),
        lambda: publish(story, 1, at=3),
        lambda: withdraw(story, 1),
        lambda: cancel(planned, 1),
        lambda: move(planned, 1, at=7),
    ):
        with pytest.raises(RuntimeError, match="trail"):
            act()
        assert windows(story) == before
    assert Publication.objects.filter(pk=planned.pk).exists()
