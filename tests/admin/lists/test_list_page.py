"""The page of one list: what it says of now, later and before, and what its buttons do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.actions import publish_story
from articles.actions.list_times import DRAFT, When
from articles.models import ListEdition, StoryList
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.page import Element, page
from tests.story_form import desk
from tests.story_lists import a_list, an_edition, item

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday_noon(reading_at):
    reading_at(MONDAY + 3 * HOUR)


def url(row: StoryList) -> str:
    return reverse("admin:articles_storylist_change", args=[row.pk])


def opened(user, row: StoryList, **query) -> Element:
    response = desk(user).get(url(row), query)
    assert response.status_code == 200
    return page(response).one("div", id="content-main")


def part(document: Element, name: str) -> Element:
    (found,) = [one for one in document.all("section") if one.attributes.get("aria-labelledby") == name]
    return found


def editions(document: Element, name: str) -> list[str]:
    return [line.text for line in part(document, name).all("li", "edition-line")]


# -- what it says -----------------------------------------------------------------------------------------------------


def test_page_shows_what_readers_have_now(cast):
    """As on their page: what the rule fills is marked, and what is not shown has its reason."""
    live, filled = a_publication("松岭县新开专车", at=MONDAY), a_publication("桥头镇修路", at=MONDAY)
    coming = a_story("今晚才发")
    publish_story(story=coming, by=OPERATOR, at=MONDAY + 9 * HOUR, now=MONDAY)
    row = a_list(item(live, pinned=1), coming, length=2, fill_rule="latest")
    shown = part(opened(cast.reporter, row), "list-now")
    entries = [entry.text for entry in shown.one("ol", "shown-entries").all("li")]
    assert entries == ["松岭县新开专车 pinned", f"{filled.revision.content.headline} filled by rule"]
    assert shown.one("ul", "hidden-items").text == "今晚才发 goes live 2 Mar, 18:00"


@pytest.mark.parametrize("place", ["section", "beside", "below"])
def test_page_shows_what_readers_of_its_scope_have(cast, place):
    """A list of one section is shown as on the pages of that section."""
    a_publication("松岭县新开专车", at=MONDAY)
    row = a_list(place=place, scope=a_section(), fill_rule="latest")
    assert "松岭县新开专车" in part(opened(cast.reporter, row), "list-now").text


def test_editions_stand_by_their_time_with_who_made_them(cast):
    """In force, planned, drafts, and the past, newest first."""
    row = a_list(item("/1", headline="一"), now=MONDAY, by=cast.chief_editor)
    an_edition(row, item("/2", headline="二"), now=MONDAY + HOUR, by=cast.list_editor)
    an_edition(row, item("/3", headline="三"), now=MONDAY + 2 * HOUR, by=cast.list_editor)
    plan = When(start=MONDAY + 24 * HOUR)
    an_edition(row, item("/4", headline="四"), when=plan, now=MONDAY + 2 * HOUR, by=cast.editor)
    an_edition(row, item("/5", headline="五"), when=DRAFT, now=MONDAY + 2 * HOUR, by=cast.editor)
    document = opened(cast.reporter, row)
    (current,), (coming,), (draft,) = (editions(document, name) for name in ("list-current", "list-coming", "drafts"))
    assert "Wu, 2 Mar, 11:00" in current
    assert "3 Mar, 09:00 – until the next" in coming
    assert "四" in coming
    assert "Zhao, 2 Mar, 11:00" in draft
    assert "五" in draft
    newest, oldest = editions(document, "list-past")
    assert "二" in newest
    assert "2 Mar, 09:00 – 2 Mar, 10:00 Tang" in oldest


def test_past_is_leafed_through(cast, monkeypatch):
    """By keyset: each page begins where the one before ended, and nothing is left out."""
    monkeypatch.setattr("articles.admin.lists.list_page.PAST_ON_A_PAGE", 2)
    row = a_list(item("/0", headline="第0"))
    for number in range(1, 6):
        an_edition(row, item(f"/{number}", headline=f"第{number}"), now=MONDAY + number * timedelta(minutes=1))
    seen, query = [], {}
    while True:
        document = opened(cast.reporter, row, **query)
        seen += [line.one("ol").text for line in part(document, "list-past").all("li", "edition-line")]
        older = [link for link in document.all("a") if link.text == "Older editions"]
        if not older:
            break
        query = {"before": older[0].attributes["href"].removeprefix("?before=").split("#")[0]}
    assert seen == ["第4", "第3", "第2", "第1", "第0"]


@pytest.mark.parametrize("before", ["x", "0", "-1", "9" * 40, "\x00"])
def test_past_before_no_edition_is_the_newest(cast, before):
    row = a_list(item("/0", headline="旧"))
    an_edition(row, now=MONDAY + HOUR)
    assert len(editions(opened(cast.reporter, row, before=before), "list-past")) == 1


def test_page_leads_into_the_time_machine(cast):
    """The page of the list at the begin of each edition."""
    row = a_list()
    an_edition(row, when=When(start=MONDAY + 24 * HOUR))
    links = [
        link.attributes["href"] for link in opened(cast.reporter, row).all("a") if link.text == "See the page then"
    ]
    assert links == ["/at/2026-03-03T01:00:00Z/"]


@pytest.mark.parametrize("count", [1, 15])
def test_page_costs_the_same_however_much_was(cast, django_assert_num_queries, count):
    story = a_publication(at=MONDAY)
    row = a_list(story)
    for number in range(count):
        an_edition(row, story, title=f"第{number}", now=MONDAY + (number + 1) * timedelta(minutes=1))
        an_edition(row, title=f"第{number}", when=DRAFT, now=MONDAY + (number + 1) * timedelta(minutes=1))
    client = desk(cast.list_editor)
    with django_assert_num_queries(16):
        assert client.get(url(row)).status_code == 200


@pytest.mark.parametrize("address", ["999", "x", "9" * 40, "%00"])
def test_list_that_is_none_leads_back_to_all(cast, address):
    response = desk(cast.list_editor).get(f"/admin/articles/storylist/{address}/change/")
    assert response.status_code == 302


def test_page_is_for_the_desk(cast):
    assert desk(cast.outsider).get(url(a_list())).status_code == 403


# -- what its buttons do ----------------------------------------------------------------------------------------------


def press(user, row: StoryList, **values) -> object:
    return desk(user).post(url(row), values)


def fields_in_error(response) -> list[str]:
    return [error.text for error in page(response).all("ul", "errorlist")]


def test_copy_opens_with_yesterday_evening(cast):
    """18:00 in the newsroom's zone: what the night changed is undone most often."""
    field = opened(cast.list_editor, a_list()).one("input", id="id_shown_at")
    assert field.attributes["value"] == "2026-03-01T18:00"


