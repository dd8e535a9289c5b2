"""The checks of lists over a span of time: each with lists that pass and lists that fail."""

from __future__ import annotations

import pytest
from django.utils import translation

from articles.actions import When, copy_edition, end_edition
from articles.resolver.check_lists import check_lists, warnings_for
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.checked_lists import DAY, HOUR, NOTE, NOW, SERIOUS, WARNING, ending, found, live, planned
from tests.story_lists import a_list, an_edition, item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_list_in_order_has_no_findings():
    """Full, fresh, and nothing about it changes."""
    a_list(*live(3), length=3)
    assert check_lists(NOW, NOW + DAY).findings == []


# gap


def test_gap_between_editions_is_found():
    """From when until when; none where the next begins as the one ends."""
    made = a_list(*live(1), length=1)
    an_edition(made, *live(1, "甲"), length=1, when=When(start=NOW + 6 * HOUR), now=MONDAY)
    assert found("gap") == []
    end_edition(edition=made.editions.earliest("starts_at"), by=OPERATOR, end=NOW + 2 * HOUR, now=NOW)
    assert [row[:3] for row in found("gap")] == [(SERIOUS, 2, 6)]


def test_list_that_ends_leaves_a_gap_until_it_is_given_up():
    """For a week somebody may have forgotten it."""
    made = a_list(*live(1), length=1)
    end_edition(edition=made.editions.get(), by=OPERATOR, end=NOW + 2 * HOUR, now=NOW)
    assert [row[:3] for row in found("gap")] == [(SERIOUS, 2, None)]
    assert [row[:3] for row in found("gap", now=NOW + 3 * DAY)] == [(SERIOUS, 2, None)]
    assert found("gap", now=NOW + 8 * DAY) == []


def test_wider_list_that_stands_in_is_no_gap():
    """A note: readers see the list of all sections."""
    section = a_section()
    a_list(*live(1), name="全部栏目", place="section", length=1)
    own = a_list(*live(1, "甲"), name="要闻", place="section", scope=section, length=1)
    end_edition(edition=own.editions.get(), by=OPERATOR, end=NOW + 2 * HOUR, now=NOW)
    assert [(level, start, "全部栏目" in words) for level, start, _end, words in found("gap")] == [(NOTE, 2, True)]


# empty and underfill


def test_list_that_shows_nothing_is_found():
    """From the moment its last story comes down, and with its reason."""
    a_list(ending("甲", 3), length=1)
    [(level, start, end, words)] = found("empty")
    assert (level, start, end) == (SERIOUS, 3, None)
    assert words == "It shows nothing: taken down “甲”."
    assert found("underfill") == []


def test_underfill_names_the_stories_and_why():
    """7 of 10 from the moment on at which three stories end."""
    a_list(*live(7), *[ending(f"短{number}", 5) for number in range(3)], length=10)
    [(level, start, end, words)] = found("underfill")
    assert (level, start, end) == (SERIOUS, 5, None)
    assert words == "It shows 7 of 10: taken down “短0”, “短1”, “短2”."


def test_fill_rule_that_closes_the_hole_is_no_underfill():
    """As readers will see it, so the check sees it."""
    ends = ending("短", 5)
    a_list(*live(2), ends, length=3, fill_rule="latest")
    a_publication("补上的", section=a_section())
    assert found("underfill") == []


def test_story_that_comes_later_is_a_warning_until_then():
    """It mends itself; at the moment it goes live the list is full."""
    a_list(*live(2), planned("早八点", 4), length=3)
    [(level, start, end, words)] = found("underfill")
    assert (level, start, end) == (WARNING, 0, 4)
    assert words == "It shows 2 of 3: not live before 2 Mar, 14:00 “早八点”."


