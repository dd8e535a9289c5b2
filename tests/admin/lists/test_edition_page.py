"""The page on which an edition is edited: what it offers first, what saving does, and for whom it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.actions import cancel_edition, publish_story, save_story
from articles.actions.list_times import When
from articles.lists import ItemContent
from articles.models import ListEdition
from tests.admin.lists.editing import address, new_address, posted, signed_in, typed_into
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.story_lists import a_list, an_edition, item

HOUR = timedelta(hours=1)
NOW = MONDAY + HOUR


@pytest.fixture
def now(reading_at):
    reading_at(NOW)
    return NOW


@pytest.fixture
def desk(client, cast, now):
    return signed_in(client, cast.list_editor)


@pytest.fixture
def story_list(cast):
    return a_list(a_publication("甲"), a_publication("乙"))


def current(story_list, at=NOW) -> ListEdition:
    return story_list.editions.holding(at).get()


def test_a_new_edition_begins_as_what_readers_have(desk, story_list):
    """Nobody types the list again to change one line of it; when it is to begin is still to be said."""
    form = desk.get(new_address(story_list)).context["form"]
    assert [row.named.headline for row in form.rows.rows] == ["甲", "乙"]
    assert (form.typed["title"], form.typed["when"], form.start) == ("今日头条", "at", "")


def test_a_new_edition_can_begin_as_another_one_at_a_moment_that_a_link_proposes(desk, story_list):
    """The timeline links with both."""
    planned = an_edition(story_list, a_publication("丙"), when=When(start=NOW + 2 * HOUR))
    form = desk.get(new_address(story_list), {"from": planned.pk, "start": "2026-03-02T14:30"}).context["form"]
    assert ([row.named.headline for row in form.rows.rows], form.start) == (["丙"], "2026-03-02T14:30")


@pytest.mark.parametrize("nonsense", ["x", "9" * 30, "-1", "0", "\x00"])
def test_what_no_link_says_is_left_out(desk, story_list, nonsense):
    """A crafted address opens the form as without it."""
    form = desk.get(new_address(story_list), {"from": nonsense, "start": nonsense}).context["form"]
    assert ([row.named.headline for row in form.rows.rows], form.start) == (["甲", "乙"], "")


def test_a_form_sent_again_without_a_change_changes_nothing(desk, cast):
    """Whatever an item holds survives the way through the form: windows, pins, times that clocks show in full."""
    story = a_publication("甲").story_id
    items = [
        item(story, headline="改过的", teaser="导语", pinned=2, starts_after=90, ends_after=120),
        item("https://example.org/", starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR + timedelta(seconds=7)),
    ]
    story_list = a_list(*items, length=7, display="cards", fill_rule="latest", fill_section_id=a_section().pk)
    edition = current(story_list)
    form = desk.get(address(edition)).context["form"]
    answer = desk.post(address(edition), typed_into(form))
    assert answer.status_code == 302
    assert current(story_list) == edition


def test_saving_what_readers_have_makes_the_next_edition(desk, story_list):
    """What they had stays as it was; the page says so before."""
    edition = current(story_list)
    page = desk.get(address(edition))
    assert "Saving makes the next one" in page.content.decode()
    data = {**typed_into(page.context["form"]), "item-1-headline": "甲，改过"}
    answer = desk.post(address(edition), data, follow=True)
    assert answer.redirect_chain == [(reverse("admin:articles_storylist_change", args=[story_list.pk]), 302)]
    assert "Readers see the list now." in answer.content.decode()
    assert [each.headline for each in current(story_list).content.items] == ["甲，改过", ""]
    edition.refresh_from_db()
    assert (edition.ends_at, edition.content.items[0].headline) == (NOW, "")


def test_an_edition_at_a_moment_ends_the_one_before(desk, story_list):
    """The message names the moment, in the newsroom's zone."""
    data = posted({"story": a_publication("丙").story_id}, when="at", start="2026-03-02T14:30")
    answer = desk.post(new_address(story_list), data, follow=True)
    planned = story_list.editions.upcoming(NOW).get()
    assert planned.starts_at == MONDAY + timedelta(hours=5, minutes=30)
    assert current(story_list).ends_at == planned.starts_at
    assert "2 March 2026, 14:30 Beijing time" in answer.content.decode()


