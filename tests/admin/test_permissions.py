"""Who may do what at the desk, button by button: what a page does not offer, a crafted request does not get."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.actions import publish_story
from articles.models import Contributor, CopyrightNotice, Publication, Section, Source, Story, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.page import page
from tests.story_form import StoryForm, desk

PEOPLE = ["reporter", "other_reporter", "editor", "chief_editor", "outsider"]


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    reading_at(MONDAY + timedelta(hours=1))


def url(name: str, story: Story | None = None) -> str:
    return reverse(f"admin:articles_story_{name}", args=[story.pk] if story else [])


def answers(cast, address: str) -> dict[str, int]:
    """What each of the cast gets at an address."""
    return {name: desk(getattr(cast, name)).get(address).status_code for name in PEOPLE}


ALL_BUT_OUTSIDER = {"reporter": 200, "other_reporter": 200, "editor": 200, "chief_editor": 200, "outsider": 403}
NOBODY = dict.fromkeys(PEOPLE, 403)


# Looking


@pytest.mark.parametrize("name", ["changelist", "add"])
def test_list_and_new_form_are_for_those_who_write(cast, name):
    assert answers(cast, url(name)) == ALL_BUT_OUTSIDER


@pytest.mark.parametrize("name", ["change", "history", "preview"])
def test_working_copy_is_read_by_all_who_write(cast, name):
    """Colleagues read each other's drafts; somebody without a role reads none."""
    assert answers(cast, url(name, a_story(by=cast.reporter))) == ALL_BUT_OUTSIDER


def test_deleting_is_for_the_author_of_a_draft_and_the_chief_editor(cast):
    draft, public = a_story("草稿", by=cast.reporter), a_publication("发过", by=OPERATOR).story
    assert answers(cast, url("delete", draft)) == {**NOBODY, "reporter": 200, "chief_editor": 200}
    assert answers(cast, url("delete", public)) == {**NOBODY, "chief_editor": 200}


@pytest.mark.parametrize("field", ["relatedlink/related_story", "byline/contributor", "story/section", "story/source"])
def test_autocomplete_is_for_those_who_write(cast, field):
    model, name = field.split("/")
    address = f"{reverse('admin:autocomplete')}?app_label=articles&model_name={model}&field_name={name}&term="
    assert answers(cast, address) == ALL_BUT_OUTSIDER


def test_reader_without_a_login_gets_nothing(client, db):
    """Every page of the desk leads to the login, and says nothing about what exists."""
    story = a_story("秘密标题")
    addresses = [url("changelist"), url("add")]
    addresses += [url(name, story) for name in ("change", "history", "preview", "delete")]
    addresses += [url(name, Story(pk=987_654)) for name in ("change", "history", "preview", "delete")]
    for address in addresses:
        for response in (client.get(address), client.post(address, {"headline": "x"})):
            if response.status_code == 200:
                # The login page that carries what was posted: tests/admin/test_story_login_in_place.py.
                assert (response.request["REQUEST_METHOD"], address.endswith(("/add/", "/change/"))) == ("POST", True)
                assert "login-form" in response.content.decode()
                assert "秘密" not in response.content.decode()
                continue
            assert response.status_code == 302
            assert response.url.startswith("/admin/login/")


# Buttons


@pytest.mark.parametrize(
    ("who", "own", "others"),
    [
        ("reporter", {"_continue", "_preview"}, set()),
        ("editor", {"_continue", "_preview"}, {"_continue", "_preview"}),
        (
            "chief_editor",
            {"_continue", "_preview", "_publish_now", "_publish_at", "_withdraw", "_cancel", "_reschedule"},
            {"_continue", "_preview", "_publish_now", "_publish_at", "_withdraw", "_cancel", "_reschedule"},
        ),
    ],
)
def test_form_offers_what_its_user_may_do(cast, who, own, others):
    """On a story that is live and has a plan, so that there is something to withdraw and to cancel."""
    user = getattr(cast, who)
    for author, offered in ((user, own), (cast.other_reporter, others)):
        story = a_story(by=author)
        publish_story(story=story, by=OPERATOR, now=MONDAY)
        publish_story(story=story, by=OPERATOR, at=MONDAY + timedelta(days=1), now=MONDAY)
        assert StoryForm.edit(desk(user), story).buttons == offered


# Crafted posts


def crafted(user, story: Story, **values) -> StoryForm:
    """A form with everything filled in, for a user who may not have been given it."""
    form = StoryForm.edit(desk(user), story)
    text = {"headline": "我写的标题", "opening": "<p>我写的</p>", "summary": "摘要", "language": "zh-hans"}
    sets = {
        f"{group}-{kind}_FORMS": "0"
        for group in ("subsections", "bylines", "related_links")
        for kind in ("TOTAL", "INITIAL", "MIN_NUM")
    }
    form.values = {**sets, **form.values}
    return form.fill(**text, **values)


@pytest.mark.parametrize(
    "button", ["_publish_now", "_publish_at", "_withdraw", "_cancel"], ids=lambda button: button.strip("_")
)
@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_button_that_is_not_offered_is_refused(cast, who, button):
    """The form comes back with the text and a message; nothing of it is stored."""
    story = a_story(by=cast.reporter, section=a_section())
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    planned = publish_story(story=story, by=OPERATOR, at=MONDAY + timedelta(days=1), now=MONDAY)
    before = list(Publication.objects.values_list())
    form = crafted(
        getattr(cast, who), story, publish_at="2026-03-05T12:00", correction_note="更正", withdrawal_note="撤下"
    )

    back = form.refused(button, str(planned.pk))

    assert "You may not" in back.messages
    assert back.values["headline"] == ["我写的标题"]
    assert back.values["opening"] == ["<p>我写的</p>"]
    assert list(Publication.objects.values_list()) == before
    assert story.revisions.count() == 1


