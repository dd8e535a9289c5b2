"""The rows of the story form: their order, their people and links, and that many cost no more than few."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.models import Contributor, Revision, Story, Topic
from tests.builders import MONDAY, a_story
from tests.story_form import StoryForm, desk

HOUR = timedelta(hours=1)


@pytest.fixture
def editor(cast, reading_at):
    """It is an hour after `MONDAY`: 2026-03-02 10:00 in Beijing."""
    reading_at(MONDAY + HOUR)
    return desk(cast.chief_editor)


def test_rows_are_stored_in_the_order_of_their_places(editor):
    """Places are any numbers; rows that show the same one keep their order, and a row without one comes last."""
    story = a_story(subsections=[("一", "", ""), ("二", "", ""), ("三", "", ""), ("四", "", "")])
    form = StoryForm.edit(editor, story)
    for number, place in enumerate(["", 7, 3, 7]):
        form.row("subsections", number, place=place)

    form.saved()

    assert [row.heading for row in story.subsections.all()] == ["三", "二", "四", "一"]
    assert [part.heading for part in story.revisions.first().content.subsections] == ["三", "二", "四", "一"]


def test_row_that_is_deleted_is_gone(editor):
    story = a_story(subsections=[("一", "", "<p>甲</p>"), ("二", "", "<p>乙</p>")])
    StoryForm.edit(editor, story).delete("subsections", 0).saved()
    assert [row.heading for row in story.subsections.all()] == ["二"]


def test_blank_row_is_left_out(editor):
    """A row that was added and not filled in is no row, even when the script has numbered it."""
    form = StoryForm.edit(editor, a_story())
    form.add("subsections").add("related_links").add("bylines", role="reporter").saved()
    assert Story.objects.get().subsections.count() == 0


def test_rows_may_swap_their_people(editor):
    """Two bylines change places by their names, and no rule about unique bylines is in the way."""
    one, two = (Contributor.objects.create(name=name, slug=name) for name in ("a", "b"))
    story = a_story(bylines=[(one, "reporter"), (two, "reporter")])
    form = StoryForm.edit(editor, story)
    form.row("bylines", 0, contributor=two.pk).row("bylines", 1, contributor=one.pk).saved()
    assert [row.contributor for row in story.bylines.all()] == [two, one]


def test_same_person_twice_in_one_role_is_refused_in_words(editor):
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    form = StoryForm.edit(editor, a_story())
    form.add("bylines", contributor=person.pk, role="reporter").add("bylines", contributor=person.pk, role="reporter")
    assert form.refused().errors


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"headline": "没有去处"}, "Give a story or an address"),
        ({"related_story": "own", "headline": "自己"}, "cannot be related to itself"),
        ({"related_story": "other", "url": "https://example.org/", "headline": "两个"}, "not both"),
        ({"url": "https://example.org/"}, "needs a headline"),
        ({"url": "javascript:alert(1)", "headline": "x"}, "valid URL"),
        ({"related_story": "x"}, "valid choice"),
        ({"related_story": "9" * 30}, "valid choice"),
    ],
    ids=["nowhere", "itself", "both", "untitled", "script", "word", "huge"],
)
def test_related_link_without_one_target_is_refused_in_words(editor, values, words):
    """Exactly one target, and never the story itself; the row comes back as it was typed."""
    story, other = a_story("自己"), a_story("另一篇")
    ids = {"own": story.pk, "other": other.pk}
    if values.get("related_story") in ids:
        values = {**values, "related_story": ids[values["related_story"]]}
    form = StoryForm.edit(editor, story).add("related_links", teaser="写好的导语", **values).refused()
    assert words in form.messages
    assert form.values["related_links-0-teaser"] == ["写好的导语"]


def test_related_story_in_the_bin_is_refused_at_its_field(editor):
    """Whether it is chosen anew or went into the bin while it was linked; without these rows the form is saved."""
    linked, chosen = a_story("已关联"), a_story("新选的")
    form = StoryForm.edit(editor, a_story(related=[linked])).add("related_links", related_story=chosen.pk)
    Story.objects.filter(pk__in=[linked.pk, chosen.pk]).update(binned_at=MONDAY)

    form = form.refused()

    assert {"related_links-0-related_story", "related_links-1-related_story"} <= set(form.errors)
    form.delete("related_links", 0).delete("related_links", 1).saved()


def test_row_of_another_story_cannot_be_taken(editor):
    """A crafted id makes a new row here and leaves the other story's row where it is."""
    victim = a_story("别人的", subsections=[("原来的", "", "")])
    story = a_story("我的", subsections=[("一", "", "")])
    form = StoryForm.edit(editor, story).row("subsections", 0, id=victim.subsections.get().pk, heading="拿走")
    form.saved()
    assert victim.subsections.get().heading == "原来的"
    assert [row.heading for row in story.subsections.all()] == ["拿走"]


# How many


def a_story_with_rows(count: int) -> Story:
    people = [Contributor.objects.create(name=f"记者{n}", slug=f"p{count}-{n}") for n in range(count)]
    return a_story(
        f"有{count}行的稿子",
        related=[a_story(f"关联{count}-{n}") for n in range(count)],
        bylines=[(person, "reporter") for person in people],
        subsections=[(f"第{n}节", "", "<p>甲</p>") for n in range(count)],
        topics=[Topic.objects.create(name=f"话题{count}-{n}", slug=f"t{count}-{n}") for n in range(count)],
    )


@pytest.mark.parametrize("count", [1, 20])
def test_form_costs_the_same_with_few_and_many_rows(editor, django_assert_num_queries, count):
    """However many related stories, people and topics a story names; one query is for the lists that name it."""
    story = a_story_with_rows(count)
    url = reverse("admin:articles_story_change", args=[story.pk])
    editor.get(url)
    with django_assert_num_queries(21):
        response = editor.get(url)
    form = StoryForm.of(editor, url, response)
    assert form.rows("related_links") == count
    assert form.values[f"related_links-{count - 1}-related_story"] != [""]


def test_three_hundred_related_links_are_saved(editor):
    """A form of about 2,500 fields is taken, and shown again, in one piece."""
    form = StoryForm.edit(editor, a_story())
    for number in range(300):
        form.add("related_links", url=f"https://example.org/{number}", headline=f"链接{number}")
    form = form.saved()
    assert form.rows("related_links") == 300
    assert [link.headline for link in Revision.objects.first().content.related_links][-1] == "链接299"


def test_posted_number_of_rows_is_not_believed(editor):
    """A crafted count makes no form of thousands of rows; what is really there comes back with a message."""
    form = StoryForm.edit(editor, a_story(subsections=[("一", "", "<p>甲</p>")]))
    form.values["subsections-TOTAL_FORMS"] = ["999999"]
    back = form.refused()
    assert sum(name.startswith("subsections-") and name.endswith("-heading") for name in back.values) <= 500
    assert back.values["subsections-0-heading"] == ["一"]


def test_row_has_no_words_for_what_nobody_sees(editor):
    """The key of a subsection is carried along hidden, without a label that no catalogue has."""
    text = editor.get(reverse("admin:articles_story_add")).content.decode()
    assert "subsections-__prefix__-part_key" in text
    assert "Part key" not in text
