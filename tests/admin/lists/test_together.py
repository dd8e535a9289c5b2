"""Several lists changed at one moment: all of what was chosen, or none of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.actions import cancel_edition, publish_story, save_edition
from articles.actions.list_times import DRAFT, When
from articles.models import DeskProfile
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.page import Element, form_values, page
from tests.story_form import desk
from tests.story_lists import a_list, an_edition, item, list_content

HOUR = timedelta(hours=1)
URL = reverse("admin:articles_storylist_together")
TOMORROW = {"when": "later", "start": "2026-03-03T08:00"}


@pytest.fixture(autouse=True)
def monday_noon(reading_at):
    reading_at(MONDAY + 3 * HOUR)


@pytest.fixture
def drafts(cast):
    """A draft of the front page, and one of the headlines beside a story."""
    front, beside = a_list(), a_list(name="旁边", place="beside")
    return [an_edition(row, item("/new", headline=f"{row} 新"), when=DRAFT) for row in (front, beside)]


def post(user, editions, button="_publish", **values) -> object:
    seen = {f"seen_{one.pk}": one.revision.number for one in editions}
    return desk(user).post(URL, {"edition": [one.pk for one in editions], **seen, **values, button: "1"})


def lines(response) -> list[Element]:
    return page(response).all("li", "together-line")


def starts(editions) -> list:
    for edition in editions:
        edition.refresh_from_db()
    return [edition.starts_at for edition in editions]


def test_drafts_and_plans_of_all_lists_are_offered(cast, drafts):
    """Not what has begun."""
    an_edition(drafts[1].story_list, when=When(start=MONDAY + 24 * HOUR))
    response = desk(cast.list_editor).get(URL)
    assert [line.one("strong").text for line in lines(response)] == ["首页头条", "旁边", "旁边"]
    assert "planned for 3 Mar, 09:00" in page(response).one("form", "together").text


def test_chosen_editions_begin_together_at_a_moment(cast, drafts):
    assert post(cast.list_editor, drafts, **TOMORROW).status_code == 302
    assert starts(drafts) == [MONDAY + 23 * HOUR] * 2


def test_chosen_editions_begin_now(cast, drafts):
    assert post(cast.list_editor, drafts, when="now", start="").status_code == 302
    assert starts(drafts) == [MONDAY + 3 * HOUR] * 2


def test_check_shows_what_each_will_hold_and_changes_nothing(cast, drafts):
    """At the moment that was given: a story that goes live before it is among it, one that does later is not."""
    before, after = a_story("七点发"), a_story("九点发")
    publish_story(story=before, by=OPERATOR, at=MONDAY + 22 * HOUR, now=MONDAY)
    publish_story(story=after, by=OPERATOR, at=MONDAY + 24 * HOUR, now=MONDAY)
    third = an_edition(a_list(name="下方", place="below"), before, after, when=DRAFT)
    response = post(cast.list_editor, [third], "_check", **TOMORROW)
    (line,) = [line for line in lines(response) if "下方" in line.text]
    assert line.one("ol", "held").text == "七点发"
    assert line.one("ul", "hidden-items").text == "九点发 goes live 3 Mar, 09:00"
    assert starts([*drafts, third]) == [None] * 3


def test_one_refusal_refuses_all_and_stands_at_its_list(cast, drafts):
    """Everything that was chosen and typed is there again."""
    tonight = When(start=MONDAY + 9 * HOUR, end=MONDAY + 10 * HOUR, special=True)
    third = an_edition(a_list(name="下方", place="below"), when=tonight)
    response = post(cast.list_editor, [*drafts, third], **TOMORROW)
    assert response.status_code == 200
    errors = {
        line.one("strong").text: [error.text for error in line.all("ul", "errorlist")] for line in lines(response)
    }
    assert errors == {"首页头条": [], "旁边": [], "下方": ["The window ends before it begins."]}
    assert starts([*drafts, third]) == [None, None, MONDAY + 9 * HOUR]
    values = form_values(page(response).one("form", "together"))
    assert sorted(values["edition"]) == sorted(str(one.pk) for one in [*drafts, third])
    assert (values["when"], values["start"]) == (["later"], ["2026-03-03T08:00"])


def test_two_editions_of_one_list_do_not_begin_at_one_moment(cast, drafts):
    """Each by itself could: the message is about both."""
    other = an_edition(drafts[0].story_list, when=DRAFT)
    response = post(cast.list_editor, [drafts[0], other], **TOMORROW)
    assert "Two editions of one list cannot begin at the same moment." in page(response).one("div", "errornote").text
    assert starts([drafts[0], other]) == [None, None]


@pytest.mark.parametrize(
    "typed", ["", "x", "2026-03-01T08:00", "0001-01-01T00:00", "1899-12-31T00:00", "9001-01-01T00:00", "\x00"]
)
def test_moment_that_does_not_fit_is_refused(cast, drafts, typed):
    response = post(cast.list_editor, drafts, when="later", start=typed)
    assert response.status_code == 200
    assert page(response).all("ul", "errorlist")
    assert len(form_values(page(response).one("form", "together"))["edition"]) == 2
    assert starts(drafts) == [None, None]


def test_nothing_chosen_is_refused(cast, drafts):
    response = post(cast.list_editor, [], **TOMORROW)
    assert "Choose at least one edition." in page(response).one("div", "errornote").text


def test_edition_that_a_colleague_changed_is_looked_at_again(cast, drafts):
    """What begins is what was seen."""
    content = list_content(item("/other", headline="别的"))
    first, second = drafts
    save_edition(story_list=first.story_list, content=content, by=cast.editor, edition=first, now=MONDAY + HOUR)
    response = post(cast.list_editor, drafts, **TOMORROW)
    assert "A colleague has changed this edition meanwhile." in lines(response)[0].text
    assert starts([first, second]) == [None, None]


@pytest.mark.parametrize("button", ["_check", "_publish"])
@pytest.mark.parametrize("seen", [{}, {"seen": "x"}])
def test_edition_is_not_published_unless_the_form_says_which_version_was_seen(cast, drafts, button, seen):
    """The form comes back with what was chosen, and with the versions there are now."""
    values = {f"seen_{drafts[0].pk}": text for text in seen.values()}
    known = {f"seen_{drafts[1].pk}": drafts[1].revision.number}
    sent = {"edition": [one.pk for one in drafts], **values, **known, **TOMORROW, button: "1"}
    response = desk(cast.list_editor).post(URL, sent)
    assert "It is not known which version of this edition you saw." in lines(response)[0].text
    assert len(form_values(page(response).one("form", "together"))["edition"]) == 2
    assert starts(drafts) == [None, None]


def test_drafts_of_others_take_no_place_from_ones_own(cast, drafts, monkeypatch):
    """However many there are of lists that are not in the sections of the person."""
    monkeypatch.setattr("articles.admin.lists.together.MOST", 1)
    section = a_section("农业", "farming")
    DeskProfile.objects.create(user=cast.list_editor).sections.add(section)
    an_edition(a_list(name="龙江农业", place="section", scope=section), when=DRAFT)
    assert [line.one("strong").text for line in lines(desk(cast.list_editor).get(URL))] == ["龙江农业"]


def test_edition_that_was_cancelled_meanwhile_is_missed(cast, drafts):
    first, second = drafts
    cancel_edition(edition=first, by=OPERATOR, now=MONDAY + HOUR)
    response = post(cast.list_editor, drafts, **TOMORROW)
    assert "was cancelled meanwhile" in page(response).one("div", "errornote").text
    assert starts([second]) == [None]


@pytest.mark.parametrize("typed", ["x", "0", "-1", "9" * 40, "\x00"])
def test_ids_that_are_none_are_refused(cast, drafts, typed):
    values = {"edition": [typed, drafts[0].pk], f"seen_{drafts[0].pk}": typed, **TOMORROW, "_publish": "1"}
    assert desk(cast.list_editor).post(URL, values).status_code == 200
    assert starts(drafts) == [None, None]


def test_people_of_a_section_change_the_lists_of_their_section(cast, drafts):
    """Others are neither offered to them nor taken from them."""
    section = a_section("农业", "farming")
    DeskProfile.objects.create(user=cast.list_editor).sections.add(section)
    own = an_edition(a_list(name="农业头条", place="section", scope=section), when=DRAFT)
    assert [line.one("strong").text for line in lines(desk(cast.list_editor).get(URL))] == ["农业头条"]
    assert post(cast.list_editor, [own, drafts[0]], **TOMORROW).status_code == 200
    assert starts([own, drafts[0]]) == [None, None]


@pytest.mark.parametrize("who", ["reporter", "outsider", "administrator"])
def test_together_is_for_editors_of_lists(cast, drafts, who):
    assert desk(getattr(cast, who)).get(URL).status_code == 403
    assert post(getattr(cast, who), drafts, **TOMORROW).status_code == 403
    assert starts(drafts) == [None, None]


@pytest.mark.parametrize("count", [1, 12])
def test_page_costs_the_same_for_many_drafts(cast, django_assert_num_queries, count):
    story = a_publication(at=MONDAY)
    for number in range(count):
        an_edition(a_list(name=f"列表{number}", slot=f"slot{number}"), story, when=DRAFT)
    client = desk(cast.list_editor)
    with django_assert_num_queries(9):
        assert client.get(URL).status_code == 200
