"""Which page of the site the timeline and the reasons are about: its place, its scope, and what else it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.autocomplete import is_id
from articles.lists import ListContent
from articles.models import Publication, Section, Story, StoryList, Topic
from articles.resolver import STORY_PLACES, Place, Scope
from articles.views.story import related_teasers

# As the timeline calls them; a list beside and one below a story stand on the same page.
PLACES = (Place.FRONT, Place.SECTION, Place.BELOW)
STORIES = Place.BELOW


@dataclass(frozen=True)
class Page:
    """`place` is one of PLACES. `thing`: whose page it is, or what its stories belong to; None for any of the place.

    `shown`: stories that it shows beside its lists. `path`: its public address, "" where it is no one page.
    """

    place: str
    scope: Scope
    thing: Section | Topic | Story | None = None
    shown: tuple[int, ...] = ()
    path: str = ""

    @property
    def places(self) -> Sequence[str]:
        return STORY_PLACES if self.place == STORIES else (self.place,)

    @property
    def name(self) -> str:
        if self.place == Place.FRONT:
            return _("Front page")
        if self.place == Place.SECTION:
            return _("Section front: %s") % (self.thing or _("any section"))
        if isinstance(self.thing, Story):
            return _("Story: %s") % self.thing
        return _("Stories: %s") % (self.thing or _("of any section"))

    @property
    def key(self) -> str:
        """Its scope as an address has it: "section-3"; "" for none."""
        return f"{self.thing._meta.model_name}-{self.thing.pk}" if self.thing is not None else ""

    def can_judge(self, content: ListContent) -> bool:
        """Whether what fills a list is known here: some pages stand for many, of which each fills it otherwise."""
        is_one = self.place == Place.FRONT or isinstance(self.thing, Story)
        is_one = is_one or (self.place == Place.SECTION and self.thing is not None)
        return is_one or content.fill_rule == "nothing" or content.fill_section_id is not None

    def fits(self, story_list: StoryList) -> bool:
        """Whether a list could be shown on it: `fitting` of the resolver, for lists in memory."""
        if story_list.place not in self.places:
            return False
        if story_list.section_id is not None:
            return story_list.section_id in (self.scope.section_id, self.scope.parent_section_id)
        if story_list.topic_id is not None:
            return story_list.topic_id in self.scope.topic_ids
        return story_list.story_id in (None, self.scope.story_id)


def page_of(place: str, thing: Section | Topic | Story | None, at: datetime) -> Page:
    """The page in `place` of `thing`. No query but for a story, whose version at `at` says what it is about: three."""
    if place == Place.FRONT:
        return Page(Place.FRONT, Scope(), path=reverse("articles:front"))
    if isinstance(thing, Section):
        is_front = place == Place.SECTION
        path = thing.get_absolute_url() if is_front else ""
        return Page(Place.SECTION if is_front else STORIES, Scope(thing.pk, thing.parent_id), thing, path=path)
    if place == Place.SECTION:
        return Page(Place.SECTION, Scope())
    if isinstance(thing, Topic):
        return Page(STORIES, Scope(topic_ids=(thing.pk,)), thing)
    return _story_page(thing, at) if isinstance(thing, Story) else Page(STORIES, Scope())


def _story_page(story: Story, at: datetime) -> Page:
    """Of the version that readers have at `at`, or had last, or else will have first; or of the working copy."""
    rows = Publication.objects.filter(story=story).with_content()
    version = rows.filter(live_from__lte=at).order_by("-live_from").first() or rows.order_by("live_from").first()
    if version is None:
        section, topics = story.section, tuple(story.topics.values_list("pk", flat=True))
        scope = Scope(section and section.pk, section and section.parent_id, topics, story.pk)
        return Page(STORIES, scope, story)
    content = version.content
    section = content.section and Section.objects.filter(pk=content.section.id).first()
    topics = tuple(dict.fromkeys(topic.id for topic in content.topics))
    scope = Scope(section and section.pk, section and section.parent_id, topics, story.pk)
    related = related_teasers(content, at) if content.related_links else []
    shown = tuple(link.story_id for link in related if link.story_id is not None)
    return Page(STORIES, scope, story, shown, version.get_absolute_url())


def thing_of(key: str, place: str) -> Section | Topic | Story | None:
    """The section, topic or story that an address names, such as "section-3"; None where there is none. One query."""
    models: dict[str, Any] = {"section": Section, "topic": Topic, "story": Story}
    if place == Place.SECTION:
        models = {"section": Section}
    kind, _dash, number = key.partition("-")
    if kind not in models or not is_id(number):
        return None
    rows = models[kind].objects.all()
    return (rows.select_related("section") if kind == "story" else rows).filter(pk=number).first()


@dataclass(frozen=True)
class Choice:
    key: str
    name: str
    is_chosen: bool


def choices(page: Page, sections: Iterable[Section], lists: Iterable[StoryList]) -> list[tuple[str, list[Choice]]]:
    """What the page could be of instead, in groups: all sections, and the topics and stories that have lists."""
    if page.place == Place.FRONT:
        return []
    things: dict[str, dict[str, str]] = {"section": {}, "topic": {}, "story": {}}
    for row in sections:
        name = f"{row.parent.name} / {row.name}" if row.parent_id else row.name
        things["section"][f"section-{row.pk}"] = name
    if page.place == STORIES:
        rows = [row.scope for row in lists if row.place in page.places and (row.topic_id or row.story_id)]
        for row in [*rows, *([page.thing] if page.thing is not None else [])]:
            things[row._meta.model_name].setdefault(f"{row._meta.model_name}-{row.pk}", str(row))
    labels = {"section": _("Sections"), "topic": _("Topics"), "story": _("Stories")}
    return [
        (labels[kind], [Choice(key, name, key == page.key) for key, name in found.items()])
        for kind, found in things.items()
        if found
    ]
