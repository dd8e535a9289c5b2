"""The page of conflicts as an editor's browser holds it."""

from __future__ import annotations

from typing import Any

from articles.actions import save_story
from articles.models import Story, StoryRows
from tests.builders import OPERATOR
from tests.page import Element, form_values, page
from tests.story_form import StoryForm

# The field of the choice between two headlines.
CHOSEN = "_choice:headline"


def colleague_saves(story: Story, by: Any = OPERATOR, **values: Any) -> None:
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    for name, value in values.items():
        setattr(rows if name in {"subsections"} else rows.story, name, value)
    save_story(rows=rows, by=by)


def asked(form: StoryForm, button: str = "_continue") -> StoryForm:
    """Press the button, which must lead to the page of conflicts; that page as a form."""
    return conflict_page(form, form.press(button))


def conflict_page(form: StoryForm, response: Any) -> StoryForm:
    assert response.status_code == 200
    return StoryForm(form.client, form.url, response, form_values(merge_form(response)))


def merge_form(response: Any) -> Element:
    return page(response).one("form", id="merge_form")


def places(form: StoryForm) -> list[str]:
    return [element.text for element in merge_form(form.response).all("legend")]


def stored(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)
