"""Whatever is typed or sent to the edition form: the message stands at the mistake, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import bin_story
from articles.actions.list_times import When, times_of
from articles.admin.lists.edition_fields import hidden_times
from articles.admin.lists.edition_form import EditionForm
from articles.admin.lists.edition_rows import ItemRow
from articles.lists.content import MOST_ITEMS
from tests.admin.lists.editing import address, new_address, posted, preview_address, signed_in
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.story_lists import a_list, an_edition, item

HOUR = timedelta(hours=1)
LINK = {"url": "https://example.org/", "headline": "链接"}


@pytest.fixture
def story_list(cast):
    return a_list(a_publication("甲"))


@pytest.fixture
def desk(client, cast, reading_at):
    reading_at(MONDAY + HOUR)
    return signed_in(client, cast.list_editor)


def refused(desk, story_list, data) -> EditionForm:
    """The form that comes back; the list is as it was, and the preview answers as well."""
    before = story_list.editions.count()
    page = desk.post(new_address(story_list), data)
    assert page.status_code == 200
    assert story_list.editions.count() == before
    assert desk.post(preview_address(story_list), data).status_code == 200
    return page.context["form"]


ROW_MISTAKES = [
    ({"story": "zwölf"}, "story", "The number of a story has digits only."),
    ({"story": "9" * 30}, "story", "The number of a story has digits only."),
    ({"story": "999999"}, "story", "There is no such story."),
    ({"story": "1", "url": "/x", "headline": "两者"}, "story", "Give a story or an address, not both."),
    ({"headline": "只有标题"}, "story", "Give a story or an address, not both."),
    ({"pinned": "3"}, "story", "Give a story or an address, not both."),
    ({"begin": "after", "begin_after": "6"}, "story", "Give a story or an address, not both."),
    ({"end": "after", "end_after": "6", "end_unit": "hours"}, "story", "Give a story or an address, not both."),
    ({"url": "https://example.org/"}, "headline", "A link to an address needs a headline."),
    ({"url": "javascript:alert(1)", "headline": "x"}, "url", "An address begins with https:// or http://."),
    ({**LINK, "headline": "长" * 201}, "headline", "At most 200 characters."),
    ({**LINK, "teaser": "长" * 301}, "teaser", "At most 300 characters."),
    ({**LINK, "pinned": "前面"}, "pinned", "Give a whole number."),
    ({**LINK, "pinned": "1.5"}, "pinned", "Give a whole number."),
    ({**LINK, "pinned": "9" * 40}, "pinned", "Give a whole number."),
    ({**LINK, "pinned": "11"}, "pinned", "The list has 10 places; position 11 is none of them."),
    ({**LINK, "order": "x"}, "order", "Give a whole number."),
    ({**LINK, "begin": "at"}, "begin", "Give the moment."),
    ({**LINK, "begin": "at", "begin_at": "明天"}, "begin", "Enter a valid date/time."),
    ({**LINK, "begin": "at", "begin_at": "0001-01-01T00:00"}, "begin", "Give a year between 1900 and 9000."),
    ({**LINK, "begin": "at", "begin_at": "9999-12-31T23:59"}, "begin", "Give a year between 1900 and 9000."),
    ({**LINK, "begin": "at", "begin_at": "2026-02-30T12:00"}, "begin", "Enter a valid date/time."),
    ({**LINK, "end": "after", "end_after": "5"}, "end", "An address never goes live. Give a moment."),
    ({**LINK, "end": "after"}, "end", "Give the time after the story goes live."),
    ({"story": "1", "end": "after", "end_after": "9" * 9, "end_unit": "hours"}, "end", "between 0 minutes and a year"),
    ({"story": "1", "end": "after", "end_after": "-3"}, "end", "Give a time between 0 minutes and a year."),
    (
        {**LINK, "begin": "at", "begin_at": "2026-03-02T12:00", "end": "at", "end_at": "2026-03-02T12:00"},
        "end",
        "The window ends before it begins.",
    ),
]


@pytest.mark.parametrize(("row", "field", "message"), ROW_MISTAKES)
def test_a_mistake_in_a_row_is_told_at_its_field(desk, story_list, row, field, message):
    """With everything that was typed into it."""
    form = refused(desk, story_list, posted({"url": "/a", "headline": "好的"}, row, title="晚间"))
    good, bad = form.rows.rows
    assert good.errors == {}
    assert any(message in str(told) for told in bad.errors[field]), bad.errors
    assert {name: getattr(bad, name) for name in row} == row
    assert form.typed["title"] == "晚间"


LIST_MISTAKES = [
    ({"title": ""}, "title", "Give the list a title"),
    ({"title": "长" * 101}, "title", "A title has at most 100 characters."),
    ({"length": "0"}, "length", "A list shows between 1 and 50 entries."),
    ({"length": "多"}, "length", "Give a whole number."),
    ({"length": ""}, "length", "Give a whole number."),
    ({"order": "-1"}, "order", "The place on the page is a number from 0 to 9999."),
    ({"display": "sideways"}, "display", "Choose one of the ways to show the list."),
    ({"fill_rule": "magic"}, "fill_rule", "Choose one of the ways to fill free places."),
    ({"fill_section": "x"}, "fill_section", "Choose one of the sections."),
    ({"fill_section": "9" * 30}, "fill_section", "Choose one of the sections."),
    ({"fill_section": "424242"}, "fill_section", "There is no such section any more."),
    ({"when": ""}, "when", "Choose when the edition is to begin."),
    ({"when": "whenever"}, "when", "Choose when the edition is to begin."),
    ({"when": "at"}, "start", "Give the moment at which the edition begins."),
    ({"when": "at", "start": "2026-03-01T08:00"}, "start", "This moment is in the past"),
    ({"when": "at", "start": "morgen"}, "start", "Enter a valid date/time."),
    ({"when": "at", "start": "1066-10-14T09:00"}, "start", "Give a year between 1900 and 9000."),
    ({"when": "at", "start": "2026-03-03T08:00", "end": "2026-03-03T08:00"}, "end", "ends before it begins"),
    ({"when": "special", "start": "2026-03-03T08:00"}, "end", "A special needs an end"),
]


@pytest.mark.parametrize(("values", "field", "message"), LIST_MISTAKES)
def test_a_mistake_about_the_list_is_told_at_its_field(desk, story_list, values, field, message):
    """With everything that was typed."""
    form = refused(desk, story_list, posted(LINK, **values))
    assert any(message in str(told) for told in form.errors[field]), form.errors
    for name, value in values.items():
        typed = getattr(form, name) if name in ("start", "end") else form.typed[name]
        assert typed == value
    assert [row.headline for row in form.rows.rows] == ["链接"]


def test_no_position_is_wrong_while_the_number_of_places_is(desk, story_list):
    """One mistake is told once."""
    form = refused(desk, story_list, posted({**LINK, "pinned": "1"}, length="0"))
    assert (list(form.errors), form.rows.rows[0].errors) == (["length"], {})


def test_a_story_twice_at_one_time_is_told_at_the_second(desk, story_list):
    """Ten times tells nine."""
    story = a_publication("丙").story_id
    form = refused(desk, story_list, posted(*[{"story": story}] * 10))
    assert [bool(row.errors.get("story")) for row in form.rows.rows] == [False] + [True] * 9


def test_a_story_in_the_bin_is_told_at_its_row(desk, story_list):
    """It was taken out of circulation while the form was open."""
    story = a_story("不要了")
    bin_story(story=story, by=OPERATOR, now=MONDAY)
    [row] = refused(desk, story_list, posted({"story": story.pk})).rows.rows
    assert [str(told) for told in row.errors["story"]] == ["This story is in the bin."]


def test_two_specials_at_one_time_are_refused_with_the_other_one_named(desk, story_list):
    """At the field of the begin."""
    an_edition(story_list, when=When(start=MONDAY + 5 * HOUR, end=MONDAY + 7 * HOUR, special=True))
    data = posted(LINK, when="special", start="2026-03-02T15:00", end="2026-03-02T18:00")
    [message] = refused(desk, story_list, data).errors["start"]
    assert "Another special of this list runs from" in message


def test_more_items_than_a_list_holds_are_all_kept(desk, story_list):
    """Those beyond stand in short lines, and can be taken out."""
    count = MOST_ITEMS + 3
    data = posted(*({"url": f"/{number}", "headline": f"链接{number}"} for number in range(count)))
    form = refused(desk, story_list, data)
    assert [str(told) for told in form.errors["items"]] == [
        f"A list holds at most {MOST_ITEMS} items; here are {count}."
    ]
    text = desk.post(new_address(story_list), data).content.decode()
    assert f"<p>A list holds at most {MOST_ITEMS} items; here are {count}.</p>" in text
    assert "3 items are more than a list holds (200)." in text
    assert f'name="item-{count}-headline" value="链接{count - 1}"' in text


def test_ten_thousand_rows_are_answered(desk, story_list):
    """As many fields as one post may hold at all."""
    data = posted()
    data |= {f"item-{number}-url": f"/{number}" for number in range(9_900)}
    page = desk.post(new_address(story_list), data)
    assert page.status_code == 200
    assert "here are 9900" in page.content.decode()
    assert 'name="item-9899-url" value="/9899"' in page.content.decode()


@pytest.mark.parametrize("nonsense", ["\x00", "\ud800", "\x07标题\x00", "<script>alert(1)</script>"])
def test_no_character_breaks_the_form(desk, story_list, nonsense):
    """What no database can store goes; the rest is text."""
    names = ["title", "comment", "fill_rule", "based_on", "decided_for", "start", "end", "choice:title", "edition"]
    row = dict.fromkeys(["story", "headline", "teaser", "key", "pinned", "begin_at", "end_after", "order"], nonsense)
    data = {**posted(row), **dict.fromkeys(names, nonsense)}
    data = {name: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for name, value in data.items()}
    page = desk.post(new_address(story_list), data)
    assert page.status_code == 200
    assert "<script>alert(1)" not in page.content.decode()
    assert desk.post(preview_address(story_list), data).status_code == 200


def test_names_that_are_no_fields_are_no_rows(desk, story_list):
    """Crafted names are left alone."""
    data = {**posted(LINK), "item--url": "/", "item-1234567890-url": "/", "item-x-url": "/", "item-2-": "/"}
    assert desk.post(new_address(story_list), data).status_code == 302
    assert len(story_list.editions.get(starts_at=MONDAY + HOUR).content.items) == 1


@pytest.mark.parametrize("based_on", ["", "0", "77", "9" * 30, "x"])
def test_a_version_that_never_was_is_told(desk, story_list, based_on):
    """One that never was cannot be compared; a form without one would overwrite what a colleague saved."""
    edition = story_list.editions.get()
    message = "cannot be compared" if based_on in ("0", "77") else "does not say which version"
    for where in (address(edition), new_address(story_list)):
        page = desk.post(where, posted(LINK, based_on=based_on, **hidden_times(times_of(edition))))
        assert page.status_code == 200
        assert message in page.content.decode()
        assert page.context["form"].rows.rows[0].headline == "链接"
    assert story_list.editions.get() == edition


@pytest.mark.parametrize(
    "times",
    [{}, {"was_kind": "x"}, {"was_kind": "standing", "was_start": "0001-01-01T00:00:00+00:00"}, {"was_end": "morgen"}],
)
def test_an_edition_is_not_saved_from_a_form_that_does_not_say_its_times(desk, story_list, times):
    """It could move back what a colleague has moved."""
    edition = story_list.editions.get()
    page = desk.post(address(edition), posted(LINK, **times))
    assert "does not say which version" in page.content.decode()
    assert story_list.editions.get() == edition


def test_a_time_that_clocks_show_twice_asks_which(desk, story_list, settings):
    """And a stored one says it: a form that is sent again without a change means the same moment."""
    settings.TIME_ZONE = "Europe/Berlin"
    row = {**LINK, "begin": "at", "begin_at": "2026-10-25T02:30"}
    [asked] = refused(desk, story_list, posted(row)).rows.rows
    assert "Choose which one is meant." in asked.errors["begin"][0]
    assert 'name="item-1-begin_at_which"' in asked.sides[0].moment_input
    desk.post(new_address(story_list), posted({**row, "begin_at_which": "1"}))
    [stored] = story_list.editions.get(starts_at=MONDAY + HOUR).content.items
    shown = ItemRow.of(stored, 1)
    assert (shown.begin_at, shown.begin_at.which) == ("2026-10-25T02:30", "1")
    assert shown.read()[0] == stored


def test_a_row_shows_what_an_item_holds():
    """Whole hours as hours."""
    row = ItemRow.of(item(7, starts_after=120, ends_after=150, pinned=3), 4)
    assert (row.begin_after, row.begin_unit, row.end_after, row.end_unit) == ("2", "hours", "150", "minutes")
    assert row.read() == (item(7, starts_after=120, ends_after=150, pinned=3), [])
