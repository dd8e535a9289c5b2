"""What a version calls its section, people, topics and source: their names in its language, as they were then."""

from __future__ import annotations

import pytest

from articles.actions import approve_story, restore_version, save_story, submit_story
from articles.comparison import compare
from articles.content import StoryContent
from articles.models import Contributor, Section, Source, Story, StoryRows, Topic
from tests.builders import OPERATOR, a_section, a_story
from tests.publishing import hour

pytestmark = pytest.mark.django_db

CHINESE, ENGLISH = ["要闻", "就业", "林晓禾", "松岭日报"], ["Top Stories", "Jobs", "Lin Xiaohe", "Songling Daily"]
MODELS = (Section, Topic, Contributor, Source)


def a_named_story(language: str) -> Story:
    """A story in `language`, of which everything that has a name has one in Chinese only."""
    topic = Topic.objects.create(name="就业", slug="jobs")
    person = Contributor.objects.create(name="林晓禾", slug="lin-xiaohe")
    source = Source.objects.create(name="松岭日报", name_key="松岭日报", slug="songling")
    bylines = [(person, "reporter")]
    return a_story(language=language, section=a_section(), topics=[topic], bylines=bylines, source=source)


def name_in_english(names: list[str] = ENGLISH) -> None:
    for model, name in zip(MODELS, names, strict=True):
        model.objects.update(name_english=name)


def names(content: StoryContent) -> list[str]:
    return [each.name for each in (content.section, *content.topics, *content.byline, content.source)]


def latest(story: Story) -> StoryContent:
    return story.revisions.first().content


def save(story: Story, hours: float = 1, **changes: str):
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    for name, value in changes.items():
        setattr(rows.story, name, value)
    return save_story(rows=rows, by=OPERATOR, now=hour(hours))


@pytest.mark.parametrize(("language", "said"), [("en", ENGLISH), ("zh-hans", CHINESE), ("zh-hant", CHINESE)])
def test_version_has_the_names_of_its_language(language, said):
    story = a_named_story(language)
    assert names(latest(story)) == CHINESE
    name_in_english()
    save(story, headline="Two coaches")
    assert names(latest(story)) == said


def test_version_keeps_the_names_it_was_saved_with():
    """A name that came later, or has changed since, is in the next version."""
    story = a_named_story("en")
    name_in_english()
    save(story)
    name_in_english(["News", "Work", "X. Lin", "The Daily"])
    assert [names(row.content) for row in story.revisions.order_by("number")] == [CHINESE, ENGLISH]
    assert names(save(story, 2).content) == ["News", "Work", "X. Lin", "The Daily"]


def test_names_in_english_change_nothing_of_a_chinese_story():
    """No new version comes of a save, so that a review and what is live stay valid."""
    story = a_named_story("zh-hans")
    before = story.revisions.get()
    name_in_english()
    assert save(story) == before
    assert StoryRows.stored(story).content().digest == before.digest


@pytest.mark.parametrize(("before", "after", "said"), [("zh-hans", "en", ENGLISH), ("en", "zh-hans", CHINESE)])
def test_story_in_another_language_takes_the_names_of_that_language(before, after, said):
    story = a_named_story(before)
    name_in_english()
    save(story, language=after)
    assert names(latest(story)) == said


def test_restoring_the_language_takes_the_names_along():
    """Whole or alone: ids say who and what it is, and the names are those of the language that comes back."""
    story = a_named_story("zh-hans")
    name_in_english()
    save(story, language="en")
    for parts in (["language"], None):
        first, *_rest = story.revisions.order_by("number")
        restore_version(story=story, revision=first, parts=parts, by=OPERATOR, now=hour(2))
        assert names(latest(story)) == CHINESE
        save(story, 3, language="en")
        assert names(latest(story)) == ENGLISH


def test_changes_of_two_people_merge_by_id_whatever_things_are_called():
    """One made the story an English one; the other, whose form was opened before, changed section and headline."""
    story = a_named_story("zh-hans")
    name_in_english()
    culture = a_section("文化", "culture", name_english="Culture")
    form = StoryRows.stored(Story.objects.get(pk=story.pk))
    save(story, language="en")
    form.story.section, form.story.headline = culture, "Two coaches"
    saved = save_story(rows=form, by=OPERATOR, based_on=1, now=hour(2))
    assert saved.content.language == "en"
    assert names(saved.content) == ["Culture", *ENGLISH[1:]]
    assert saved.overtaken.taken == ("language",)


def test_comparison_pairs_what_has_another_name_in_each_language():
    """As one thing whose name changed, not as one that went and another that came."""
    story = a_named_story("zh-hans")
    name_in_english()
    save(story, language="en")
    new, old = (row.content for row in story.revisions.all())
    compared = {field.name: field for field in compare(old, new).changes}
    assert compared.keys() == {"section", "topics", "byline", "source", "language"}
    for name in ("section", "topics", "byline", "source"):
        assert [item.status for item in compared[name].items] == ["changed"]


@pytest.mark.parametrize("state", [Story.Review.SUBMITTED, Story.Review.APPROVED])
def test_names_take_nothing_away_that_was_approved(settings, cast, state):
    """A save that changes nothing keeps the version with its sign-offs, and so the names that were read."""
    settings.REVIEW_STAGES = "one"
    story = a_named_story("en")
    Story.objects.update(created_by=cast.reporter)
    submit_story(story=story, by=cast.reporter, now=hour(0))
    if state == Story.Review.APPROVED:
        approve_story(story=story, by=cast.editor, now=hour(0))
    name_in_english()
    assert save(story, 1).number == 1
    story.refresh_from_db()
    assert story.review == state
    assert save(story, 2, headline="Another headline").number == 2
    assert names(latest(story)) == ENGLISH


def test_draft_takes_new_names_by_being_saved():
    """So that they come to readers without another change of the text."""
    story = a_named_story("en")
    name_in_english()
    assert save(story).number == 2
    assert names(latest(story)) == ENGLISH