@pytest.mark.parametrize("button", ["_continue", "_publish_now", "_preview"])
def test_saving_the_story_of_another_reporter_is_refused(cast, button):
    """Also for one whose right to it ended while the form was open: the text is handed back."""
    story = a_story("原来的", by=cast.other_reporter)
    back = crafted(cast.reporter, story).refused(button)
    assert "You may not change this story" in back.messages
    assert back.values["headline"] == ["我写的标题"]
    assert back.values["opening"] == ["<p>我写的</p>"]
    story.refresh_from_db()
    assert story.headline == "原来的"
    assert story.revisions.count() == 1


def test_rows_typed_into_the_story_of_another_come_back(cast):
    """Rows are text too."""
    form = crafted(cast.reporter, a_story("原来的", by=cast.other_reporter))
    back = form.add("subsections", heading="我的一节", body="<p>甲</p>").refused()
    assert back.values["subsections-0-heading"] == ["我的一节"]
    assert back.values["subsections-0-body"] == ["<p>甲</p>"]


def test_outsider_posts_nothing(cast):
    """Somebody without a role gets no form, so there is nothing to hand back, and no draft to read from an answer."""
    story = a_story("原来的", by=cast.reporter)
    for address in (url("add"), url("change", story), url("delete", story)):
        response = desk(cast.outsider).post(address, {"headline": "x", "post": "yes"})
        assert response.status_code == 403
        assert "机密便条" not in response.content.decode()
    assert Story.objects.get().headline == "原来的"


def test_fields_that_are_not_on_the_form_cannot_be_posted(cast):
    """Who made a story and when, and whether it was public, are not for typing."""
    story = a_story(by=cast.reporter)
    crafted(cast.reporter, story, created_by=cast.outsider.pk, has_publications="on", import_key="x", id=999).saved()
    story.refresh_from_db()
    assert (story.created_by, story.has_publications, story.import_key) == (cast.reporter, False, None)


def test_new_story_belongs_to_its_writer(cast):
    """Even when the form says otherwise."""
    StoryForm.new(desk(cast.reporter)).fill(headline="新稿", created_by=cast.editor.pk).saved()
    assert Story.objects.get().created_by == cast.reporter


# What surrounds stories


def test_naming_things_is_for_editors(cast):
    """Reporters choose among sections, topics, people and sources; editors name new ones; the chief orders the site."""
    expected = {
        "topic": {"editor", "chief_editor"},
        "contributor": {"editor", "chief_editor"},
        "source": {"editor", "chief_editor"},
        "section": {"chief_editor"},
        "copyrightnotice": {"chief_editor"},
    }
    for noun, allowed in expected.items():
        answered = answers(cast, reverse(f"admin:articles_{noun}_add"))
        assert {who for who, status in answered.items() if status == 200} == allowed, noun
        answered = answers(cast, reverse(f"admin:articles_{noun}_changelist"))
        assert {who for who, status in answered.items() if status == 200} == set(PEOPLE) - {"outsider"}, noun


def test_trail_and_imports_are_read_by_the_chief_and_changed_by_nobody(cast):
    story = a_story()
    for noun in ("activity", "importrun"):
        answered = answers(cast, reverse(f"admin:articles_{noun}_changelist"))
        assert {who for who, status in answered.items() if status == 200} == {"chief_editor"}, noun
        assert answers(cast, reverse(f"admin:articles_{noun}_add")) == NOBODY
    activity = story.activities.get()
    chief = desk(cast.chief_editor)
    assert chief.get(reverse("admin:articles_activity_change", args=[activity.pk])).status_code == 200
    assert chief.post(reverse("admin:articles_activity_change", args=[activity.pk]), {"verb": "x"}).status_code == 403
    assert chief.post(reverse("admin:articles_activity_delete", args=[activity.pk]), {"post": "1"}).status_code == 403


def test_things_in_use_are_not_deleted(cast):
    """Whatever a story names stays: the answer says so, and nothing is gone."""
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    source = Source.objects.create(name="松岭日报", name_key="松岭日报", slug="songling")
    topic = Topic.objects.create(name="春运", slug="chunyun")
    a_publication(section=a_section(), source=source, bylines=[(person, "reporter")], topics=[topic])
    CopyrightNotice.objects.create(source=source, text="版权", effective_from=MONDAY)
    chief = desk(cast.chief_editor)
    for row in (person, source, topic, Section.objects.get()):
        address = reverse(f"admin:articles_{row._meta.model_name}_delete", args=[row.pk])
        assert chief.post(address, {"post": "yes"}).status_code in {200, 403}
        assert type(row).objects.filter(pk=row.pk).exists(), row


def test_superuser_sees_the_same_form(cast):
    """No special path for those who may do everything."""
    cast.outsider.is_superuser = True
    cast.outsider.save()
    form = StoryForm.new(desk(cast.outsider)).fill(headline="新稿", section=a_section().pk).saved("_publish_now")
    assert Publication.objects.count() == 1
    assert page(form.response).one(css_class="is-live")
