"""Things with a page of their own: their addresses stay."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError
from django.urls import reverse

from articles.admin import permanent_address
from articles.models import Contributor, Section, Source, Topic
from tests.builders import a_publication, a_section
from tests.page import page
from tests.story_form import desk

with_a_page = pytest.mark.parametrize(
    ("noun", "model", "values"),
    [
        ("section", Section, {"position": "1"}),
        ("topic", Topic, {}),
        ("contributor", Contributor, {}),
        ("source", Source, {"kind": "own", "aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}),
    ],
)


@pytest.fixture
def chief(cast):
    return desk(cast.chief_editor)


def add(noun: str) -> str:
    return reverse(f"admin:articles_{noun}_add")


def change(row) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


@with_a_page
def test_address_is_chosen_once(chief, noun, model, values):
    """It is typed when the thing is made, and a later post of another one changes the name only."""
    assert chief.post(add(noun), {"name": "原名", "slug": "first", **values}).status_code == 302
    row = model.objects.get()
    assert not page(chief.get(change(row))).all("input", name="slug")
    assert chief.post(change(row), {"name": "新名", "slug": "second", **values}).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.slug) == ("新名", "first")


@with_a_page
def test_address_is_made_from_the_name(chief, noun, model, values):
    """In pinyin, or from the name in English; with a number where another one has it."""
    for typed, made in (
        ({"name": "观点"}, "guan-dian"),
        ({"name": "關點"}, "guan-dian-2"),
        ({"name": "就业", "name_english": "Mountain Jobs"}, "mountain-jobs"),
        ({"name": "长" * 50}, "-".join(["chang"] * 10) if model in {Section, Topic} else "-".join(["chang"] * 16)),
    ):
        assert chief.post(add(noun), {"slug": "", **typed, **values}).status_code == 302
        assert model.objects.latest("pk").slug == made


@with_a_page
def test_form_says_where_the_address_comes_from_before_it_is_fixed(chief, noun, model, values):
    field = page(chief.get(add(noun))).one(css_class="field-slug")
    assert "Web address" in field.text
    assert "Left empty, it is made from the name. It cannot be changed later." in field.text
    assert "required" not in field.one("input", name="slug").attributes
    chief.post(add(noun), {"name": "观点", **values})
    stored = page(chief.get(change(model.objects.get()))).one(css_class="field-slug")
    assert "guan-dian" in stored.text
    assert "Left empty" not in stored.text


@with_a_page
def test_address_that_will_not_do_is_refused_in_plain_words(chief, noun, model, values):
    """At its field, in the language of the desk, without the word that programmers have for it."""
    chief.post(add(noun), {"name": "评论", "slug": "taken", **values})
    for slug, words in (("观点", "letters a to z"), ("a b", "letters a to z"), ("taken", "has this address already")):
        response = chief.post(add(noun), {"name": "观点", "slug": slug, **values})
        told = page(response).one(css_class="field-slug").one("ul", "errorlist").text
        assert words in told
        assert "slug" not in told.lower()
    assert model.objects.count() == 1


def blind_once(monkeypatch, model) -> None:
    """The first look at which addresses are taken misses the last one, as where it is taken at the same moment."""
    looks = iter([True])
    ask, make = model.validate_unique, permanent_address.free_address
    monkeypatch.setattr(model, "validate_unique", lambda *args, **named: next(looks, False) or ask(*args, **named))
    made = iter(["taken"])
    monkeypatch.setattr(permanent_address, "free_address", lambda *args: next(made, "") or make(*args))


@with_a_page
def test_address_taken_at_the_same_moment_becomes_another(chief, monkeypatch, noun, model, values):
    chief.post(add(noun), {"name": "先来", "slug": "taken", **values})
    blind_once(monkeypatch, model)
    assert chief.post(add(noun), {"name": "后到", **values}).status_code == 302
    assert model.objects.latest("pk").slug == "hou-dao"


@with_a_page
def test_typed_address_taken_at_the_same_moment_is_refused_at_its_field(chief, monkeypatch, noun, model, values):
    chief.post(add(noun), {"name": "先来", "slug": "taken", **values})
    blind_once(monkeypatch, model)
    response = chief.post(add(noun), {"name": "后到", "slug": "taken", **values})
    told = page(response).one(css_class="field-slug").one("ul", "errorlist").text
    assert "Another page has this address already." in told
    assert model.objects.count() == 1


@with_a_page
def test_database_that_refuses_every_time_is_told_in_words(chief, monkeypatch, noun, model, values):
    """Whatever it has against it: what was typed is kept, and nothing fails."""

    def refuse(row, **options):
        raise IntegrityError

    monkeypatch.setattr(model, "save", refuse)
    document = page(chief.post(add(noun), {"name": "后到", **values}))
    assert "at the same moment. Save again." in document.one(css_class="field-slug").text
    assert document.one("input", name="name").attributes["value"] == "后到"


@with_a_page
def test_name_in_english_is_typed_beside_the_name_and_found(chief, noun, model, values):
    """In the list, and where somebody chooses for a story; in the trail as any other field."""
    typed = {"name": "就业", "slug": "jobs", **values}
    assert chief.post(add(noun), typed).status_code == 302
    row = model.objects.get()
    field = page(chief.get(change(row))).one(css_class="field-name_english")
    assert "Shown on English pages." in field.text
    assert chief.post(change(row), {**typed, "name_english": "Mountain Jobs"}).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.name_english) == ("就业", "Mountain Jobs")
    assert "English" in str(LogEntry.objects.latest("pk"))
    listed = page(chief.get(reverse(f"admin:articles_{noun}_changelist"), {"q": "mountain"}))
    assert len(listed.all(css_class="field-name")) == 1
    chooser = {"section": "story", "topic": "story", "source": "story", "contributor": "byline"}[noun]
    asked = {"app_label": "articles", "model_name": chooser, "field_name": noun if noun != "topic" else "topics"}
    answer = chief.get(reverse("admin:autocomplete"), {**asked, "term": "mountain"})
    assert [found["text"] for found in answer.json()["results"]] == ["就业"]


def test_new_section_stands_last(chief):
    """Not before 要闻; the form says which way the numbers count."""
    for stored, offered in ((None, "10"), (40, "50"), (32_767, "32767")):
        if stored:
            a_section(f"第{stored}", f"s{stored}", position=stored)
        field = page(chief.get(add("section"))).one(css_class="field-position")
        assert field.one("input", name="position").attributes["value"] == offered
        assert "Small numbers come first." in field.text


@pytest.mark.parametrize(("noun", "name", "most"), [("topic", "description", 300), ("contributor", "biography", 500)])
def test_long_text_has_room_and_stays_one_paragraph(chief, noun, name, most):
    area = page(chief.get(add(noun))).one("textarea", name=name)
    assert area.attributes["maxlength"] == str(most)
    chief.post(add(noun), {"name": "林晓禾", name: " 一行\r\n二行 "})
    assert getattr({"topic": Topic, "contributor": Contributor}[noun].objects.get(), name) == "一行 二行"


def test_section_with_stories_keeps_its_place(chief):
    """Stories are listed under the parent a section has when they are published."""
    parent, child = a_section("新闻", "all"), a_section("要闻", "news")
    a_publication(section=child)
    chief.post(change(child), {"name": "要闻", "position": "1", "parent": parent.pk})
    child.refresh_from_db()
    assert child.parent is None


def test_section_tree_has_two_levels(chief):
    top = a_section("新闻", "all")
    middle = a_section("要闻", "news", parent=top)
    response = chief.post(add("section"), {"name": "快讯", "slug": "flash", "position": "1", "parent": middle.pk})
    assert "cannot have sections of its own" in response.content.decode()


def test_section_is_not_its_own_parent(chief):
    section = a_section("新闻", "all")
    response = chief.post(change(section), {"name": "新闻", "position": "1", "parent": section.pk})
    assert response.status_code == 200
    section.refresh_from_db()
    assert section.parent is None


@pytest.mark.parametrize("position", ["-1", "x", "", "9" * 30, "99999999"])
def test_position_that_makes_no_sense_is_refused_at_its_field(chief, position):
    response = chief.post(add("section"), {"name": "新闻", "slug": "all", "position": position})
    if response.status_code == 302:
        # SQLite stores what PostgreSQL refuses; neither fails.
        assert Section.objects.get().position == int(position)
    else:
        assert page(response).one(css_class="field-position").all("ul", "errorlist")
