"""The story form: what it stores, what its buttons do, and that what it refuses comes back with everything typed."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.actions import bin_story, empty_bin, publish_story, withdraw_story
from articles.models import Activity, Byline, Contributor, Publication, Revision, Source, Story, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import inline_code, page
from tests.story_form import StoryForm, desk

HOUR = timedelta(hours=1)
BEIJING = ZoneInfo("Asia/Shanghai")


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


def test_row_of_another_story_cannot_be_taken(editor):
    """A crafted id makes a new row here and leaves the other story's row where it is."""
    victim = a_story("别人的", subsections=[("原来的", "", "")])
    story = a_story("我的", subsections=[("一", "", "")])
    form = StoryForm.edit(editor, story).row("subsections", 0, id=victim.subsections.get().pk, heading="拿走")
    form.saved()
    assert victim.subsections.get().heading == "原来的"
    assert [row.heading for row in story.subsections.all()] == ["拿走"]


def test_trail_is_kept_by_activity_and_not_by_the_admin(editor, cast):
    """Saving is told once: in Activity, with the person."""
    StoryForm.new(editor).fill(headline="新稿").saved().fill(headline="新稿二").saved()
    assert [row.verb for row in Activity.objects.order_by("id")] == ["created", "saved"]
    assert {row.user for row in Activity.objects.all()} == {cast.chief_editor}
    assert not LogEntry.objects.exists()


# Publishing


def test_publish_now_shows_the_story_to_readers(editor, client, cast):
    """One button saves what is in the form and publishes that version."""
    story = a_story()
    form = StoryForm.edit(editor, story).fill(headline="改过的标题").saved("_publish_now")
    publication = story.publications.get()
    assert "readers see this version now" in form.messages
    assert (publication.kind, publication.created_by) == ("published", cast.chief_editor)
    assert "改过的标题" in client.get(publication.get_absolute_url()).content.decode()


def test_new_story_is_published_in_one_go(editor):
    form = StoryForm.new(editor).fill(headline="快讯", section=a_section().pk)
    form.saved("_publish_now")
    assert Publication.objects.get().content.headline == "快讯"


def test_publishing_without_a_section_is_refused_at_the_field(editor):
    """Nothing is saved when publishing is refused: the form still holds what was typed, to be sent again."""
    form = StoryForm.new(editor).fill(headline="没有栏目").refused("_publish_now")
    assert "Choose a section" in form.errors["section"]
    assert form.values["headline"] == ["没有栏目"]
    assert not Story.objects.exists()


def test_correction_carries_its_note(editor, client):
    story = a_publication().story
    form = StoryForm.edit(editor, story).fill(headline="更正后", correction_note="人数有误。")
    form.saved("_publish_now")
    live = story.publications.get(live_until=None)
    assert (live.kind, live.note) == ("corrected", "人数有误。")
    assert "人数有误。" in client.get(live.get_absolute_url()).content.decode()


def test_scheduled_story_is_live_in_its_window(editor, client, reading_at):
    """Times typed are the newsroom's: 12:00 to 18:00 in Beijing."""
    story = a_story()
    form = StoryForm.edit(editor, story).fill(publish_at="2026-03-02T12:00", publish_until="2026-03-02T18:00")
    form.saved("_publish_at")
    publication = story.publications.get()
    assert publication.live_from == datetime(2026, 3, 2, 12, tzinfo=BEIJING)
    assert publication.live_until == datetime(2026, 3, 2, 18, tzinfo=BEIJING)
    answers = []
    for hour in (2, 3, 8, 9):
        reading_at(MONDAY + hour * HOUR)
        answers.append(client.get(publication.get_absolute_url()).status_code)
    assert answers == [404, 200, 200, 410]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"publish_at": "2026-03-02T09:59"}, "publish_at", "has passed"),
        ({"publish_at": ""}, "publish_at", "Give the date and time"),
        ({"publish_at": "tomorrow"}, "publish_at", "Enter a valid date"),
        ({"publish_at": "0001-01-01T00:00"}, "publish_at", "between 1900 and 9000"),
        ({"publish_at": "9999-12-31T23:59"}, "publish_at", "between 1900 and 9000"),
        (
            {"publish_at": "2026-03-02T12:00", "publish_until": "2026-03-02T12:00"},
            "publish_until",
            "after the beginning",
        ),
        (
            {"publish_at": "2026-03-02T12:00", "publish_until": "2026-03-02T11:00"},
            "publish_until",
            "after the beginning",
        ),
        ({"publish_at": "2026-03-02T12:00", "publish_until": "9999-12-31T23:59"}, "publish_until", "1900 and 9000"),
    ],
)
def test_moment_that_makes_no_sense_is_refused_at_its_field(editor, values, field, words):
    """Nothing is saved, and the text is still in the form."""
    story = a_story()
    form = StoryForm.edit(editor, story).fill(headline="还没有存", **values).refused("_publish_at")
    assert words in form.errors[field]
    assert form.values["headline"] == ["还没有存"]
    assert form.values["publish_at"] == [values["publish_at"]]
    assert not story.publications.exists()
    assert story.revisions.count() == 1


