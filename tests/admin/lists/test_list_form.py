"""Making a list: what the form begins with, what it makes, and where it says what does not fit."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from articles.models import DeskProfile, Section, StoryList, Topic
from tests.builders import MONDAY, a_section, a_story
from tests.page import form_values, page
from tests.story_form import desk
from tests.story_lists import a_list

URL = reverse("admin:articles_storylist_add")


@pytest.fixture(autouse=True)
def monday(reading_at):
    reading_at(MONDAY)


def filled(user, **values: Any) -> dict[str, Any]:
    """What a browser posts: the form as it opens, with `values` typed into it."""
    response = desk(user).get(URL, {"place": values.get("place", "front")})
    opened = form_values(page(response).one("form", id="storylist_form"))
    return {**opened, "name": "首页头条", "title": "今日头条", **values}


def post(user, **values: Any) -> Any:
    return desk(user).post(URL, filled(user, **values))


def errors(response) -> dict[str, str]:
    """The messages by field; "" is the form as a whole."""
    form = page(response).one("form", id="storylist_form")
    fields = {
        row.attributes["data-field"]: row.one("ul", "errorlist").text
        for row in form.all("div", "list-field")
        if row.all("ul", "errorlist")
    }
    whole = " ".join(found.text for found in form.all("ul", "nonfield"))
    return {**fields, **({"": whole} if whole else {})}


@pytest.mark.parametrize(
    ("place", "slot", "length", "display", "rule"),
    [
        ("front", "main", 6, "cards", "latest"),
        ("section", "main", 6, "teasers", "latest"),
        ("beside", "main", 10, "headlines", "latest"),
        ("below", "related", 3, "teasers", "more_like_this"),
    ],
)
def test_form_begins_with_what_lists_of_its_place_mostly_are(cast, place, slot, length, display, rule):
    """A name and a title are enough; the first edition begins at once and holds nothing."""
    response = post(cast.chief_editor, place=place)
    made = StoryList.objects.get()
    assert response["Location"] == reverse("admin:articles_storylist_change", args=[made.pk])
    edition = made.editions.get()
    content = edition.content
    assert (made.place, made.slot, made.created_by) == (place, slot, cast.chief_editor)
    assert (content.title, content.length, content.display, content.fill_rule) == ("今日头条", length, display, rule)
    assert (edition.starts_at, content.items, content.may_repeat) == (MONDAY, (), False)


def test_list_is_made_for_a_section_a_topic_and_a_story(cast):
    topic, story = Topic.objects.create(name="春运", slug="spring"), a_story()
    for number, scope in enumerate((a_section(), topic, story)):
        name = scope._meta.model_name
        values = {"place": "beside", "name": f"旁边{number}", name: scope.pk, "fill_section": a_section().pk}
        assert post(cast.chief_editor, **values, may_repeat="on").status_code == 302
        made = StoryList.objects.get(name=f"旁边{number}")
        content = made.editions.get().content
        assert made.scope == scope
        assert (content.fill_section_id, content.may_repeat) == (a_section().pk, True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "有了"}, "name"),
        ({"name": "\x00"}, "name"),
        ({"place": "nowhere"}, "place"),
        ({"slot": ""}, "slot"),
        ({"slot": "Big Slot"}, "slot"),
        ({"title": ""}, "title"),
        ({"title": "x" * 101}, "title"),
        ({"title": "\u3000"}, "title"),
        ({"length": "0"}, "length"),
        ({"length": "51"}, "length"),
        ({"length": "9" * 40}, "length"),
        ({"length": "x"}, "length"),
        ({"order": "-1"}, "order"),
        ({"order": "10000"}, "order"),
        ({"display": "x"}, "display"),
        ({"fill_rule": "x"}, "fill_rule"),
        ({"section": "999"}, "section"),
        ({"topic": "9" * 40}, "topic"),
        ({"story": "x"}, "story"),
        ({"story": "\x00"}, "story"),
        ({"fill_section": "999"}, "fill_section"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(cast, values, field):
    """And what was typed elsewhere is there again."""
    a_list(name="有了", slot="taken")
    response = post(cast.chief_editor, **{"place": "beside", "name": "新的", **values})
    assert response.status_code == 200
    assert list(errors(response)) == [field]
    kept = form_values(page(response).one("form", id="storylist_form"))
    assert kept["order" if field != "order" else "length"]
    assert StoryList.objects.count() == 1


def test_scope_that_was_deleted_meanwhile_is_said_at_its_field(cast):
    """The form was open while somebody deleted the section."""
    section = Section.objects.create(name="旧栏目", slug="old")
    values = filled(cast.chief_editor, place="section", section=section.pk)
    section.delete()
    response = desk(cast.chief_editor).post(URL, values)
    assert errors(response) == {"section": "This does not exist any more. Choose another one, or none."}


def test_places_and_scopes_that_do_not_go_together_are_refused(cast):
    """The front page has no section, and a list one scope at most; a slot is taken once."""
    section, topic = a_section(), Topic.objects.create(name="春运", slug="spring")
    assert "The front page has no scope" in errors(post(cast.chief_editor, section=section.pk))[""]
    both = post(cast.chief_editor, place="beside", section=section.pk, topic=topic.pk)
    assert "A list has one scope" in errors(both)[""]
    a_list(name="有了")
    assert "There is a list in this place, slot and scope already." in errors(post(cast.chief_editor))[""]
    assert StoryList.objects.count() == 1


@pytest.mark.parametrize("place", ["nowhere", "\x00", "9" * 40])
def test_form_for_no_place_is_the_one_of_the_front_page(cast, place):
    response = desk(cast.chief_editor).get(URL, {"place": place})
    assert form_values(page(response).one("form", id="storylist_form"))["place"] == ["front"]


@pytest.mark.parametrize("who", ["reporter", "list_editor", "outsider"])
def test_lists_are_made_by_those_who_may(cast, who):
    values = filled(cast.chief_editor)
    client = desk(getattr(cast, who))
    assert client.get(URL).status_code == 403
    assert client.post(URL, values).status_code == 403
    assert not StoryList.objects.exists()


def test_people_of_a_section_are_offered_their_section_and_told_what_is_not_theirs(cast):
    """The message stands at the section; everything typed is there again."""
    sports = a_section("体育", "sports")
    DeskProfile.objects.create(user=cast.chief_editor).sections.add(sports)
    opened = page(desk(cast.chief_editor).get(URL))
    values = form_values(opened.one("form", id="storylist_form"))
    assert (values["place"], values["section"]) == (["section"], [str(sports.pk)])
    assert "You may make lists of these sections: 体育." in opened.text
    response = post(cast.chief_editor, place="front", section="")
    assert errors(response) == {"section": "You may make lists of your sections only: choose one of them."}
    assert form_values(page(response).one("form", id="storylist_form"))["name"] == ["首页头条"]
    assert not StoryList.objects.exists()
