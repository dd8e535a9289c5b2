"""The bin: nothing is deleted for ever in passing, and what readers saw never is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import (
    When,
    bin_story,
    empty_bin,
    publish_story,
    save_story,
    take_out_of_bin,
    withdraw_story,
)
from articles.models import Activity, Byline, Publication, RelatedLink, Revision, Story, Subsection
from articles.search import find, rebuild
from tests.builders import MONDAY, OPERATOR, a_publication, a_story, story_rows
from tests.story_lists import a_list, an_edition

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_draft_goes_into_the_bin_and_comes_back(cast):
    """Off the lists and the search, with everything in it; and on them again."""
    story = a_story("松岭专车", by=cast.reporter, subsections=[("一", "", "<p>甲</p>")])
    bin_story(story=story, by=cast.reporter, now=MONDAY)
    assert not Story.objects.on_the_desk().exists()
    assert list(find("专车")) == []
    stored = Story.objects.get()
    assert (stored.binned_at, stored.binned_by) == (MONDAY, cast.reporter)
    take_out_of_bin(story=story, by=cast.reporter, now=MONDAY)
    assert Story.objects.on_the_desk().get().subsections.get().body == "<p>甲</p>"
    assert list(find("专车")) == [story.pk]
    verbs = [Activity.Verb.UNBINNED, Activity.Verb.BINNED, Activity.Verb.CREATED]
    assert list(story.activities.values_list("verb", flat=True)) == verbs


def test_rebuilt_index_leaves_the_bin_out():
    story = a_story("松岭专车")
    bin_story(story=story, by=OPERATOR, now=MONDAY)
    rebuild()
    assert list(find("专车")) == []


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("reporter", True),
        ("chief_editor", True),
        ("other_reporter", False),
        ("editor", False),
        ("administrator", False),
    ],
)
def test_bin_is_for_the_author_and_the_chief_editor(cast, who, may):
    story = a_story(by=cast.reporter)
    if may:
        bin_story(story=story, by=getattr(cast, who), now=MONDAY)
    else:
        with pytest.raises(PermissionDenied):
            bin_story(story=story, by=getattr(cast, who), now=MONDAY)
    assert Story.objects.on_the_desk().exists() != may


@pytest.mark.parametrize("at", [MONDAY, MONDAY + HOUR])
def test_live_or_scheduled_story_does_not_go_into_the_bin(cast, at):
    """Readers have it or will have it: that is for withdrawing and cancelling."""
    story = a_story()
    publish_story(story=story, by=OPERATOR, at=at, now=MONDAY)
    with pytest.raises(ValidationError, match=r"Withdraw|撤"):
        bin_story(story=story, by=cast.chief_editor, now=MONDAY)


def test_withdrawn_story_keeps_its_publications_for_ever(cast):
    """In the bin it is out of the way; emptying passes it over, and its page goes on saying that it was withdrawn."""
    story = a_publication("撤下的").story
    withdraw_story(story=story, by=OPERATOR, note="有误", now=MONDAY + HOUR)
    bin_story(story=story, by=cast.chief_editor, now=MONDAY + 2 * HOUR)
    assert empty_bin(by=cast.administrator, now=MONDAY + 3 * HOUR) == 0
    assert Publication.objects.filter(story=story).count() == 2
    assert Revision.objects.filter(story=story).exists()


def test_story_that_others_link_to_stays(cast):
    """The message names the stories whose links would break."""
    target = a_story("目标")
    linking = a_story("指向它的", related=[target])
    with pytest.raises(ValidationError, match="指向它的"):
        bin_story(story=target, by=cast.chief_editor, now=MONDAY)
    bin_story(story=linking, by=cast.chief_editor, now=MONDAY)
    bin_story(story=target, by=cast.chief_editor, now=MONDAY)


def test_emptied_bin_leaves_nothing_but_the_trail(cast):
    """Rows, versions and index go, links within the bin are no hindrance, and the trail says what it was."""
    first = a_story("甲稿", by=cast.reporter, subsections=[("一", "", "")])
    second = a_story("乙稿", related=[first])
    a_story("留下的")
    for story in (second, first):
        bin_story(story=story, by=cast.chief_editor, now=MONDAY)
    assert empty_bin(by=cast.administrator, now=MONDAY) == 2
    assert Story.objects.get().headline == "留下的"
    for model in (Subsection, Byline, RelatedLink):
        assert not model.objects.exists()
    entries = Activity.objects.filter(verb=Activity.Verb.DELETED)
    assert {(entry.subject, entry.story, entry.user) for entry in entries} == {
        ("甲稿", None, cast.administrator),
        ("乙稿", None, cast.administrator),
    }


def test_story_that_stays_in_the_bin_keeps_its_links(cast):
    """It stays because somebody took out a story that links to it; and so does what it links to itself."""
    far = a_story("远")
    near = a_story("近", related=[far])
    linking = a_story("引", related=[near])
    for story in (linking, near, far):
        bin_story(story=story, by=OPERATOR, now=MONDAY)
    take_out_of_bin(story=linking, by=OPERATOR, now=MONDAY)
    assert empty_bin(by=cast.administrator, now=MONDAY) == 0
    assert near.related_links.get().related_story == far


def test_chosen_stories_are_deleted_and_others_stay(cast):
    stories = [a_story(name) for name in ("甲", "乙")]
    for story in stories:
        bin_story(story=story, by=OPERATOR, now=MONDAY)
    assert empty_bin(by=cast.administrator, stories=[stories[0].pk], now=MONDAY) == 1
    assert Story.objects.get() == stories[1]


@pytest.mark.parametrize("who", ["reporter", "editor", "chief_editor", "outsider"])
def test_bin_is_emptied_by_administrators_only(cast, who):
    bin_story(story=a_story(by=cast.reporter), by=OPERATOR, now=MONDAY)
    with pytest.raises(PermissionDenied):
        empty_bin(by=getattr(cast, who), now=MONDAY)
    assert Story.objects.exists()


def test_emptying_leaves_what_is_not_in_the_bin(cast):
    """Even when somebody names it."""
    story = a_story()
    assert empty_bin(by=cast.administrator, stories=[story.pk], now=MONDAY) == 0
    assert Story.objects.get() == story


def test_story_deleted_already_is_refused_in_words(cast):
    story = a_story()
    bin_story(story=story, by=OPERATOR, now=MONDAY)
    empty_bin(by=OPERATOR, now=MONDAY)
    for action in (bin_story, take_out_of_bin):
        with pytest.raises(ValidationError, match=r"deleted|删除"):
            action(story=story, by=cast.chief_editor, now=MONDAY)


def test_link_to_a_story_in_the_bin_is_not_made(cast):
    """A story put into the bin meanwhile cannot be linked to from another form."""
    target = a_story("目标")
    bin_story(story=target, by=OPERATOR, now=MONDAY)
    with pytest.raises(ValidationError, match="目标"):
        save_story(rows=story_rows("新稿", related=[target]), by=cast.reporter, now=MONDAY)


def test_story_that_lists_name_is_not_deleted_for_ever(cast):
    """Now, later, and in a draft: the message names the story and its lists, and the whole bin stays as it is."""
    story, other = a_story("要上榜"), a_story("无关")
    for number, (name, when) in enumerate(
        [("头条", When(now=True)), ("明日", When(start=MONDAY + 9 * HOUR)), ("草案", When())]
    ):
        an_edition(a_list(name=name, slot=f"s{number}"), story, when=when, now=MONDAY)
    for each in (story, other):
        bin_story(story=each, by=OPERATOR, now=MONDAY + HOUR)
    with pytest.raises(ValidationError) as error:
        empty_bin(by=cast.administrator, now=MONDAY + HOUR)
    [message] = error.value.messages
    assert all(name in message for name in ("要上榜", "头条", "明日", "草案"))
    assert "无关" not in message
    assert Story.objects.count() == 2
    assert empty_bin(by=cast.administrator, stories=[other.pk], now=MONDAY + HOUR) == 1


def test_story_of_past_editions_only_is_deleted_for_ever(cast):
    """What it was never shown in loses nothing; the version still says that it was named."""
    story = a_story("曾上榜")
    made = a_list(story)
    an_edition(made, now=MONDAY + HOUR)
    bin_story(story=story, by=OPERATOR, now=MONDAY + HOUR)
    assert empty_bin(by=cast.administrator, now=MONDAY + 2 * HOUR) == 1
    assert made.revisions.get(number=1).content.story_ids == (story.pk,)


def test_story_with_a_list_of_its_own_is_not_deleted_for_ever(cast):
    """The list would stand at nothing."""
    story = a_story("专稿")
    a_list(name="专稿之下", place="below", scope=story)
    bin_story(story=story, by=OPERATOR, now=MONDAY)
    with pytest.raises(ValidationError, match="专稿之下"):
        empty_bin(by=cast.administrator, now=MONDAY)
    assert Story.objects.get() == story
