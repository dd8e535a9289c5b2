"""Restoring: what an earlier version said comes back, as a new version, and nothing else changes."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from articles.actions import bin_story, publish_story, save_story
from articles.actions.restoring import SUBSECTION, restore_version
from articles.models import Activity, Contributor, Revision, Story, StoryRows, Topic
from tests.builders import MONDAY, OPERATOR, a_section, a_story

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
PARTS = [
    ("班次", "2 趟", "<p>早上七点发车。</p>"),
    ("票价", "", "<p>全程四十二元。</p>"),
    ("购票", "", "<p>提前三天。</p>"),
]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def full_story(**values) -> Story:
    person = Contributor.objects.create(name="林晓", slug="lin-xiao")
    topic = Topic.objects.create(name="春运", slug="chunyun")
    return a_story(
        "第一版标题",
        summary="第一版摘要",
        opening="<p>第一版开头</p>",
        subsections=PARTS,
        bylines=[(person, "reporter")],
        topics=[topic],
        related=[("https://a.example/", "相关")],
        **values,
    )


def edit(story: Story, change) -> Revision:
    """Another version, made by `change(rows)`."""
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    change(rows)
    return save_story(rows=rows, by=OPERATOR, now=MONDAY + HOUR)


def everything_else(rows: StoryRows) -> None:
    rows.story.headline, rows.story.summary, rows.story.opening = "第二版标题", "第二版摘要", "<p>第二版</p>"
    rows.story.dateline = "松岭"
    rows.subsections = [rows.subsections[2], rows.subsections[0]]
    rows.subsections[1].body = "<p>早上八点发车。</p>"
    rows.bylines, rows.topics, rows.related_links = [], [], []


def version(story: Story, number: int) -> Revision:
    return story.revisions.get(number=number)


def back(story: Story, *parts: str, number: int = 1, by=OPERATOR, **values):
    revision = version(story, number)
    return restore_version(story=story, revision=revision, parts=parts or None, by=by, now=MONDAY + 2 * HOUR, **values)


def test_whole_story_comes_back_as_a_new_version():
    """Word for word, with keys and order; what was there before stays in the history."""
    story = full_story()
    second = edit(story, everything_else)
    restored = back(story)
    assert (restored.revision.number, restored.is_new, restored.missing) == (3, True, ())
    assert restored.revision.digest == version(story, 1).digest
    assert restored.revision.comment == "restored from version 1"
    assert version(story, 2).digest == second.digest
    assert StoryRows.stored(Story.objects.get()).content() == version(story, 1).content


@pytest.mark.parametrize(
    "field", ["headline", "summary", "opening", "subsections", "byline", "topics", "related_links", "dateline"]
)
def test_one_field_comes_back_and_the_others_stay(field):
    """Each field alone: the new version is the second one with that field of the first."""
    story = full_story()
    edit(story, everything_else)
    content = back(story, field).revision.content
    first, second = version(story, 1).content, version(story, 2).content
    assert content == dataclasses.replace(second, **{field: getattr(first, field)})


def test_changed_subsection_comes_back_where_it_stands_now():
    """Its text of then, its place of now."""
    story = full_story()
    edit(story, everything_else)
    key = version(story, 1).content.subsections[0].key
    restored = back(story, f"{SUBSECTION}{key}")
    assert [part.heading for part in restored.revision.content.subsections] == ["购票", "班次"]
    assert restored.revision.content.subsections[1] == version(story, 1).content.subsections[0]
    assert restored.revision.comment == "restored from version 1: 班次"


def test_deleted_subsection_comes_back_behind_what_it_stood_behind():
    """With the key it had, so that the history knows it again."""
    story = full_story()
    edit(story, everything_else)
    lost = version(story, 1).content.subsections[1]
    content = back(story, f"{SUBSECTION}{lost.key}").revision.content
    assert [part.heading for part in content.subsections] == ["购票", "班次", "票价"]
    assert content.subsections[2] == lost


def without_keys(story: Story, number: int) -> None:
    """Make a version one of the time before subsections had keys."""
    stored = version(story, number).stored
    parts = [{name: value for name, value in part.items() if name != "key"} for part in stored["subsections"]]
    old = {name: value for name, value in stored.items() if name != "slug"}
    Revision.objects.filter(story=story, number=number).update(stored={**old, "schema": 1, "subsections": parts})


@pytest.mark.parametrize("parts", [(), ("subsections",), (f"{SUBSECTION}1", f"{SUBSECTION}2")])
def test_version_without_keys_finds_the_subsections_of_now(parts):
    """By what they say; the keys of now stay, whatever place they had then."""
    story = full_story()
    edit(story, everything_else)
    without_keys(story, 1)
    present = {part.heading: part.key for part in version(story, 2).content.subsections}
    parts_now = back(story, *parts).revision.content.subsections
    assert {part.heading: part.body for part in parts_now} == {heading: body for heading, _, body in PARTS}
    assert {part.heading: part.key for part in parts_now}.items() >= present.items()
    assert len({part.key for part in parts_now}) == 3
    assert all(len(part.key) == 12 for part in parts_now)


def test_restoring_what_the_story_says_already_writes_nothing():
    """No version, no line in the trail."""
    story = full_story()
    written = Activity.objects.count()
    restored = back(story)
    assert (restored.revision.number, restored.is_new) == (1, False)
    assert Activity.objects.count() == written


def test_restoring_is_in_the_trail():
    """From which version, into which, and what."""
    story = full_story()
    edit(story, everything_else)
    back(story, "headline")
    trace = story.activities.get(verb=Activity.Verb.RESTORED)
    assert trace.detail == {"version": 3, "restored": 1, "parts": ["headline"]}


def test_what_exists_no_longer_is_left_out_and_named():
    """A topic that was deleted, a story that is in the bin; everything else comes back."""
    target = a_story("进了回收站的稿子")
    topic = Topic.objects.create(name="取消的话题", slug="gone")
    story = a_story("第一版", topics=[topic], related=[target, ("https://a.example/", "相关")])

    def drop(rows: StoryRows) -> None:
        rows.story.headline, rows.topics, rows.related_links = "第二版", [], []

    edit(story, drop)
    topic.delete()
    bin_story(story=target, by=OPERATOR, now=MONDAY + HOUR)
    restored = back(story)
    assert restored.missing == ("取消的话题", str(target.pk))
    assert restored.revision.content.headline == "第一版"
    assert [link.headline for link in restored.revision.content.related_links] == ["相关"]


def test_link_to_a_story_in_the_bin_is_not_dropped_in_passing():
    """Restoring a headline touches the headline: what stands in the way is said, and nothing is saved."""
    target = a_story("目标")
    story = a_story("第一版", related=[target])
    edit(story, lambda rows: setattr(rows.story, "headline", "第二版"))
    Story.objects.filter(pk=target.pk).update(binned_at=MONDAY)
    with pytest.raises(ValidationError, match="in the bin: 目标"):
        back(story, "headline")
    assert story.related_links.get().related_story == target
    assert story.revisions.count() == 2


def test_address_of_a_story_that_was_public_stays():
    """Readers have it."""
    story = full_story()
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    Revision.objects.filter(story=story).update(stored={**version(story, 1).stored, "slug": "another"})
    edit(story, everything_else)
    slug = Story.objects.get(pk=story.pk).slug
    assert back(story).revision.content.slug == slug


@pytest.mark.parametrize("who", ["other_reporter", "outsider", "editor", "reporter"])
def test_restoring_is_for_those_who_may_edit(cast, who):
    """As saving is."""
    story = full_story(by=cast.reporter)
    edit(story, everything_else)
    if who in ("reporter", "editor"):
        assert back(story, by=getattr(cast, who)).is_new
    else:
        with pytest.raises(PermissionDenied):
            back(story, by=getattr(cast, who))
        assert story.revisions.count() == 2


def test_version_of_another_story_is_refused():
    """However the number got there."""
    story, other = full_story(), a_story("别的稿子", section=a_section())
    with pytest.raises(ValidationError, match="another story"):
        restore_version(story=story, revision=version(other, 1), by=OPERATOR, now=MONDAY + HOUR)


@pytest.mark.parametrize("part", ["", "headlines", "digest", f"{SUBSECTION}", f"{SUBSECTION}x", "__class__"])
def test_part_that_is_none_is_refused(part):
    """Nothing is restored in its place."""
    story = full_story()
    edit(story, everything_else)
    with pytest.raises(ValidationError, match="no such part"):
        restore_version(story=story, revision=version(story, 1), parts=[part], by=OPERATOR, now=MONDAY + HOUR)
    assert story.revisions.count() == 2


def test_later_version_is_looked_at_before_it_is_replaced(cast):
    """The page that was decided on did not show it."""
    story = full_story()
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    everything_else(rows)
    save_story(rows=rows, by=cast.editor, now=MONDAY + HOUR)
    with pytest.raises(ValidationError, match="Zhao saved version 2 meanwhile") as refused:
        back(story, based_on=1)
    assert refused.value.code == "stale"
    assert back(story, based_on=2).is_new


def test_version_of_a_later_release_is_refused_in_words():
    """It is not guessed at."""
    story = full_story()
    edit(story, everything_else)
    Revision.objects.filter(story=story, number=1).update(stored={"schema": 99})
    with pytest.raises(ValidationError, match="another release"):
        back(story)


def test_saving_what_a_version_from_before_keys_says_writes_nothing():
    """An upgrade of the program makes no versions of its own; a new address does."""
    story = full_story()
    Story.objects.filter(pk=story.pk).update(slug="lao-di-zhi")
    for row in story.subsections.all():
        row.key = str(row.position)
        row.save()
    without_keys(story, 1)
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    assert save_story(rows=rows, by=OPERATOR, now=MONDAY).number == 1
    rows.story.slug = "xin-di-zhi"
    assert save_story(rows=rows, by=OPERATOR, now=MONDAY).number == 2
