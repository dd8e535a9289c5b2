"""The problems of story lists on the first page of the desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.builders import a_section, a_story
from tests.checked_lists import NOW, ending, live
from tests.page import page
from tests.story_form import desk
from tests.story_lists import a_list

pytestmark = pytest.mark.django_db

# Of a list editor, with lists.
LISTS = 22


@pytest.fixture(autouse=True)
def read_at_now(reading_at):
    reading_at(NOW)


def problems(user) -> list[str]:
    """The lines of that part of the desk; none where it is missing."""
    document = page(desk(user).get(reverse("admin:index")))
    parts = [one for one in document.all("section") if one.attributes.get("aria-labelledby") == "desk-list-problems"]
    return [line.text for one in parts for line in one.all("li")]


def test_desk_shows_what_will_be_wrong_in_lists_to_those_who_may_change_them(cast):
    """Of the front page and the section fronts, the serious first; others see no such part."""
    a_list(ending("短", 3), *live(1), length=2, name="首页")
    a_list(ending("一", 2), name="要闻", place="section", scope=a_section(), length=1)
    a_list(a_story("草稿"), name="旁边", place="beside", length=1)
    lines = problems(cast.list_editor)
    assert [line.split(" ")[0] for line in lines[:2]] == ["要闻", "首页"]
    assert "serious" in lines[0]
    assert not [line for line in lines if "旁边" in line]
    assert problems(cast.reporter) == []


@pytest.mark.parametrize("count", [1, 4])
def test_problems_of_lists_cost_the_desk_the_same(cast, count, django_assert_num_queries):
    """Seven queries for all lists of the front page and the section fronts, and one less where there are none."""
    client = desk(cast.list_editor)
    for number in range(count):
        for place, scope in (("front", None), ("section", a_section())):
            rows = [*live(1, f"{number}甲"), ending(f"{number}乙", 3)]
            a_list(*rows, name=f"{place}{number}", slot=f"s{number}", place=place, scope=scope, fill_rule="latest")
    with django_assert_num_queries(LISTS):
        client.get(reverse("admin:index"))


def test_desk_without_problems_of_lists_says_so(cast):
    a_list(*live(1), length=1)
    assert problems(cast.list_editor) == ["Nothing is wrong on the front page and the section fronts."]
