"""The edition form as a browser posts it, for tests of its page."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import ListEdition, StoryList


def signed_in(client: Client, user: Any) -> Client:
    """The client as `user` uses it, in English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(user)
    return client


def new_address(story_list: StoryList) -> str:
    return reverse("admin:articles_storylist_edition_new", args=[story_list.pk])


def address(edition: ListEdition) -> str:
    return reverse("admin:articles_storylist_edition", args=[edition.story_list_id, edition.pk])


def preview_address(story_list: StoryList) -> str:
    return reverse("admin:articles_storylist_edition_preview", args=[story_list.pk])


def posted(*rows: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The fields of a form with these rows ({"story": 1, "headline": "…"}); `values` are those of the list.

    It was opened when readers had the first version of the list.
    """
    data = {
        "title": "今日头条",
        "order": "100",
        "length": "10",
        "display": "headlines",
        "fill_rule": "nothing",
        "when": "now",
        "based_on": "1",
        **values,
    }
    for number, row in enumerate(rows, start=1):
        for name, value in {"order": number, **row}.items():
            data[f"item-{number}-{name}"] = value
    return {name: str(value) for name, value in data.items()}


def typed_into(form: Any) -> dict[str, Any]:
    """The fields that a page holds, as the browser would send them again without a change."""
    data = {name: value for name, value in form.typed.items() if value}
    data |= {name: str(getattr(form, name)) for name in ("start", "end") if getattr(form, name)}
    for row in form.rows.rows:
        data |= {f"{row.prefix}-{name}": value for name, value in row.as_posted}
    return data