def test_copy_brings_back_what_was_as_a_draft(cast):
    row = a_list(item("/old", headline="旧"))
    an_edition(row, item("/new", headline="新"), now=MONDAY + HOUR)
    response = press(cast.list_editor, row, shown_at="2026-03-02T09:30", _copy="draft")
    draft = ListEdition.objects.drafts().get()
    assert response["Location"] == reverse("admin:articles_storylist_edition", args=[row.pk, draft.pk])
    assert draft.content.items[0].headline == "旧"
    assert draft.revision.created_by == cast.list_editor


def test_copy_brings_it_back_to_readers_at_once(cast):
    row = a_list(item("/old", headline="旧"))
    an_edition(row, item("/new", headline="新"), now=MONDAY + HOUR)
    assert press(cast.list_editor, row, shown_at="2026-03-02T09:30", _copy="now").status_code == 302
    assert row.editions.holding(MONDAY + 3 * HOUR).get().content.items[0].headline == "旧"


@pytest.mark.parametrize(
    "typed", ["", "x", "2026-03-01T18:00", "0001-01-01T00:00", "1899-12-31T00:00", "9001-01-01T00:00", "\x00"]
)
def test_copy_of_nothing_is_refused_at_its_field(cast, typed):
    """No moment, none at all, before the list was, and outside of all calendars; what was typed stays."""
    row = a_list()
    response = press(cast.list_editor, row, shown_at=typed, _copy="draft")
    assert response.status_code == 200
    assert len(fields_in_error(response)) == 1
    assert page(response).one("input", id="id_shown_at").attributes.get("value", "") == typed
    assert not row.editions.drafts().exists()