def test_a_special_lasts_until_its_end(desk, story_list):
    """Without a begin it begins at once."""
    desk.post(
        new_address(story_list), posted({"url": "/x", "headline": "快讯"}, when="special", end="2026-03-02T12:00")
    )
    special = story_list.editions.get(kind="special")
    assert (special.starts_at, special.ends_at) == (NOW, MONDAY + 3 * HOUR)


def test_a_draft_is_kept_without_a_moment(desk, story_list):
    """Readers see nothing of it."""
    answer = desk.post(new_address(story_list), posted({"url": "/x", "headline": "快讯"}, when="draft"), follow=True)
    assert story_list.editions.drafts().count() == 1
    assert "Saved as a draft." in answer.content.decode()


def test_a_planned_edition_is_changed_in_its_place(desk, story_list):
    """It has not begun: there is nothing that readers had."""
    planned = an_edition(story_list, a_publication("丙"), when=When(start=NOW + HOUR, end=NOW + 3 * HOUR))
    data = typed_into(desk.get(address(planned)).context["form"])
    assert (data["when"], data["start"], data["end"]) == ("at", "2026-03-02T11:00", "2026-03-02T13:00")
    desk.post(address(planned), {**data, "title": "晚间", "start": "2026-03-02T12:00"})
    planned.refresh_from_db()
    assert (planned.starts_at, planned.requested_end) == (NOW + 2 * HOUR, NOW + 3 * HOUR)
    assert planned.content.title == "晚间"
    assert story_list.editions.count() == 2


def test_an_edition_that_is_over_becomes_a_new_one(desk, story_list):
    """Its form is sent to where new ones are made, and it stays as it was."""
    over = current(story_list)
    an_edition(story_list, a_publication("丙"), now=NOW - timedelta(minutes=5))
    page = desk.get(address(over))
    assert f'action="{new_address(story_list)}"' in page.content.decode()
    assert "stays as it was. Saving makes a new one of it." in page.content.decode()
    # What it may take the place of is what readers have.
    assert page.context["form"].typed["based_on"] == "2"
    desk.post(new_address(story_list), {**typed_into(page.context["form"]), "when": "now"})
    assert current(story_list).content == over.content


def test_rows_are_stored_in_the_order_of_their_numbers(desk, story_list):
    """Without scripts the order is typed; what is taken out is left out, and blank rows are no rows."""
    rows = [
        {"url": "/1", "headline": "一", "order": "3"},
        {"url": "/2", "headline": "二", "order": "１"},
        {"url": "/3", "headline": "三", "order": "2", "delete": "1"},
        {"url": "/4", "headline": "四", "order": ""},
        {"url": "", "order": "9", "begin": "story", "begin_unit": "minutes"},
    ]
    desk.post(new_address(story_list), posted(*rows))
    assert [each.headline for each in current(story_list).content.items] == ["二", "一", "四"]


def test_a_window_that_is_typed_without_choosing_its_kind_counts(desk, story_list):
    """Without scripts all fields of a window stand there; whoever types into one means it."""
    story = a_publication("丙").story_id
    rows = [{"story": story, "begin": "story", "begin_at": "2026-03-02T18:00", "end_after": "2", "end_unit": "hours"}]
    desk.post(new_address(story_list), posted(*rows))
    [stored] = current(story_list).content.items
    assert (stored.starts_at, stored.ends_after) == (MONDAY + 9 * HOUR, 120)


