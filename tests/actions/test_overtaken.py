"""A save that a colleague's save has overtaken: both are kept, and what contradicts is asked, with nothing stored."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from articles.actions import ConflictError, Decision, publish_story, save_story
from articles.html import CleanHtml
from articles.merging import OwnText
from articles.models import Activity, Contributor, Revision, Story, StoryRows, Topic
from articles.search import find
from tests.builders import MONDAY, OPERATOR, a_section, a_story

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def opened(story: Story, **values: object) -> StoryRows:
    """The story as it is now, in a form that is filled in later."""
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    for name, value in values.items():
        setattr(rows.story, name, value)
    return rows


def save(rows: StoryRows, based_on: int = 1, *decisions: Decision, by: object = OPERATOR) -> Revision:
    return save_story(rows=rows, by=by, based_on=based_on, decisions=decisions, now=MONDAY + HOUR)


def conflict_of(rows: StoryRows, based_on: int = 1, *decisions: Decision) -> ConflictError:
    with pytest.raises(ConflictError) as caught:
        save(rows, based_on, *decisions)
    return caught.value


@pytest.fixture
def story(db) -> Story:
    return a_story("标题", summary="摘要", subsections=[("一", "", "<p>甲</p>"), ("二", "", "<p>乙</p>")])


def test_changes_in_different_places_make_one_version_of_both(story, cast):
    """Her summary and my second subsection stand together, in rows, version and index, with a comment that says so."""
    mine = opened(story)
    mine.subsections[1].body = "<p>我改</p>"
    save(opened(story, summary="她的摘要"), by=cast.editor)

    revision = save(mine, by=cast.chief_editor)

    assert (revision.number, revision.created_by) == (3, cast.chief_editor)
    assert revision.content.summary == "她的摘要"
    assert [part.body for part in revision.content.subsections] == ["<p>甲</p>", "<p>我改</p>"]
    assert "2" in revision.comment
    assert revision.overtaken.taken == ("summary",)
    assert [each.created_by for each in revision.overtaken.revisions] == [cast.editor]
    assert opened(story).content() == revision.content == mine.content()
    assert list(find("我改")) == [story.pk]


def test_what_is_not_part_of_the_content_stays(story):
    """Who made it, since when, whether it was public, and the keys of its subsections."""
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    keys = set(story.subsections.values_list("key", "pk"))
    mine = opened(story, kicker="我的", slug="bie-de")
    save(opened(story, summary="她的摘要"))
    save(mine)
    merged = Story.objects.get(pk=story.pk)
    assert (merged.has_publications, merged.created_at, merged.slug) == (True, MONDAY, story.slug)
    assert set(merged.subsections.values_list("key", "pk")) == keys


def test_the_same_place_changed_differently_is_refused_with_both_texts(story, cast):
    """Nothing is stored; the error holds what to choose from, and names who saved meanwhile."""
    mine = opened(story, headline="我的标题")
    save(opened(story, headline="她的标题"), by=cast.editor)
    before = Activity.objects.count()

    conflict = conflict_of(mine)

    assert (conflict.code, conflict.base, conflict.latest.number) == ("conflict", 1, 2)
    assert "Zhao" in conflict.messages[0]
    [place] = conflict.merged.conflicts
    assert (place.place, place.base, place.theirs, place.mine) == ("headline", "标题", "她的标题", "我的标题")
    assert opened(story).story.headline == "她的标题"
    assert (story.revisions.count(), Activity.objects.count()) == (2, before)


@pytest.mark.parametrize(
    ("choice", "headline"), [("mine", "我的标题"), ("theirs", "她的标题"), (OwnText("合改"), "合改")]
)
def test_a_decision_lets_the_save_through(story, choice, headline):
    """What was chosen is stored, together with all that needed no choice."""
    mine = opened(story, headline="我的标题", kicker="我的")
    save(opened(story, headline="她的标题", summary="她的摘要"))
    revision = save(mine, 1, Decision(2, {"headline": choice}))
    assert (revision.content.headline, revision.content.kicker, revision.content.summary) == (
        headline,
        "我的",
        "她的摘要",
    )


def test_a_third_save_asks_only_what_is_new(story):
    """What was decided against her version stays decided; only what he contradicts is asked."""
    mine = opened(story, headline="我的标题", summary="我的摘要")
    save(opened(story, headline="她的标题"))
    save(opened(story, summary="他的摘要"), 2)
    decided = Decision(2, {"headline": "mine"})

    conflict = conflict_of(mine, 1, decided)
    assert [each.place for each in conflict.merged.conflicts] == ["summary"]
    assert (conflict.base, conflict.latest.number, conflict.decisions) == (2, 3, (decided,))

    revision = save(mine, 1, decided, Decision(3, {"summary": "theirs"}))
    assert (revision.content.headline, revision.content.summary) == ("我的标题", "他的摘要")


def test_an_unfinished_decision_asks_for_all_of_its_places(story):
    """The page is shown again as a whole, so that a choice made can still be changed."""
    mine = opened(story, headline="我的标题", summary="我的摘要")
    save(opened(story, headline="她的标题", summary="她的摘要"))
    conflict = conflict_of(mine, 1, Decision(2, {"headline": "mine"}))
    assert [each.place for each in conflict.merged.conflicts] == ["headline", "summary"]
    assert conflict.decisions == ()


def test_an_own_text_that_cannot_be_stored_is_asked_again_with_the_reason(story):
    """Too long for the column: the places come back to choose from, with what is wrong, and nothing is stored."""
    mine = opened(story, headline="我的标题")
    save(opened(story, headline="她的标题"))
    conflict = conflict_of(mine, 1, Decision(2, {"headline": OwnText("长" * 500)}))
    assert [each.place for each in conflict.merged.conflicts] == ["headline"]
    assert "500" in conflict.reasons[0]
    assert story.revisions.count() == 2


@pytest.mark.parametrize("number", [0, 1, 3, 99, 10**17])
def test_decisions_about_versions_that_are_not_in_question_count_for_nothing(story, number):
    """A crafted form decides nothing it was not asked."""
    mine = opened(story, headline="我的标题")
    save(opened(story, headline="她的标题"))
    conflict = conflict_of(mine, 1, Decision(number, {"headline": "mine"}))
    assert [each.place for each in conflict.merged.conflicts] == ["headline"]


@pytest.mark.parametrize("based_on", [0, 99, 10**17])
def test_a_base_nobody_knows_asks_for_every_difference(story, based_on):
    """Without knowing what both began with, no difference is decided unasked."""
    save(opened(story, headline="她的标题"))
    conflict = conflict_of(opened(story, headline="我的标题"), based_on)
    assert [each.place for each in conflict.merged.conflicts] == ["headline"]


def test_an_unchanged_form_takes_over_everything_and_makes_no_version(story):
    """Opened, overtaken and saved as it was: the stored version stands, and what is in it is told."""
    mine = opened(story)
    save(opened(story, summary="她的摘要"))
    revision = save(mine)
    assert (revision.number, revision.overtaken.taken) == (2, ("summary",))
    assert story.revisions.count() == 2


def test_a_save_that_was_not_overtaken_says_nothing_of_it(story):
    """Also one that changes nothing, and one that makes exactly what a colleague saved."""
    assert save(opened(story, summary="新"), 1).overtaken is None
    same = opened(story, summary="又新")
    save(opened(story, summary="又新"), 2)
    assert getattr(save(same, 2), "overtaken", None) is None


def test_a_row_deleted_meanwhile_asks_when_it_was_edited(story):
    """She deletes the first subsection while I write in it: my text is asked for, and stored if I choose so."""
    mine = opened(story)
    mine.subsections[0].body = "<p>我写了三小时</p>"
    theirs = opened(story)
    theirs.subsections = theirs.subsections[1:]
    save(theirs)
    conflict = conflict_of(mine)
    [place] = conflict.merged.conflicts
    assert (place.theirs, place.mine.body) == (None, CleanHtml("<p>我写了三小时</p>"))
    save(mine, 1, Decision(2, {place.place: "mine"}))
    assert [row.body for row in story.subsections.all()] == ["<p>我写了三小时</p>", "<p>乙</p>"]


def test_names_that_no_longer_exist_are_left_out_and_named(story):
    """A topic she added and somebody deleted since cannot be stored; whoever saves is told."""
    topic = Topic.objects.create(name="春运", slug="chunyun")
    mine = opened(story, kicker="我的")
    theirs = opened(story)
    theirs.topics = [topic]
    save(theirs)
    story.topics.clear()
    topic.delete()
    revision = save(mine)
    assert (revision.content.topics, revision.overtaken.missing) == ((), ("春运",))


def test_section_people_and_order_are_merged_in_rows(story):
    """Her byline and section, my order of the subsections."""
    lin = Contributor.objects.create(name="林一", slug="lin-yi")
    mine = opened(story)
    mine.subsections = mine.subsections[::-1]
    theirs = opened(story, section=a_section("体育", "sports"))
    theirs.bylines = [theirs.story.bylines.model(contributor=lin)]
    save(theirs)
    save(mine)
    story = Story.objects.get(pk=story.pk)
    assert story.section.slug == "sports"
    assert [row.contributor for row in story.bylines.all()] == [lin]
    assert [row.heading for row in story.subsections.all()] == ["二", "一"]


def test_a_merge_whose_form_cannot_be_stored_is_refused_as_ever(story):
    """A mistake of the form itself comes before everything else."""
    mine = opened(story, headline=" ")
    save(opened(story, summary="她的摘要"))
    with pytest.raises(ValidationError) as caught:
        save(mine)
    assert "headline" in caught.value.error_dict
