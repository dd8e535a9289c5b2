"""The versions of a list: who changed what, and bringing one back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.actions import bin_story, save_edition
from articles.actions.list_times import DRAFT, When
from articles.models import ListEdition
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.page import Element, page
from tests.story_form import desk
from tests.story_lists import a_list, an_edition, item, list_content

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday_noon(reading_at):
    reading_at(MONDAY + 3 * HOUR)


def url(row) -> str:
    return reverse("admin:articles_storylist_history", args=[row.pk])


def versions(user, row, **query) -> list[Element]:
    response = desk(user).get(url(row), query)
    assert response.status_code == 200
    return page(response).all("li", "version-line")


def test_versions_say_what_changed_and_who_changed_it(cast):
    """Newest first, each against the one before, with the headlines of the stories and the comment."""
    bus, road = a_publication("松岭县新开专车", at=MONDAY), a_publication("桥头镇修路", at=MONDAY)
    row = a_list(bus, by=cast.chief_editor)
    content = list_content(item(road), item(bus, headline="务工专车"))
    save_edition(
        story_list=row, content=content, by=cast.list_editor, when=When(now=True), comment="夜班", now=MONDAY + HOUR
    )
    newest, first = versions(cast.reporter, row)
    assert newest.one("h2").text == "Version 2"
    assert "Wu" in newest.text
    assert newest.one("p", "version-comment").text == "夜班"
    changes = [line.text for line in newest.one("ul", "version-changes").all("li")]
    assert changes == ["Added at 1: “桥头镇修路”.", "Own headline: “务工专车”."]
    assert "The first version, with 1 items." in first.text
    assert "Tang" in first.text


def test_versions_say_when_readers_had_them(cast):
    """In force, planned, a draft, over; and what nobody ever saw."""
    row = a_list(title="一")
    draft = an_edition(row, title="二", when=DRAFT)
    save_edition(story_list=row, content=list_content(title="三"), by=OPERATOR, edition=draft, now=MONDAY)
    an_edition(row, title="四", when=When(start=MONDAY + 24 * HOUR))
    an_edition(row, title="五", now=MONDAY + HOUR)
    said = [version.one("div", "version-head").text for version in versions(cast.reporter, row)]
    assert "readers have it since 2 Mar, 10:00" in said[0]
    assert "planned for 3 Mar, 09:00" in said[1]
    assert "a draft" in said[2]
    assert "never shown" in said[3]
    assert "readers had it from 2 Mar, 09:00 until 2 Mar, 10:00" in said[4]


def test_versions_are_leafed_through(cast, monkeypatch):
    """The last of a page is compared with the first of the next."""
    monkeypatch.setattr("articles.admin.lists.history.VERSIONS_ON_A_PAGE", 2)
    row = a_list(title="第1")
    for number in (2, 3, 4):
        an_edition(row, title=f"第{number}", now=MONDAY + number * timedelta(minutes=1))
    assert ["第2” is now “第3" in version.text for version in versions(cast.reporter, row)] == [False, True]
    assert [version.one("h2").text for version in versions(cast.reporter, row, before=3)] == ["Version 2", "Version 1"]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 18, "9" * 40, "\x00"])
def test_versions_before_no_number_are_the_newest(cast, before):
    assert len(versions(cast.reporter, a_list(), before=before)) == 1


def test_version_is_brought_back_as_a_draft(cast):
    """Readers see nothing of it; the comment says where it is from."""
    row = a_list(item("/1", headline="一"))
    an_edition(row, item("/2", headline="二"), now=MONDAY + HOUR)
    response = desk(cast.list_editor).post(url(row), {"restore": "1"})
    draft = ListEdition.objects.drafts().get()
    assert response["Location"] == reverse("admin:articles_storylist_edition", args=[row.pk, draft.pk])
    assert draft.content.items[0].headline == "一"
    assert draft.revision.comment == "As in version 1."


def test_version_that_cannot_be_brought_back_says_why(cast):
    """A story of it lies in the bin: it is named."""
    story = a_story("松岭县新开专车")
    row = a_list(story)
    an_edition(row, now=MONDAY + HOUR)
    bin_story(story=story, by=OPERATOR, now=MONDAY + HOUR)
    response = desk(cast.list_editor).post(url(row), {"restore": "1"}, follow=True)
    assert page(response).one("ul", "messagelist").text == "松岭县新开专车: This story is in the bin."
    assert not ListEdition.objects.drafts().exists()


@pytest.mark.parametrize("number", ["", "x", "0", "2", "-1", "9" * 18, "9" * 40, "\x00"])
def test_version_that_is_none_is_not_found(cast, number):
    row = a_list()
    assert desk(cast.list_editor).post(url(row), {"restore": number}).status_code == 404


def test_versions_are_brought_back_by_editors_of_the_list_only(cast):
    row = a_list()
    assert desk(cast.reporter).post(url(row), {"restore": "1"}).status_code == 403
    assert not ListEdition.objects.drafts().exists()
    assert versions(cast.reporter, row)[0].all("button") == []
    assert desk(cast.outsider).get(url(row)).status_code == 403


@pytest.mark.parametrize("count", [1, 12])
def test_versions_cost_the_same_however_many(cast, django_assert_num_queries, count):
    story = a_publication(at=MONDAY)
    row = a_list(story)
    for number in range(count):
        an_edition(row, story, title=f"第{number}", now=MONDAY + (number + 1) * timedelta(minutes=1))
    client = desk(cast.list_editor)
    with django_assert_num_queries(11):
        assert client.get(url(row)).status_code == 200