def test_an_edition_cancelled_meanwhile_is_saved_as_a_new_one(desk, story_list):
    """What was typed survives, and the form that comes back makes a new edition."""
    planned = an_edition(story_list, a_publication("丙"), when=When(start=NOW + HOUR))
    data = {**typed_into(desk.get(address(planned)).context["form"]), "title": "晚间头条"}
    gone = address(planned)
    cancel_edition(edition=planned, by=OPERATOR, now=NOW)
    page = desk.post(gone, data)
    text = page.content.decode()
    assert "This edition was cancelled meanwhile" in text
    assert f'action="{new_address(story_list)}"' in text
    assert page.context["form"].typed["title"] == "晚间头条"
    # Begun at once it would follow what readers have, and not what was cancelled.
    assert page.context["form"].typed["based_on"] == "1"
    assert desk.post(new_address(story_list), data).status_code == 302
    assert story_list.editions.upcoming(NOW).get().content.title == "晚间头条"
    assert desk.get(gone).status_code == 302


def test_who_may_only_look_gets_a_form_that_cannot_be_sent(client, cast, story_list, now):
    """A reporter sees the list; a post of theirs changes nothing, and shows again what they typed."""
    signed_in(client, cast.reporter)
    page = client.get(address(current(story_list)))
    text = page.content.decode()
    assert "You may look at this list and not change it." in text
    assert '<fieldset class="edition-form" disabled' in text
    assert "edition-save" not in text
    answer = client.post(new_address(story_list), posted({"url": "/x", "headline": "偷偷的"}))
    assert answer.status_code == 403
    assert "偷偷的" in answer.content.decode()
    assert story_list.editions.count() == 1


def test_who_may_not_see_lists_sees_none(client, cast, story_list, now):
    """Nor by the preview."""
    signed_in(client, cast.outsider)
    for where in (address(current(story_list)), new_address(story_list)):
        assert client.get(where).status_code == 403
        assert client.post(where, posted()).status_code == 403
    assert client.post(reverse("admin:articles_storylist_edition_preview", args=[story_list.pk])).status_code == 403


@pytest.mark.parametrize("number", [0, 999_999, 10**30])
def test_a_list_that_is_not_there_is_not_found(desk, story_list, number):
    """Whatever the number."""
    for name in ("edition_new", "edition_preview"):
        assert desk.post(reverse(f"admin:articles_storylist_{name}", args=[number])).status_code == 404
    assert desk.get(reverse("admin:articles_storylist_edition", args=[story_list.pk, number])).status_code == 302


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_the_same_queries_however_many_items(desk, cast, django_assert_num_queries, count):
    """Stories and what readers have of them are read for all rows at once."""
    story_list = a_list(*(a_publication(f"稿件{number}") for number in range(count)))
    edition = current(story_list)
    desk.get(address(edition))
    with django_assert_num_queries(13):
        assert desk.get(address(edition)).status_code == 200


def test_a_headline_that_no_longer_fits_its_story_is_pointed_out(desk, cast):
    """It was typed over another one."""
    publication = a_publication("旧题")
    story_list = a_list(item(publication, headline="自己的题"))
    save_story(rows=story_rows("新题", story=publication.story, section=a_section()), by=OPERATOR, now=MONDAY)
    publish_story(story=publication.story, by=OPERATOR, change="minor", now=MONDAY + timedelta(minutes=5))
    text = desk.get(address(current(story_list))).content.decode()
    assert "The story was called “旧题” when this headline was typed; it is called “新题” now." in text


def test_each_row_says_what_readers_have_of_its_story(desk, cast):
    """Live, planned, or not at all."""
    planned = a_story("明早")
    publish_story(story=planned, by=OPERATOR, at=MONDAY + 23 * HOUR, now=MONDAY)
    story_list = a_list(a_publication("今天"), planned, a_story("草稿"))
    rows = desk.get(address(current(story_list))).context["form"].rows.rows
    assert [row.named.kind for row in rows] == ["live", "coming", "off"]
    assert "goes live" in rows[1].named.state
    assert "08:00" in rows[1].named.state


def test_items_without_keys_get_their_own(desk, story_list):
    """Two rows never share one, and what a browser made up is no longer than a key."""
    rows = [{"url": "/1", "headline": "一"}, {"url": "/2", "headline": "二", "key": "x" * 5000}]
    desk.post(new_address(story_list), posted(*rows))
    items: tuple[ItemContent, ...] = current(story_list).content.items
    assert len({each.key for each in items}) == 2
    assert all(len(each.key) == 12 for each in items)
