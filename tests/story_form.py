"""The story form as a journalist's browser holds it: opened, filled in, posted, and looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.urls import reverse

from tests.page import Element, form_values, page

ENGLISH = {"accept-language": "en"}
FORM_TYPE = "application/x-www-form-urlencoded"


def desk(user: Any) -> Client:
    """A browser in which `user` is logged in; faults come back as pages, as they do for people."""
    client = Client(raise_request_exception=False, headers=ENGLISH)
    client.force_login(user)
    return client


def urlencoded(values: dict[str, Any]) -> str:
    """A form body. Bytes go in as they are, so that a test can send what is no text."""
    pairs = [(name, value) for name, held in values.items() for value in (held if isinstance(held, list) else [held])]
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)


@dataclass
class StoryForm:
    client: Client
    url: str
    response: Any
    values: dict[str, list[Any]]

    @classmethod
    def of(cls, client: Client, url: str, response: Any) -> StoryForm:
        assert response.status_code == 200, response.status_code
        opened = cls(client, url, response, {})
        form = opened.document.one("form", id="story_form")
        opened.values = {name: held for name, held in form_values(form).items() if "__prefix__" not in name}
        return opened

    @classmethod
    def new(cls, client: Client) -> StoryForm:
        url = reverse("admin:articles_story_add")
        return cls.of(client, url, client.get(url))

    @classmethod
    def edit(cls, client: Client, story: Any) -> StoryForm:
        url = reverse("admin:articles_story_change", args=[story.pk])
        return cls.of(client, url, client.get(url))

    def fill(self, **values: Any) -> StoryForm:
        for name, value in values.items():
            self.values[name] = (
                value if isinstance(value, list) else [value if isinstance(value, bytes) else str(value)]
            )
        return self

    def rows(self, group: str) -> int:
        return int(self.values[f"{group}-TOTAL_FORMS"][0])

    def row(self, group: str, number: int, **values: Any) -> StoryForm:
        """Change row `number` (from 0) of subsections, bylines or related_links."""
        return self.fill(**{f"{group}-{number}-{name}": value for name, value in values.items()})

    def add(self, group: str, **values: Any) -> StoryForm:
        number = self.rows(group)
        self.fill(**{f"{group}-TOTAL_FORMS": number + 1})
        return self.row(group, number, **{"place": number + 1, **values})

    def delete(self, group: str, number: int) -> StoryForm:
        return self.row(group, number, DELETE="on")

    def press(self, button: str = "_continue", value: str = "1") -> Any:
        """Post the form by one of its buttons; the response as it comes."""
        body = urlencoded({**self.values, button: value})
        return self.client.post(self.url, body, content_type=FORM_TYPE)

    def saved(self, button: str = "_continue", value: str = "1") -> StoryForm:
        """Post the form, which must be taken, and return the form it leads to."""
        response = self.press(button, value)
        assert response.status_code == 302, self.of(self.client, self.url, response).errors
        return self.of(self.client, response.url, self.client.get(response.url))

    def refused(self, button: str = "_continue", value: str = "1") -> StoryForm:
        """Post the form, which must come back."""
        return self.of(self.client, self.url, self.press(button, value))

    @cached_property
    def document(self) -> Element:
        return page(self.response)

    @property
    def errors(self) -> dict[str, str]:
        """Messages by the field they stand at; "" for those that concern no single field."""
        found: dict[str, str] = {}
        for element in self.document.all("ul", "errorlist"):
            name = element.attributes.get("id", "").removeprefix("id_").removesuffix("_error")
            found[name] = f"{found.get(name, '')} {element.text}".strip()
        return found

    @property
    def messages(self) -> str:
        """All that the page says about what happened: success messages and errors."""
        told = [element.text for element in self.document.all("ul", "messagelist")]
        return " ".join([*told, *self.errors.values()])

    @property
    def status(self) -> str:
        return self.document.one(css_class="status-words").text

    @property
    def buttons(self) -> set[str]:
        form = self.document.one("form", id="story_form")
        return {element.attributes["name"] for element in form.all("button") if "name" in element.attributes}
