"""Whoever takes a story from readers is told which lists name it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.actions import When, copy_edition, end_edition, publish_story
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.checked_lists import HOUR, NOW
from tests.page import Element, page
from tests.story_form import StoryForm, desk
from tests.story_lists import a_list, an_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_at_now(reading_at):
    reading_at(NOW)


@pytest.fixture
def story(cast):
    return a_publication("入列的稿").story


def lines(document: Element) -> list[str]:
    return [line.text for line in document.all("p", "status-lists")]


def form(user, story) -> Element:
    return page(desk(user).get(reverse("admin:articles_story_change", args=[story.pk])))


def test_form_says_which_lists_name_the_story(cast, story):
    """Now, later and as a draft, each with a link to the edition; not what is over, nor other lists."""
    made = a_list(story, name="头条")
    coming = an_edition(made, story, title="再", when=When(start=NOW + 4 * HOUR), now=MONDAY)
    copy_edition(story_list=made, shown_at=NOW, by=OPERATOR, now=NOW)
    over = a_list(story, name="过去", slot="b")
    end_edition(edition=over.editions.get(), by=OPERATOR, now=NOW)
    a_list(a_story("别的"), name="别处", slot="c")
    [line] = lines(form(cast.list_editor, story))
    assert line.startswith("In lists: ")
    for words in ("头条 (now, until 2 Mar, 14:00)", "头条 (from 2 Mar, 14:00)", "头条 (draft)"):
        assert words in line
    assert "过去" not in line
    assert "别处" not in line
    address = reverse("admin:articles_storylist_edition", args=[made.pk, coming.pk])
    assert form(cast.reporter, story).all("a", href=address)


def test_story_in_no_list_has_no_such_line(cast, story):
    assert lines(form(cast.chief_editor, story)) == []


def test_withdrawing_says_which_lists_go_on_without_it(cast, story):
    """Before, in the panel; after, with links."""
    made = a_list(story, name="头条")
    opened = StoryForm.edit(desk(cast.chief_editor), story)
    panels = [line for line in lines(opened.document) if line.startswith("These lists name it, and will leave it out:")]
    assert panels == ["These lists name it, and will leave it out: 头条 (now)"]
    answer = opened.fill(withdrawal_note="撤").saved("_withdraw")
    said = answer.document.one("ul", "messagelist")
    assert "These lists name it still, and leave it out: 头条 (now)." in said.text
    assert said.all("a", href=reverse("admin:articles_storylist_edition", args=[made.pk, made.editions.get().pk]))


def test_retracting_says_what_it_did_and_which_lists_go_on_without_it(cast, story):
    """The same words in the message and on the form; the lists that name it say that they do not show it."""
    made = a_list(story, name="头条")
    an_edition(made, story, title="再", when=When(start=NOW + 4 * HOUR), now=MONDAY)
    opened = StoryForm.edit(desk(cast.chief_editor), story)
    answer = opened.fill(change="retraction", correction_note="失实").saved("_publish_now")
    said = answer.document.one("ul", "messagelist").text
    assert "Retracted: the page and its notice stay, and no list leads to it." in said
    assert "readers see this version now" not in said
    assert "These lists name it still, and leave it out: 头条 (now, until 2 Mar, 14:00)" in said
    assert "Retracted since 2 March 2026" in answer.status
    assert "is-live" not in answer.document.one("strong", "status-now").classes
    assert lines(answer.document)[0] == (
        "In lists: 头条 (now, until 2 Mar, 14:00; not shown: retracted), 头条 (from 2 Mar, 14:00; not shown: retracted)"
    )


def test_list_that_begins_once_a_retracted_story_is_back_shows_it(cast, story):
    made = a_list(story, name="头条")
    an_edition(made, story, title="再", when=When(start=NOW + 4 * HOUR), now=MONDAY)
    publish_story(story=story, by=OPERATOR, change="retraction", note="失实", now=NOW - HOUR)
    publish_story(story=story, by=OPERATOR, at=NOW + 2 * HOUR, change="correction", note="查明", now=NOW - HOUR)
    [line, *_panels] = lines(form(cast.chief_editor, story))
    assert line == "In lists: 头条 (now, until 2 Mar, 14:00; not shown: retracted), 头条 (from 2 Mar, 14:00)"


def test_saving_alone_says_nothing_of_lists(cast, story):
    a_list(story, name="头条")
    answer = StoryForm.edit(desk(cast.chief_editor), story).saved()
    assert "leave it out" not in answer.document.one("ul", "messagelist").text


def test_binning_says_which_lists_go_on_without_it(cast):
    """On the page that asks, and afterwards."""
    story = a_story("草稿", by=cast.reporter)
    a_list(story, name="头条")
    client = desk(cast.reporter)
    url = reverse("admin:articles_story_delete", args=[story.pk])
    assert lines(page(client.get(url))) == ["These lists name it, and will leave it out: 头条 (now)"]
    answer = client.post(url, follow=True)
    assert "These lists name it still, and leave it out: 头条 (now)." in page(answer).one("ul", "messagelist").text


def test_name_of_a_list_is_text(cast, story):
    """Not markup, on the form and in the message."""
    a_list(story, name="<b>头条</b>")
    opened = StoryForm.edit(desk(cast.chief_editor), story)
    answer = opened.fill(withdrawal_note="撤").saved("_withdraw")
    assert "<b>头条</b>" not in answer.response.content.decode()
    assert "<b>头条</b>" in answer.document.text
