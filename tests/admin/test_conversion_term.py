"""Conversion terms at the desk: the list, the form, what it refuses."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import Activity, ConversionTerm
from tests.page import page
from tests.story_form import desk

ADD, LIST = (reverse(f"admin:articles_conversionterm_{name}") for name in ("add", "changelist"))


@pytest.fixture
def chief(cast):
    return desk(cast.chief_editor)


def change(term: ConversionTerm) -> str:
    return reverse("admin:articles_conversionterm_change", args=[term.pk])


def test_term_is_made_changed_and_deleted_by_forms(chief):
    """Each through the action, so that the trail has it."""
    assert chief.post(ADD, {"simplified": "软件", "traditional": "軟體"}).status_code == 302
    term = ConversionTerm.objects.get()
    based_on = page(chief.get(change(term))).one("input", name="based_on").attributes["value"]
    typed = {"simplified": "软件", "traditional": "軟件", "based_on": based_on}
    assert chief.post(change(term), typed).status_code == 302
    assert (
        chief.post(reverse("admin:articles_conversionterm_delete", args=[term.pk]), {"post": "yes"}).status_code == 302
    )
    assert not ConversionTerm.objects.exists()
    verbs = Activity.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["saved_term", "saved_term", "deleted_term"]


def test_list_says_what_the_dictionaries_make_of_each_word(chief, django_assert_num_queries):
    """So that a term that has become needless is seen; found by either form."""
    for number in range(20):
        ConversionTerm.objects.create(simplified=f"软件{number}", traditional=f"軟體{number}")
    with django_assert_num_queries(8):
        shown = page(chief.get(LIST))
    assert "軟件7" in shown.one("table", id="result_list").text
    for asked, count in (("软件7", 1), ("軟體7", 1), ("\0", 20), ("%", 0)):
        rows = page(chief.get(LIST, {"q": asked})).all("th", css_class="field-simplified")
        assert len(rows) == count, asked


@pytest.mark.parametrize(
    ("simplified", "traditional", "field"),
    [
        ("", "軟體", "simplified"),
        ("软件", " ", "traditional"),
        ("长" * 61, "長", "simplified"),
        ("有了", "x", "simplified"),
    ],
)
def test_what_cannot_be_stored_is_told_at_its_field(chief, simplified, traditional, field):
    """With what was typed still there."""
    ConversionTerm.objects.create(simplified="有了", traditional="有了")
    response = chief.post(ADD, {"simplified": simplified, "traditional": traditional})
    shown = page(response)
    assert response.status_code == 200
    assert shown.one("div", css_class=f"field-{field}").all("ul", css_class="errorlist")
    assert shown.one("input", name="simplified").attributes.get("value", "") == simplified
    assert ConversionTerm.objects.count() == 1


@pytest.mark.parametrize("typed", ["\0", "软\0", "长" * 10_000])
def test_what_no_database_stores_is_no_error(chief, typed):
    assert chief.post(ADD, {"simplified": typed, "traditional": "x"}).status_code in {200, 302}


@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_others_read_the_terms_and_change_nothing(cast, who):
    term = ConversionTerm.objects.create(simplified="软件", traditional="軟體")
    client = desk(getattr(cast, who))
    assert client.get(LIST).status_code == 200
    assert client.get(ADD).status_code == 403
    assert client.post(change(term), {"simplified": "软件", "traditional": "x"}).status_code == 403
    assert ConversionTerm.objects.get().traditional == "軟體"