def test_special_ends_now_or_at_a_moment(cast):
    """Then the standing edition counts again."""
    row = a_list()
    special = an_edition(row, when=When(now=True, special=True, end=MONDAY + 9 * HOUR))
    press(cast.list_editor, row, edition=special.pk, end="2026-03-02T14:00", _end="1")
    special.refresh_from_db()
    assert special.ends_at == MONDAY + 5 * HOUR
    press(cast.list_editor, row, edition=special.pk, end="", _end="1")
    special.refresh_from_db()
    assert special.ends_at == MONDAY + 3 * HOUR


@pytest.mark.parametrize("typed", ["2026-03-02T10:00", "x", "9001-01-01T00:00", "1800-01-01T00:00"])
def test_end_that_does_not_fit_is_refused_at_its_field(cast, typed):
    row = a_list()
    edition = row.editions.get()
    response = press(cast.list_editor, row, edition=edition.pk, end=typed, _end="1")
    assert response.status_code == 200
    assert len(fields_in_error(response)) == 1
    assert page(response).one("input", id=f"id_end_{edition.pk}").attributes["value"] == typed
    edition.refresh_from_db()
    assert edition.ends_at is None


def test_planned_edition_and_draft_are_cancelled(cast):
    row = a_list()
    for when in (DRAFT, When(start=MONDAY + 24 * HOUR)):
        edition = an_edition(row, when=when)
        assert press(cast.list_editor, row, edition=edition.pk, _cancel="1").status_code == 302
        assert not ListEdition.objects.filter(pk=edition.pk).exists()


def test_edition_that_readers_had_is_not_cancelled(cast):
    row = a_list()
    edition = row.editions.get()
    client = desk(cast.list_editor)
    response = client.post(url(row), {"edition": edition.pk, "_cancel": "1"}, follow=True)
    assert "This edition has begun" in page(response).one("ul", "messagelist").text
    assert ListEdition.objects.filter(pk=edition.pk).exists()


@pytest.mark.parametrize("button", ["_cancel", "_end"])
@pytest.mark.parametrize("typed", ["", "x", "0", "9" * 40, "\x00", "foreign"])
def test_edition_of_another_list_is_none_of_this(cast, button, typed):
    row, other = a_list(), a_list(name="别的", slot="other")
    edition = an_edition(other, when=DRAFT)
    typed = str(edition.pk) if typed == "foreign" else typed
    assert press(cast.list_editor, row, edition=typed, **{button: "1"}).status_code == 404
    assert ListEdition.objects.filter(pk=edition.pk).exists()


def test_list_is_renamed(cast):
    row = a_list()
    assert press(cast.chief_editor, row, name=" 头条 ", _rename="1").status_code == 302
    assert StoryList.objects.get().name == "头条"


@pytest.mark.parametrize("typed", ["", "x" * 101, "别的", "\x00"])
def test_name_that_does_not_fit_is_refused_at_its_field(cast, typed):
    a_list(name="别的", slot="other")
    row = a_list()
    response = press(cast.chief_editor, row, name=typed, _rename="1")
    assert response.status_code == 200
    assert len(fields_in_error(response)) == 1
    row.refresh_from_db()
    assert row.name == "首页头条"


@pytest.mark.parametrize("button", ["_copy", "_end", "_cancel", "_rename"])
def test_buttons_are_for_those_who_may(cast, button):
    """Whoever only looks at lists is refused, and nothing is changed."""
    row = a_list()
    edition = an_edition(row, when=DRAFT)
    values = {"shown_at": "2026-03-02T09:30", "edition": edition.pk, "name": "改名", button: "1"}
    assert press(cast.reporter, row, **values).status_code in {302, 403}
    assert ListEdition.objects.filter(pk=edition.pk).exists()
    assert (row.editions.count(), StoryList.objects.get().name) == (2, "首页头条")
    assert [one.text for one in opened(cast.reporter, row).all("button")] == []


def test_button_that_is_none_is_not_found(cast):
    assert press(cast.list_editor, a_list(), _delete="1").status_code == 404
