"""Addresses of the desk with anything in them: a page, a way back or a refusal, and nothing is stored."""

from __future__ import annotations

import pytest
from django.contrib.admin.sites import site as admin_site
from django.urls import reverse

from articles.models import Contributor, CopyrightNotice, Section, Source, Story, Topic
from tests.bad_input.values import FORMS, HUGE, SURROGATE, model_of
from tests.builders import a_publication, a_story
from tests.story_form import FORM_TYPE, urlencoded

# One noun of each kind of admin.
LISTS = ["story", "source", "copyrightnotice", "activity", "sitepage"]


@pytest.mark.parametrize("noun", LISTS)
def test_list_takes_any_query(editor, noun):
    """A search, page or filter that makes no sense leads to the list, or is refused; it is never a fault."""
    address = reverse(f"admin:articles_{noun}_changelist")
    queries = [
        "q=%00", "q=%ED%A0%80", f"q={'字' * 500}", "q=%22%27)(*-%2B", "q=NEAR(a", "q=%F0%9F%98%80", "q=%EF%BC%9F",
        f"p={HUGE}", f"p={'9' * 5000}", "p=-1", "p=0", "p=x", "p=%00", "p=%C2%B2",
        f"id__exact={HUGE}", f"pk__in={HUGE}", "id__exact=%00", "id__gt=x", "id__isnull=x", "x=1", "x__y__z=1", "_x=1",
        "o=1", f"o={HUGE}", "o=-", "o=%00", "all=", "e=1", "_popup=1", "_to_field=id", "_to_field=password",
        "_facets=1", "%00=1", "%ED%A0%80=1",
    ]  # fmt: skip
    for query in queries:
        response = editor.get(f"{address}?{query}")
        assert response.status_code in {200, 302, 400}, query
        assert response.status_code != 302 or response["Location"].endswith("?e=1"), query


@pytest.mark.parametrize(
    ("noun", "queries"),
    [
        ("story", ["updated_at__gte=9999-12-31T23:59:59-12:00", "headline__contains=%00", "created_by__password=x"]),
        ("source", ["kind__exact=%00", "kind__exact=x", "kind__in=%00"]),
        ("copyrightnotice", ["source__id__exact=%00", f"source__id__exact={HUGE}", "source__id__exact=x"]),
        ("copyrightnotice", ["effective_from__gte=9999-12-31T23:59:59-12:00", "text__contains=%00"]),
        ("activity", ["verb__exact=%00", "verb__exact=x", "at__lt=0001-01-01"]),
        ("section", ["name__contains=%00", "parent__name=%00"]),
    ],
)
def test_filter_takes_any_value(editor, noun, queries):
    a_publication()
    for query in queries:
        address = f"{reverse(f'admin:articles_{noun}_changelist')}?{query}"
        assert editor.get(address).status_code in {200, 302, 400}, query


@pytest.mark.parametrize("noun", LISTS)
@pytest.mark.parametrize("wanted", [HUGE, "0", "-1", "x", "%00", "%ED%A0%80", "1.5", "²", "1/2", "_5F", "a" * 5000])
def test_page_of_a_row_that_is_none(editor, noun, wanted):
    """Leads back or is refused, on every page a row has, by get and by post."""
    address = reverse(f"admin:articles_{noun}_changelist")
    for part in ("change", "delete", "history", "preview"):
        for method in (editor.get, editor.post):
            assert method(f"{address}{wanted}/{part}/").status_code in {200, 302, 403, 404}, part


@pytest.mark.parametrize("noun", FORMS)
def test_new_form_takes_any_query(editor, noun):
    """What an address wants to fill in is shown in the form, or left out."""
    names = [field.name for field in admin_site._registry[model_of(noun)].model._meta.get_fields()]
    for value in ("x", "%00", HUGE, "%ED%A0%80", "-1", "1,x,2", "0001-01-01"):
        query = "&".join(f"{name}={value}" for name in names)
        assert editor.get(f"{reverse(f'admin:articles_{noun}_add')}?{query}").status_code == 200, value


AUTOCOMPLETE = [
    ("story", "section"),
    ("relatedlink", "related_story"),
    ("byline", "contributor"),
    ("section", "parent"),
]


@pytest.mark.parametrize("term", ["%00", "a%00b", "%ED%A0%80", "字" * 500, "%22)(*", "%F0%9F%98%80", "%EF%BC%9F", ""])
def test_autocomplete_takes_any_term(editor, term):
    a_story()
    for model, field in AUTOCOMPLETE:
        address = f"{reverse('admin:autocomplete')}?app_label=articles&model_name={model}&field_name={field}"
        assert editor.get(f"{address}&term={term}").status_code == 200
        assert editor.get(f"{address}&term={term}&page={HUGE}").status_code == 404
        assert editor.get(f"{address}&term={term}&page=x").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "",
        "app_label=articles",
        "app_label=%00&model_name=%00&field_name=%00",
        "app_label=auth&model_name=user&field_name=x",
        "app_label=articles&model_name=story&field_name=headline",
        "app_label=articles&model_name=story&field_name=created_by",
    ],
)
def test_autocomplete_of_what_is_no_choice_is_refused(editor, query):
    assert editor.get(f"{reverse('admin:autocomplete')}?{query}").status_code in {403, 404}


@pytest.mark.parametrize("language", ["%00", "xx", "zh-hans' or 1", "", "a" * 5000])
def test_language_that_is_none_is_ignored(editor, language):
    for address in ("//evil.example/", "/admin/", "%00"):
        body = f"language={language}&next={address}"
        response = editor.post(reverse("set_language"), body, content_type=FORM_TYPE)
        assert response.status_code in {204, 302}
        assert "evil" not in response.get("Location", "")


def test_login_takes_anything(reader):
    """Wrong names and passwords of any kind are wrong names and passwords."""
    for name in ("\x00", "x" * 5000, "字\U0001f600", SURROGATE):
        body = urlencoded({"username": name, "password": name})
        response = reader.post("/admin/login/?next=//evil.example/%00", body, content_type=FORM_TYPE)
        assert response.status_code == 200


def test_nothing_was_stored_by_looking(editor):
    """Every get of this file was only a get: nothing is changed by reading with odd addresses."""
    for noun in FORMS:
        editor.get(f"{reverse(f'admin:articles_{noun}_add')}?name=x&headline=x&slug=x")
    for model in (Story, Section, Topic, Contributor, Source, CopyrightNotice):
        assert not model.objects.exists()