@pytest.mark.parametrize("moment", ["2026-03-29T02:30", "2026-10-25T02:30"])
def test_moment_the_clock_skips_or_shows_twice_is_refused(editor, settings, moment):
    """Where clocks change, a time that does not exist or happens twice is named at its field, not guessed."""
    settings.TIME_ZONE = "Europe/Zurich"
    form = StoryForm.edit(editor, a_story()).fill(publish_at=moment).refused("_publish_at")
    assert "Europe/Zurich" in form.errors["publish_at"]
    assert form.values["publish_at"] == [moment]


def test_withdrawing_needs_a_note_and_shows_it(editor, client):
    """Readers are told why, where the story was."""
    publication = a_publication("有误的报道")
    form = StoryForm.edit(editor, publication.story)
    assert "Tell readers" in form.refused("_withdraw").errors["withdrawal_note"]
    form.fill(withdrawal_note="消息来源不实。").saved("_withdraw")
    response = client.get(publication.get_absolute_url())
    assert response.status_code == 410
    assert "消息来源不实。" in response.content.decode()
    assert "有误的报道" not in response.content.decode()


def test_withdrawing_what_is_no_longer_live_is_refused_in_words(editor):
    """A colleague withdrew it while the form was open: the message is shown although its panel is gone."""
    story = a_publication().story
    form = StoryForm.edit(editor, story).fill(withdrawal_note="第二次", opening="<p>没有存</p>")
    withdraw_story(story=story, by=OPERATOR, note="第一次", now=MONDAY + HOUR / 2)
    form = form.refused("_withdraw")
    assert "not live at that moment" in form.messages
    assert form.values["opening"] == ["<p>没有存</p>"]


def test_scheduled_publication_is_cancelled(editor):
    story = a_story()
    planned = publish_story(story=story, by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    form, of_another_window = StoryForm.edit(editor, story), StoryForm.edit(editor, story)
    assert page(form.response).one("button", name="_cancel").attributes["value"] == str(planned.pk)
    form.saved("_cancel", str(planned.pk))
    assert not story.publications.exists()
    assert "cancelled already" in of_another_window.refused("_cancel", str(planned.pk)).messages


@pytest.mark.parametrize("wanted", ["", "x", "-1", "²", "9" * 30, "\x00"])
def test_cancelling_nonsense_is_refused_in_words(editor, wanted):
    story = a_story()
    form = StoryForm.edit(editor, story).fill(headline="还没有存").refused("_cancel", wanted)
    assert "cancelled already" in form.messages
    assert form.values["headline"] == ["还没有存"]


def test_cancelling_what_belongs_to_another_story_is_refused(editor):
    """The number of another story's plan does nothing here."""
    other = publish_story(story=a_story("另一篇"), by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    StoryForm.edit(editor, a_story()).refused("_cancel", str(other.pk))
    assert Publication.objects.get() == other


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


# Preview


def test_preview_shows_what_is_typed_and_stores_nothing(editor):
    """The page of the unsaved form: strict policy, kept by nobody, found by no search engine."""
    story = a_story()
    form = StoryForm.edit(editor, story).fill(headline="只是看看")
    form.add("subsections", heading="预览的一节", body="<p>甲</p>")

    response = form.press("_preview")

    text = response.content.decode()
    assert response.status_code == 200
    assert "只是看看" in text
    assert "预览的一节" in text
    assert "机密便条" not in text
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not inline_code(page(response))
    story.refresh_from_db()
    assert story.headline != "只是看看"
    assert (story.revisions.count(), story.subsections.count(), story.activities.count()) == (1, 0, 1)


def test_preview_of_a_new_story_stores_nothing(editor):
    response = StoryForm.new(editor).fill(headline="新稿预览").press("_preview")
    assert "新稿预览" in response.content.decode()
    assert not Story.objects.exists()


def test_preview_of_what_cannot_be_saved_is_the_form(editor):
    assert StoryForm.new(editor).refused("_preview").errors["headline"]


def test_preview_address_shows_the_saved_working_copy(editor, client):
    """For those who work here only."""
    story = a_story("存过的稿")
    url = reverse("admin:articles_story_preview", args=[story.pk])
    response = editor.get(url)
    assert "存过的稿" in response.content.decode()
    assert "机密便条" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert client.get(url).status_code == 302


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


# Cost


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
    """However many related stories, people and topics a story names."""
    story = a_story_with_rows(count)
    url = reverse("admin:articles_story_change", args=[story.pk])
    editor.get(url)
    with django_assert_num_queries(19):
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


def test_story_rows_builder_matches_the_form(editor):
    """The builder and the form make the same content of the same values."""
    rows = story_rows("同一篇", subsections=[("一", "1 2", "<p>甲</p>")])
    form = StoryForm.new(editor).fill(headline="同一篇", section=a_section().pk)
    form.add("subsections", heading="一", figures="1 2", body="<p>甲</p>").saved()
    rows.subsections[0].key = Story.objects.get().subsections.get().key
    rows.story.slug = Story.objects.get().slug
    assert Revision.objects.get().digest == rows.content().digest
