"""Sources and their other names at the desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import Source, SourceAlias
from tests.page import page
from tests.story_form import desk

ADD = reverse("admin:articles_source_add")


@pytest.fixture
def chief(cast):
    return desk(cast.chief_editor)


def typed(name: str, *aliases: str, **values: str) -> dict[str, str]:
    made = {"name": name, "slug": "songling", "kind": "own", "aliases-INITIAL_FORMS": "0"}
    made["aliases-TOTAL_FORMS"] = str(len(aliases))
    for number, alias in enumerate(aliases):
        made[f"aliases-{number}-name"] = alias
    return {**made, **values}


def test_source_is_found_by_every_name(chief):
    assert chief.post(ADD, typed("新华社", "新华网", "Xinhua")).status_code == 302
    found = Source.objects.get()
    assert [Source.objects.named(name).get() for name in ("新华社", "新華網", "XINHUA ")] == [found] * 3
    listed = page(chief.get(reverse("admin:articles_source_changelist"), {"q": "新华网"}))
    assert len(listed.all(css_class="field-name")) == 1


@pytest.mark.parametrize(
    "aliases",
    [("新华网", "新 华 网"), ("新华网", "新華網"), ("Xinhua", "XINHUA"), ("新华网", "新华网")],
    ids=["spaced", "scripted", "cased", "same"],
)
def test_one_name_written_twice_is_refused_in_words(chief, aliases):
    """However it is spaced, cased or scripted; nothing is stored and both are still in the form."""
    response = chief.post(ADD, typed("新华社", *aliases))
    assert response.status_code == 200
    assert page(response).all("ul", "errorlist")
    assert [page(response).one("input", name=f"aliases-{n}-name").attributes["value"] for n in (0, 1)] == list(aliases)
    assert not Source.objects.exists()


def test_name_its_source_already_has_is_refused_in_words(chief):
    chief.post(ADD, typed("新华社", "新华网"))
    source, alias = Source.objects.get(), SourceAlias.objects.get()
    values = typed("新华社", "新华网", "新 华网", **{"aliases-INITIAL_FORMS": "1"})
    values |= {"aliases-0-id": alias.pk, "aliases-0-source": source.pk}
    response = chief.post(reverse("admin:articles_source_change", args=[source.pk]), values)
    assert response.status_code == 200
    assert page(response).all("ul", "errorlist")
    assert SourceAlias.objects.get() == alias


def test_name_of_another_source_is_refused_in_words(chief):
    chief.post(ADD, typed("新华社", "新华网"))
    for values in (typed("新華網", slug="b"), typed("别社", "新华社", slug="b")):
        response = chief.post(ADD, values)
        assert response.status_code == 200
        assert "already known by this name" in response.content.decode()
    assert Source.objects.count() == 1


@pytest.mark.parametrize("name", ["㍿" * 80, "ﷺ" * 80, "！！", "\u200b\u200b", "　"], ids=ascii)
def test_name_that_grows_or_vanishes_when_compared_is_no_fault(chief, name):
    """Such a name is taken or refused in words, on either database, as source and as other name."""
    for values in (typed(name), typed("新华社", name)):
        assert chief.post(ADD, values).status_code in {200, 302}


@pytest.mark.parametrize("name", ["㍿" * 100, "ﷺ" * 100, "！！", "\u200b\u200b", "　"], ids=ascii)
def test_name_in_english_that_grows_or_vanishes_when_compared_is_no_fault(chief, name):
    assert chief.post(ADD, typed("新华社", name_english=name)).status_code in {200, 302}


def test_name_in_english_of_another_source_is_refused_at_its_field(chief):
    chief.post(ADD, typed("新华社", "Xinhua"))
    response = chief.post(ADD, typed("中新社", slug="b", name_english="XINHUA"))
    field = page(response).one(css_class="field-name_english")
    assert "already known by this name" in field.text
    assert Source.objects.count() == 1


def test_period_that_ends_before_it_begins_is_refused_in_words(chief):
    response = chief.post(ADD, typed("新华社", allowed_from="2026-03-02", allowed_until="2026-03-01"))
    assert "must not be before the first" in response.content.decode()
