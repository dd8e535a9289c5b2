"""The search page for what nobody should send: answered in words, with what was typed."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from tests.builders import a_publication
from tests.page import form_values, inline_code, page


def read(query: str = "", **values: str):
    return Client().get("/search/", {"q": query, **values})


def headlines(response) -> list[str]:
    return [found.text for found in page(response).one("main").all(css_class="headline")]


def the_form(document):
    return document.one("form", css_class="search-fields")


HOSTILE = [
    *("%00", "%ED%A0%80", "%FF%FE", "%", "%25", "_", "%5C", "%E4%B8"),
    *(
        quote(text)
        for text in ('" OR *', "松岭*", "NEAR(松岭 专车)", "tokens:松岭", "'; DROP TABLE x", "%s%(x)s", "{{ 7 }}")
    ),
    *(quote(text * 10_000) for text in ("松", "a ", '"', "\u202e", "🎉")),
    quote("</title><script>alert(1)</script>"),
    "a&q=b&q=" + "c" * 9000,
]


@pytest.mark.django_db
@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:24])
@pytest.mark.parametrize("name", ["q", "section", "from", "to"])
def test_anything_in_any_field_is_answered(name, query):
    """With the page, never an error of the server; nothing of it becomes markup."""
    a_publication("松岭专车")
    other = "" if name == "q" else "q=松岭&"
    response = Client(raise_request_exception=False).get(f"/search/?{other}{name}={query}")
    assert response.status_code == 200
    document = page(response)
    assert inline_code(document) == []
    assert len(form_values(the_form(document))["q"][0]) <= 200


@pytest.mark.django_db
def test_query_is_cut_to_what_counts():
    """Of a longer one the beginning is looked for, and shown."""
    a_publication("松岭专车")
    response = read("松岭" + " " * 300 + "没有")
    assert form_values(the_form(page(response)))["q"] == ["松岭"]
    assert headlines(response) == ["松岭专车"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"from": "2026-02-30"}, "from"),
        ({"to": "昨天"}, "to"),
        ({"to": "9" * 30}, "to"),
        ({"from": "0000-00-00"}, "from"),
        ({"from": "9999-12-31"}, "from"),
        ({"to": "0001-01-01"}, "to"),
        ({"from": "２０２６-03-02"}, "from"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "to"),
        ({"section": "none"}, "section"),
        ({"section": "x" * 10_000}, "section"),
        ({"section": "\x00%00"}, "section"),
    ],
)
def test_choice_that_means_nothing_is_named_at_its_field(values, refused):
    """What was typed stays, nothing is looked for, and the field is open to be mended."""
    a_publication("专车")
    response = read("专车", **values)
    assert response.status_code == 200
    form = the_form(page(response))
    field = form.one(id=f"search-{refused}")
    assert field.attributes["aria-invalid"] == "true"
    assert form.one(id=field.attributes["aria-describedby"]).text
    assert "open" in form.one("details").attributes
    assert form_values(form)["q"] == ["专车"]
    assert headlines(response) == []


@pytest.mark.django_db
@pytest.mark.parametrize("before", ["x", "-", "1-", "9" * 40, "１-１", "1-1-1", "\x00"])
def test_place_that_is_none_is_not_found(before):
    a_publication("专车")
    assert read("专车", before=before).status_code == 404
