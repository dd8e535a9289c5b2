"""The story form: what it stores, what is told of it, and that what it refuses comes back with everything typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.actions import bin_story, empty_bin, publish_story
from articles.models import Activity, Byline, Contributor, Revision, Source, Story, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import page
from tests.story_form import StoryForm, desk

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    """Everything happens an hour after `MONDAY`: 2026-03-02 10:00 in Beijing."""
    reading_at(MONDAY + HOUR)


@pytest.fixture
def editor(cast):
    return desk(cast.chief_editor)


# What is stored


def test_story_is_stored_with_all_its_rows(cast):
    """A reporter writes a story with two subsections, a byline and related links in one go."""
    section, source = a_section(), Source.objects.create(name="松岭日报", name_key="松岭日报", slug="songling")
    topic = Topic.objects.create(name="春运", slug="chunyun")
    lin = Contributor.objects.create(name="林一", slug="lin-yi")
    other = a_story("先前的稿子")
    form = StoryForm.new(desk(cast.reporter)).fill(
        kicker="春运", headline="两趟专车开行", subtitle="首日八百人", summary="一段摘要", opening="<p>开头</p>",
        section=section.pk, topics=[str(topic.pk)], source=source.pk, dateline="松岭",
        original_url="https://example.org/a", original_title="原题", original_author="原作者", language="zh-hans",
    )  # fmt: skip
    form.add("subsections", heading="第一节", figures="800人 2趟", body="<p>甲</p>")
    form.add("subsections", heading="第二节", body="<p>乙</p>")
    form.add("bylines", contributor=lin.pk, role=Byline.Role.RESPONSIBLE_EDITOR)
    form.add("related_links", related_story=other.pk, teaser="另见")
    form.add("related_links", url="https://example.org/b", headline="外站")

    form.saved()

    story = Story.objects.get(headline="两趟专车开行")
    content = story.revisions.get().content
    assert story.created_by == story.updated_by == cast.reporter
    assert story.slug == "liang-tang-zhuan-che-kai-xing"
    assert (content.kicker, content.subtitle, content.summary) == ("春运", "首日八百人", "一段摘要")
    assert (content.opening, content.dateline) == ("<p>开头</p>", "松岭")
    assert [(part.heading, part.figures, part.body) for part in content.subsections] == [
        ("第一节", "800人 2趟", "<p>甲</p>"),
        ("第二节", "", "<p>乙</p>"),
    ]
    assert [(credit.name, credit.role) for credit in content.byline] == [("林一", "responsible_editor")]
    assert [(link.story_id, link.url, link.headline, link.teaser) for link in content.related_links] == [
        (other.pk, "", "", "另见"),
        (None, "https://example.org/b", "外站", ""),
    ]
    assert (content.section.slug, content.source.name, content.topics[0].slug) == ("news", "松岭日报", "chunyun")
    assert (content.original_url, content.original_title) == ("https://example.org/a", "原题")
    assert content.original_author == "原作者"


def test_story_opens_with_the_values_it_was_saved_with(editor):
    """Opening a story and saving it unchanged changes nothing: no version, no activity, not even the time."""
    link = a_story("另一篇")
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    story = a_story(
        subsections=[("一", "1 2", "<p>甲&amp;乙</p>"), ("二", "", "<p>丙</p>")],
        bylines=[(person, "reporter"), (person, "photographer")],
        related=[link, ("https://example.org/", "外站")],
        topics=[Topic.objects.create(name="春运", slug="chunyun")],
        opening="<p>开头 &lt;b&gt;</p>\n<ul><li>一</li></ul>",
    )
    before = Story.objects.get(pk=story.pk).updated_at

    StoryForm.edit(editor, story).saved()

    story.refresh_from_db()
    assert story.updated_at == before
    assert story.revisions.count() == 1
    assert story.activities.count() == 1


def test_hostile_markup_is_cleaned(editor):
    """What the browser sends is cleaned before it is stored or shown again."""
    form = StoryForm.edit(editor, a_story()).fill(opening='<p onclick="x()">好<script>bad()</script></p>')
    form.add("subsections", heading="一", body='<a href="javascript:x()">去</a><iframe src="//evil"></iframe>')
    form.saved()
    content = Revision.objects.first().content
    assert content.opening == "<p>好</p>"
    assert "javascript" not in content.subsections[0].body
    assert "iframe" not in content.subsections[0].body


@pytest.mark.parametrize("editor_name", ["ckeditor", "plain"])
def test_either_editor_shows_and_saves_the_text(editor, settings, editor_name):
    """Text that looks like markup stays text, however often it goes to the browser and back."""
    settings.RICH_TEXT_EDITOR = editor_name
    text = "<p>写作 &lt;b&gt; 与 &amp;lt; 的 AT&amp;T</p>"
    form = StoryForm.new(editor).fill(headline="标记", opening=text)
    form = form.add("subsections", heading="一", body=text).saved().fill(subtitle="又存一次").saved()
    assert form.values["opening"] == form.values["subsections-0-body"] == [text]
    assert Story.objects.get().opening == text


def test_address_is_open_until_the_story_was_scheduled(editor):
    """A draft's address may be chosen; one that was announced is kept for ever, whatever is posted."""
    story = a_story()
    form = StoryForm.edit(editor, story).fill(slug="zhuan-che").saved()
    assert form.values["slug"] == ["zhuan-che"]
    publish_story(story=story, by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    form = StoryForm.edit(editor, story)
    assert "slug" not in form.values
    form.fill(slug="something-else", headline="新标题").saved()
    story.refresh_from_db()
    assert (story.slug, story.headline) == ("zhuan-che", "新标题")


def test_story_deleted_meanwhile_is_saved_again(editor):
    """Text is not lost when a colleague deleted the story that was open: it becomes a story again, rows and all."""
    story = a_story(subsections=[("一", "", "<p>甲</p>")])
    form = StoryForm.edit(editor, story).fill(opening="<p>三小时的工作</p>")
    bin_story(story=story, by=OPERATOR)
    empty_bin(by=OPERATOR)

    form.saved()

    again = Story.objects.get()
    assert again.opening == "<p>三小时的工作</p>"
    assert again.subsections.get().heading == "一"


def test_trail_is_kept_by_activity_and_not_by_the_admin(editor, cast):
    """Saving is told once: in Activity, with the person."""
    StoryForm.new(editor).fill(headline="新稿").saved().fill(headline="新稿二").saved()
    assert [row.verb for row in Activity.objects.order_by("id")] == ["created", "saved"]
    assert {row.user for row in Activity.objects.all()} == {cast.chief_editor}
    assert not LogEntry.objects.exists()


def test_story_rows_builder_matches_the_form(editor):
    """The builder and the form make the same content of the same values."""
    rows = story_rows("同一篇", subsections=[("一", "1 2", "<p>甲</p>")])
    form = StoryForm.new(editor).fill(headline="同一篇", section=a_section().pk)
    form.add("subsections", heading="一", figures="1 2", body="<p>甲</p>").saved()
    rows.subsections[0].key = Story.objects.get().subsections.get().key
    rows.story.slug = Story.objects.get().slug
    assert Revision.objects.get().digest == rows.content().digest


# What is refused


def test_refusal_keeps_every_field_and_row(editor):
    """What comes back can be posted again as it is, after the one mistake is mended."""
    link = a_story("另一篇")
    form = StoryForm.new(editor).fill(headline="长" * 121, opening="<p>开头</p>", section="")
    form.add("subsections", heading="一", figures="1 2 3", body="<p>甲</p>", place=5)
    form.add("related_links", related_story=link.pk, teaser="导语")
    form.add("related_links", url="not an address", headline="外站")

    back = form.refused()

    assert "120" in back.errors["headline"]
    assert back.errors["related_links-1-url"]
    sent = {name: value for name, value in form.values.items() if name != "csrfmiddlewaretoken"}
    assert {name: back.values.get(name) for name in sent} == sent
    back.fill(headline="短").row("related_links", 1, url="https://example.org/").saved()


# History and deletion


def test_history_tells_versions_publications_and_activities(editor):
    story = a_story()
    StoryForm.edit(editor, story).fill(headline="第二版").saved("_publish_now")
    text = page(editor.get(reverse("admin:articles_story_history", args=[story.pk]))).text
    assert "2 March 2026, 10:00 Beijing time" in text
    for word in ("published", "created", "Tang"):
        assert word in text, word


def test_draft_goes_into_the_bin_and_what_is_public_stays(editor):
    """Also by a crafted post to the address of the confirmation."""
    draft, public = a_story("草稿"), a_publication("发过").story
    editor.post(reverse("admin:articles_story_delete", args=[draft.pk]), {"post": "yes"})
    answer = editor.post(reverse("admin:articles_story_delete", args=[public.pk]), {"post": "yes"})
    assert answer.status_code == 302
    assert list(Story.objects.on_the_desk()) == [public]


def test_deleting_a_story_that_others_link_to_is_refused_in_words(editor):
    target = a_story("被引用")
    a_story("引用者", related=[target])
    response = editor.post(reverse("admin:articles_story_delete", args=[target.pk]), {"post": "yes"}, follow=True)
    assert response.status_code == 200
    assert "引用者" in response.content.decode()
    assert Story.objects.filter(pk=target.pk).exists()
