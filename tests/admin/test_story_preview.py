"""Preview on the desk: the pane beside the form, what readers will not see, and the page of the links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.actions import bin_story, make_preview_link, publish_story, withdraw_story
from articles.models import CopyrightNotice, PreviewLink, Source, Story
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.page import page
from tests.story_form import FORM_TYPE, StoryForm, desk, urlencoded

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def editor(cast, reading_at) -> Client:
    reading_at(MONDAY)
    return desk(cast.editor)


def pane_url(story: Story | None = None) -> str:
    name = "admin:articles_story_preview_pane" if story else "admin:articles_story_preview_new_pane"
    return reverse(name, args=[story.pk] if story else [])


def pane(form: StoryForm, story: Story | None = None, **more: Any) -> Any:
    """What the pane beside `form` shows."""
    return form.client.post(pane_url(story), urlencoded({**form.values, **more}), content_type=FORM_TYPE)


def links_url(story: Story) -> str:
    return reverse("admin:articles_story_preview_links", args=[story.pk])


def test_pane_shows_the_posted_form_and_stores_nothing(editor):
    """Whatever button was posted with it."""
    story = a_story("存过的标题")
    form = StoryForm.edit(editor, story).fill(headline="没存的标题")
    for button in ({}, {"_continue": "1"}, {"_publish_now": "1"}):
        assert page(pane(form, story, **button)).one("h1").text == "没存的标题"
    story.refresh_from_db()
    assert story.headline == "存过的标题"
    assert (story.revisions.count(), story.publications.count()) == (1, 0)


def test_pane_of_a_new_story_stores_nothing(editor):
    """And without a form there is nothing to show."""
    assert editor.get(pane_url()).status_code == 403
    assert page(pane(StoryForm.new(editor).fill(headline="新稿"))).one("h1").text == "新稿"
    assert not Story.objects.exists()


def test_only_the_pane_may_stand_in_a_frame(editor):
    """Of this site; under the strict policy; kept by nobody. The form and the preview in a tab stay out of frames."""
    story = a_story()
    form = StoryForm.edit(editor, story)
    for response in (pane(form, story), pane(form.fill(headline=""), story), editor.get(pane_url(story))):
        assert response.status_code == 200
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
    in_a_tab = editor.get(reverse("admin:articles_story_preview", args=[story.pk]))
    typed_in_a_tab = StoryForm.edit(editor, story).press("_preview")
    without_login = Client().get(pane_url(story))
    for response in (form.response, in_a_tab, typed_in_a_tab, without_login):
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_pane_says_what_is_missing(editor):
    """Field by field, rows by their place; a row that is to go is not missed."""
    story = a_story(subsections=[("甲", "", "<p>一</p>"), ("乙", "", "<p>二</p>")])
    form = StoryForm.edit(editor, story).fill(headline="", publish_at="gestern")
    form.row("subsections", 1, heading="").row("subsections", 0, heading="").delete("subsections", 0)
    missing = page(pane(form, story)).one(css_class="preview-missing")
    assert [place.text for place in missing.all("dt")] == ["Headline", "Publish at", "Subsection 2, Heading"]
    assert not missing.all("article")


@pytest.mark.parametrize(
    "junk", [{"headline": "x" * 1_000_000}, {"headline": "a\x00b"}, {"subsections-TOTAL_FORMS": "x"}]
)
def test_pane_answers_senseless_forms_in_words(editor, junk):
    """With a page, or with what is wrong."""
    story = a_story()
    response = pane(StoryForm.edit(editor, story), story, **junk)
    assert response.status_code == 200
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_pane_of_a_story_deleted_meanwhile_shows_what_is_typed(editor):
    story = a_story()
    form = StoryForm.edit(editor, story).fill(headline="还在写")
    story.revisions.all().delete()
    Story.objects.filter(pk=story.pk).delete()
    assert page(pane(form, story)).one("h1").text == "还在写"


@pytest.mark.parametrize(
    ("name", "reads", "writes"),
    [
        ("reporter", 200, 200),
        ("other_reporter", 200, 403),
        ("photo_editor", 200, 403),
        ("editor", 200, 200),
        ("chief_editor", 200, 200),
        ("outsider", 403, 403),
    ],
)
def test_pane_is_for_those_who_may_see_or_change_the_story(cast, name, reads, writes):
    """Who may only read sees the saved version; nobody else sees anything."""
    story = a_story("金丝雀标题", by=cast.reporter)
    form = StoryForm.edit(desk(cast.editor), story)
    form.client = desk(getattr(cast, name))
    read, wrote = form.client.get(pane_url(story)), pane(form, story)
    assert (read.status_code, wrote.status_code) == (reads, writes)
    for response in (read, wrote):
        assert ("金丝雀标题" in response.content.decode()) == (response.status_code == 200)


def test_related_stories_that_readers_do_not_see_are_marked(editor):
    """In their place and with the reason; those that are live, and links to other sites, stand as readers see them."""
    live, draft = a_publication("登了的").story, a_story("草稿")
    later, gone = a_story("明天的"), a_publication("撤了的", at=MONDAY - DAY).story
    publish_story(story=later, by=OPERATOR, at=MONDAY + DAY, now=MONDAY)
    withdraw_story(story=gone, by=OPERATOR, note="有误", now=MONDAY)
    story = a_story(related=[draft, live, later, gone, ("https://example.org/", "别处")])
    document = page(pane(StoryForm.edit(editor, story), story))
    assert [item.one(css_class="headline").text for item in document.one(css_class="related").all("li")] == [
        "草稿", "登了的", "明天的", "撤了的", "别处 外站",
    ]  # fmt: skip
    draft, later, gone = (item.one("p").text for item in document.all(css_class="hidden-link"))
    assert draft == "Readers will not see this link: not live yet."
    assert "goes live" in later
    assert "withdrawn" in gone
    assert not any(item.all("a") for item in document.all(css_class="hidden-link"))


def test_related_story_that_is_retracted_is_marked(editor):
    """It is live and still no list leads to it; what stands after it is not taken for it."""
    gone, live = a_publication("收回的", at=MONDAY - DAY).story, a_publication("登了的").story
    publish_story(story=gone, by=OPERATOR, change="retraction", note="查无此事", now=MONDAY)
    story = a_story(related=[gone, live])
    first, second = page(pane(StoryForm.edit(editor, story), story)).one(css_class="related").all("li")
    assert "retracted" in first.text
    assert second.one(css_class="headline").text == "登了的"


def test_preview_is_of_the_moment_the_story_is_to_be_published_at(editor):
    """The notice in force then, the stories live then; in a tab as beside the form."""
    source = Source.objects.create(name="松岭日报", slug="songling")
    CopyrightNotice.objects.create(source=source, text="今天的声明", effective_from=MONDAY - DAY)
    CopyrightNotice.objects.create(source=source, text="明天的声明", effective_from=MONDAY + DAY)
    later = a_story("明天的相关")
    publish_story(story=later, by=OPERATOR, at=MONDAY + DAY, now=MONDAY)
    story = a_story(source=source, related=[later])
    form = StoryForm.edit(editor, story)
    assert "今天的声明" in pane(form, story).content.decode()
    # 09:00 in the newsroom on Tuesday, the first moment of the new notice.
    form.fill(publish_at="2026-03-03T09:00")
    for response in (pane(form, story), form.press("_preview")):
        text = response.content.decode()
        assert "明天的声明" in text
        assert "今天的声明" not in text
        assert "hidden-link" not in text
        assert "3 March 2026" in page(response).one(css_class="preview-bar").text


def test_preview_of_a_public_story_keeps_its_date_and_shows_its_correction(editor):
    """As the next version will stand: first live when it was, with the note that is typed."""
    story = a_publication("登了的", at=MONDAY - DAY).story
    document = page(pane(StoryForm.edit(editor, story).fill(correction_note="人数应为十二"), story))
    assert document.one(css_class="byline").all("time")[0].attributes["datetime"].startswith("2026-03-01")
    assert "人数应为十二" in document.one(css_class="top-notice").text
    assert not story.publications.filter(note="人数应为十二").exists()


def test_links_are_made_listed_and_revoked_on_their_page(editor, cast):
    """The address stands there as long as it works; afterwards what became of it."""
    story = a_story()
    url = links_url(story)
    made = editor.post(url, {"_make": "1", "meant_for": "王局长", "lifetime": "week"}, follow=True)
    link = PreviewLink.objects.get()
    address = page(made).one(css_class="preview-address").one("input").attributes["value"]
    assert (link.meant_for, link.revision.number, link.created_by) == ("王局长", 1, cast.editor)
    assert address.endswith(link.get_absolute_url())
    assert "no-store" in made["Cache-Control"]
    assert "is-new" in page(made).one(css_class="preview-address").classes
    revoked = editor.post(url, {"_revoke": str(link.pk)}, follow=True)
    assert "Revoked" in page(revoked).one(css_class="preview-link-list").text
    assert link.token not in revoked.content.decode()


def test_link_is_to_the_version_the_form_stood_on(editor):
    """Not to what a colleague saved meanwhile; without a version, to the latest."""
    story = a_story("第一版")
    StoryForm.edit(editor, story).fill(headline="第二版").saved()
    page_of_first = editor.get(f"{links_url(story)}?version=1")
    assert "version 1" in page(page_of_first).one(css_class="preview-links").text
    for query in ("?version=1", "", "?version=99999999999999999", "?version=%00"):
        editor.post(f"{links_url(story)}{query}", {"_make": "1", "lifetime": "day"})
    numbers = PreviewLink.objects.order_by("pk").values_list("revision__number", flat=True)
    assert list(numbers) == [1, 2, 2, 2]


SENSELESS = [
    {},
    {"_revoke": "x"},
    {"_revoke": "9" * 30},
    {"_revoke": "1\x00"},
    {"_make": "1"},
    {"_make": "1", "lifetime": "\x00"},
    {"_make": "1", "lifetime": "day", "meant_for": "长" * 1_000_000},
]


@pytest.mark.parametrize("posted", SENSELESS)
def test_senseless_wishes_are_answered_in_words(editor, posted):
    """And make nothing."""
    response = editor.post(links_url(a_story()), posted)
    assert response.status_code == 200
    assert page(response).all(css_class="preview-failed") or page(response).all(css_class="errorlist")
    assert not PreviewLink.objects.exists()


def test_link_of_another_story_is_not_revoked_here(editor, cast):
    other = a_story(by=cast.reporter)
    link = make_preview_link(revision=other.revisions.first(), by=cast.reporter, lifetime="day", now=MONDAY)
    editor.post(links_url(a_story("另一篇")), {"_revoke": str(link.pk)})
    link.refresh_from_db()
    assert link.revoked_at is None


@pytest.mark.parametrize("name", ["other_reporter", "photo_editor", "list_editor", "outsider"])
def test_links_are_seen_only_by_those_who_may_share(cast, name):
    """Neither the page nor the button; nor for a story in the bin."""
    story = a_story(by=cast.reporter)
    link = make_preview_link(revision=story.revisions.first(), by=cast.reporter, lifetime="day", now=MONDAY)
    client = desk(getattr(cast, name))
    for response in (client.get(links_url(story)), client.post(links_url(story), {"_make": "1", "lifetime": "day"})):
        assert response.status_code == 403
        assert link.token not in response.content.decode()
    assert links_url(story) not in client.get(reverse("admin:articles_story_change", args=[story.pk])).content.decode()
    bin_story(story=story, by=cast.reporter)
    assert desk(cast.reporter).get(links_url(story)).status_code == 403


@pytest.mark.parametrize("links", [1, 3])
def test_page_of_links_takes_few_queries(editor, cast, django_assert_num_queries, links):
    """However many there are: who asks (4), the story, its versions (2), the links, the rights of their maker (3)."""
    story = a_story(by=cast.reporter)
    for _number in range(links):
        make_preview_link(revision=story.revisions.first(), by=cast.reporter, lifetime="day", now=MONDAY)
    with django_assert_num_queries(12):
        editor.get(links_url(story))
