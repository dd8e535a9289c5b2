"""Things with a page of their own: their addresses stay."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Contributor, Section, Source, Topic
from tests.builders import a_publication, a_section
from tests.page import page
from tests.story_form import desk


@pytest.fixture
def chief(cast):
    return desk(cast.chief_editor)


def add(noun: str) -> str:
    return reverse(f"admin:articles_{noun}_add")


def change(row) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize(
    ("noun", "model", "values"),
    [
        ("section", Section, {"position": "1"}),
        ("topic", Topic, {}),
        ("contributor", Contributor, {}),
        ("source", Source, {"kind": "own", "aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}),
    ],
)
def test_address_is_chosen_once(chief, noun, model, values):
    """It is typed when the thing is made, and a later post of another one changes the name only."""
    assert chief.post(add(noun), {"name": "原名", "slug": "first", **values}).status_code == 302
    row = model.objects.get()
    assert not page(chief.get(change(row))).all("input", name="slug")
    assert chief.post(change(row), {"name": "新名", "slug": "second", **values}).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.slug) == ("新名", "first")


@pytest.mark.parametrize(
    ("noun", "model", "values"),
    [
        ("section", Section, {"position": "1"}),
        ("topic", Topic, {}),
        ("contributor", Contributor, {}),
        ("source", Source, {"kind": "own", "aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}),
    ],
)
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