def test_each_reason_is_told_once_with_its_stories():
    """Whatever keeps them: a draft, a window, a colleague's bin."""
    first, second, third = live(3, "窗")
    windows = [item(row, ends_at=NOW + 2 * HOUR) for row in (first, second)]
    a_list(*live(4), *windows, item(third, starts_at=NOW + 9 * HOUR), a_story("草稿"), length=8)
    words = [row[3] for row in found("underfill") if row[1] == 2]
    assert words == [
        "It shows 4 of 8: window ended 2 Mar, 12:00 “窗0”, “窗1”; window begins 2 Mar, 19:00 “窗2”; draft “草稿”."
    ]


def test_list_with_fewer_items_than_places_is_a_note():
    """Nobody promised more; a draft that is waited for is a warning."""
    a_list(*live(2), length=3)
    assert [row[0] for row in found("underfill")] == [NOTE]


def test_half_empty_list_is_serious():
    """Whatever the reason."""
    windows = [item(row, ends_at=NOW + 4 * HOUR) for row in live(3, "短")]
    a_list(*live(2), *windows, length=5)
    assert [row[:3] for row in found("underfill")] == [(SERIOUS, 4, None)]


def test_list_beside_all_stories_is_not_called_empty():
    """What fills it differs from page to page; on the page of one story it is known."""
    a_list(name="相关", place="below", fill_rule="same_topic")
    assert found("empty") == []
    story = a_publication("正文").story
    a_list(name="本稿相关", place="below", scope=story, fill_rule="same_topic")
    assert [row[:2] for row in found("empty")] == [(SERIOUS, 0)]


# the whole


def test_edition_is_looked_at_while_it_is_in_force():
    """Not what is over; what begins later counts from its begin."""
    made = a_list(a_story("旧草稿"), *live(1), length=1)
    an_edition(made, *live(1, "新"), length=1)
    assert found("late") == []
    an_edition(made, a_story("新草稿"), *live(1, "再"), length=1, when=When(start=NOW + 5 * HOUR))
    assert [row[1] for row in found("late")] == [5]


def test_general_list_is_told_once_with_its_pages():
    """Two section fronts, one finding."""
    a_section("体育", "sports"), a_section("要闻", "news")
    a_list(name="栏目头条", place="section", length=2)
    [finding] = [one for one in check_lists(NOW, NOW + DAY).findings if one.check == "empty"]
    assert sorted(finding.pages) == ["体育", "要闻"]


def test_warnings_for_an_edition_are_its_own():
    """Not those of the editions around it, nor of the other lists of the page; a draft has none yet."""
    made = a_list(a_story("草稿一"), *live(1), length=1)
    a_list(a_story("草稿二"), name="别的", slot="other")
    saved = an_edition(made, ending("到点", 3), length=1, when=When(start=NOW + HOUR), now=MONDAY)
    assert {(one.check, one.edition_id) for one in warnings_for(saved, NOW)} == {
        ("empty", saved.pk),
        ("dead", saved.pk),
    }
    draft = copy_edition(story_list=made, shown_at=NOW, by=OPERATOR, now=NOW)
    assert warnings_for(draft, NOW) == []


@pytest.mark.parametrize("count", [1, 4])
def test_checking_costs_the_same_number_of_queries(count, django_assert_num_queries):
    """Whatever the lists of the site and their editions are: four to find the pages, six to read them."""
    section = a_section()
    for number in range(count):
        rows = live(2, f"甲{number}-")
        targets = [*rows, item(rows[0].get_absolute_url(), key="u")]
        made = a_list(*targets, name=f"f{number}", slot=f"s{number}", fill_rule="latest", fill_section_id=section.pk)
        a_list(*rows, name=f"s{number}", slot=f"s{number}", place="section", fill_rule="latest")
        a_list(*rows, name=f"b{number}", slot=f"s{number}", place="below", scope=rows[0].story, fill_rule="same_topic")
        for later in range(count):
            an_edition(made, *targets, length=5 + later, when=When(start=NOW + later * HOUR), now=MONDAY)
    with django_assert_num_queries(10):
        assert check_lists(NOW, NOW + 14 * DAY).findings


def test_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        check_lists(NOW, NOW)
