"""The list that an edition form would make: as readers would see it at a moment, and why not what stays hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.admin.lists.edition_form import EditionForm
from articles.admin.lists.edition_stories import NamedStory, named_stories
from articles.admin.lists.timeline_page import page_of
from articles.fill_rules import fill_rule
from articles.lists import Display, Hidden, ListContent, Origin
from articles.lists.content import LONGEST, MOST_ITEMS
from articles.models import StoryList
from articles.resolver import ShownList, resolve
from articles.resolver.lists_of_page import ListOfPage
from articles.resolver.why_words import WhyFacts, why_facts, why_in_words

# No edition has this id.
_NOT_STORED = 0


@dataclass(frozen=True)
class RowResult:
    """What becomes of a row: `words` in which `is_shown` or not; the story as it is called."""

    prefix: str
    headline: str
    words: SafeString | str
    is_shown: bool
    story: NamedStory | None = None


@dataclass(frozen=True)
class Preview:
    """The list as readers would see it at `at`; `rows` in the order of the form; `filled` counts what the rule adds."""

    shown: ShownList
    at: datetime
    rows: list[RowResult]
    filled: int

    @property
    def hidden(self) -> list[RowResult]:
        return [row for row in self.rows if not row.is_shown]

    @property
    def missing(self) -> int:
        """How many places stay empty."""
        return max(self.shown.row.content.length - len(self.shown.entries), 0)

    def as_readers_see_it(self, request: HttpRequest) -> SafeString:
        """The public part of the page, in the site's language."""
        context = {"shown_list": self.shown, "heading": 2, "request": request, "page_language": settings.LANGUAGE_CODE}
        with translation.override(settings.LANGUAGE_CODE):
            return render_to_string("articles/_list.html", context)


def preview(form: EditionForm, story_list: StoryList, at: datetime) -> Preview:
    """What `form`, which was read, would show at `at`. Rows with a mistake are left out, and told as such.

    A list for many pages is looked at on one that is about nothing narrower.
    """
    wrong = {row.key for row in form.rows.kept[:MOST_ITEMS] if row.errors}
    content = _presentable(form.content, wrong)
    page = page_of(story_list.place, story_list.scope, at)
    instead = ListOfPage(
        list_id=story_list.pk,
        name=story_list.name,
        place=story_list.place,
        slot=story_list.slot,
        section_id=story_list.section_id,
        topic_id=story_list.topic_id,
        story_id=story_list.story_id,
        edition_id=_NOT_STORED,
        is_special=False,
        starts_at=at,
        ends_at=None,
        content=content,
    )
    lists = resolve(page.places, page.scope, at, page.shown, instead=instead)
    shown = next(each for each in lists if each.row.list_id == story_list.pk)
    stories = named_stories(form.rows.story_ids, at)
    rows = list(_results(form, shown, stories, why_facts([each.chosen for each in lists], at)))
    return Preview(shown, at, rows, sum(entry.origin == Origin.FILLED for entry in shown.entries))


def _results(
    form: EditionForm, shown: ShownList, stories: dict[int, NamedStory], facts: WhyFacts
) -> Iterable[RowResult]:
    positions = {entry.item_key: number for number, entry in enumerate(shown.entries, start=1) if entry.item_key}
    hidden: dict[str, Hidden] = {each.item.key: each for each in shown.chosen.hidden}
    for row in form.rows.kept[:MOST_ITEMS]:
        row.named = story = stories.get(row.story_id) if row.story_id is not None else None
        if row.key in positions:
            words: Any = _("position %(number)d") % {"number": positions[row.key]}
        elif row.key in hidden:
            words = why_in_words(hidden[row.key], facts)
        elif row.errors:
            words = next(iter(row.errors.values()))[0]
        else:
            words = _("no room")
        yield RowResult(row.prefix, row.name, words, row.key in positions, story)


def _presentable(content: ListContent, wrong: set[str]) -> ListContent:
    """`content` as far as it can be shown."""
    display = content.display if content.display in list(Display) else Display.HEADLINES.value
    items = [item for item in content.items[:MOST_ITEMS] if item.key not in wrong]
    length = min(max(content.length, 1), LONGEST)
    rule = fill_rule(content.fill_rule).name
    return replace(content, display=display, length=length, fill_rule=rule, items=tuple(items))
