"""The page of problems of the story lists, and what is said after an edition was saved."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from articles.admin.lists.problem_lines import marks_of_lists
from articles.admin.lists.problems import MOST_SAID
from articles.models import DeskProfile, StoryList
from tests.builders import MONDAY, a_section, a_story
from tests.checked_lists import HOUR, NOW, ending, live
from tests.page import Element, form_values, page
from tests.story_form import desk
from tests.story_lists import a_list, an_edition, item

pytestmark = pytest.mark.django_db

URL = "admin:articles_storylist_problems"


@pytest.fixture(autouse=True)
def read_at_now(reading_at):
    reading_at(NOW)


def problems(user, query: str = "") -> Element:
    response = desk(user).get(reverse(URL) + query)
    assert response.status_code == 200
    return page(response)


def lines(document: Element) -> list[str]:
    return [line.text for line in document.all("li", "list-problem")]


def test_page_without_problems_says_so(cast):
    a_list(*live(3), length=3)
    document = problems(cast.list_editor)
    assert lines(document) == []
    assert "Nothing is wrong in the next 14 days." in document.text


def test_findings_stand_by_day_with_a_link_to_mend_them(cast):
    """What is so already first; each leads to its edition, at the item."""
    made = a_list(a_story("草稿"), *live(1), ending("短", 30), length=2)
    document = problems(cast.list_editor)
    assert [heading.text for heading in document.all("h2") if "nav" not in heading.classes][-2:] == [
        "Already so",
        "Tuesday, 3 March 2026",
    ]
    edition = made.editions.get()
    addresses = [line.all("a")[0].attributes["href"] for line in document.all("li", "list-problem")]
    of_edition = reverse("admin:articles_storylist_edition", args=[made.pk, edition.pk])
    assert addresses[0].startswith(f"{of_edition}#item-k")
    assert of_edition in addresses
    assert "3 Mar, 16:00" in lines(document)[-1]


def test_place_and_level_can_be_chosen(cast):
    """And what makes no sense is every place."""
    a_list(ending("短", 3), name="头条", length=1)
    a_list(*live(1), name="栏目", place="section", scope=a_section(), length=2)
    assert {line.split(" serious ")[-1].split(":")[0] for line in lines(problems(cast.editor, "?level=serious"))}
    assert all("栏目" in line for line in lines(problems(cast.editor, "?place=section")))
    assert lines(problems(cast.editor, "?place=section&level=serious")) == []
    for query in ("?place=front&level=serious", "?place=nowhere", "?place=%00", ""):
        assert any("头条" in line for line in lines(problems(cast.editor, query))), query


def test_finding_leads_to_the_page_at_that_moment(cast):
    """In the time machine, of pages with an address."""
    a_list(ending("短", 3), length=1)
    hrefs = [link.attributes["href"] for link in problems(cast.editor).all("a", "list-problem-seen")]
    assert hrefs == ["/at/2026-03-02T05:00:00Z/"] * 2


def test_people_without_the_right_to_lists_are_refused(cast):
    assert desk(cast.outsider).get(reverse(URL)).status_code in (302, 403)


def test_who_may_not_mend_it_looks_at_it(cast):
    """A reporter, and an editor of another section, see the problems all the same."""
    a_list(ending("短", 3), length=1)
    DeskProfile.objects.create(user=cast.second_editor).sections.set([a_section("体育", "sports")])
    for user, words in ((cast.reporter, "look at it"), (cast.second_editor, "look at it"), (cast.editor, "mend it")):
        assert words in problems(user).text


@pytest.mark.parametrize("count", [1, 5])
def test_page_costs_the_same_with_any_number_of_lists(cast, count, django_assert_num_queries):
    """Session, user, two of rights; then one for the pages and four for their lists."""
    client = desk(cast.editor)
    for number in range(count):
        targets = [*live(1, f"甲{number}"), ending(f"短{number}", 3)]
        made = a_list(*targets, name=f"头条{number}", slot=f"s{number}", length=2)
        an_edition(made, *live(1, f"乙{number}"), now=MONDAY + HOUR / 2)
    with django_assert_num_queries(10):
        assert client.get(reverse(URL)).status_code == 200


def test_marks_of_lists_count_what_is_near():
    """Serious ones and warnings; notes, and what is more than a day away, are no marks."""
    a_list(ending("短", 3), name="甲", length=1)
    a_list(*live(1), name="乙", slot="b", length=3)
    a_list(ending("远", 40), *live(1, "丁"), name="丙", slot="c", length=2)
    with translation.override("en"):
        marks = marks_of_lists(list(StoryList.objects.all()), NOW)
        words = {pk: [str(mark.words) for mark in found] for pk, found in marks.items()}
    assert words == {StoryList.objects.get(name="甲").pk: ["1 serious problem", "1 warning"]}
    assert marks_of_lists([], NOW) == {}


# after saving


def said_after_saving(user, made: StoryList) -> list[str]:
    """What the desk says once the form of the current edition was sent as it came, with a comment."""
    client = desk(user)
    url = reverse("admin:articles_storylist_edition", args=[made.pk, made.editions.latest("starts_at").pk])
    values = form_values(page(client.get(url)).one("form", id="edition-form"))
    response = client.post(url, {**values, "title": ["别的标题"]}, follow=True)
    assert response.status_code == 200
    return [line.text for line in page(response).one("ul", "messagelist").all("li")]


def test_saving_says_what_will_be_wrong(cast):
    """It is saved all the same."""
    made = a_list(ending("短", 3), *live(1), length=2)
    said = said_after_saving(cast.list_editor, made)
    assert "Saved. Readers see the list now." in said
    assert "From 2 Mar, 13:00: It shows 1 of 2: taken down “短”." in said


def test_saving_what_is_in_order_says_nothing_more(cast):
    assert len(said_after_saving(cast.list_editor, a_list(*live(2), length=2))) == 1


def test_saving_says_the_worst_of_many(cast):
    """The others are on the page of problems."""
    drafts = [a_story(f"草稿{number}") for number in range(6)]
    said = said_after_saving(cast.list_editor, a_list(*drafts, item("/nowhere/"), *live(9), length=10))
    assert len(said) == 1 + MOST_SAID + 1
    assert "/nowhere/" in said[1]
    assert said[-1] == "3 more problems"
