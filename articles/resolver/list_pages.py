"""The pages that story lists are checked on: each list has one, and stands there with the others of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.fill_rules import About, fill_rule
from articles.models import Section, Story, StoryList
from articles.resolver.lists_of_page import STORY_PLACES, ListOfPage, Place, Scope, fitting

# A number that no section and no topic has: a rule that looks there looks at what the page is about.
_OF_THE_PAGE = -1


@dataclass(frozen=True)
class Page:
    """A page of the site, with the lists that are looked through on it.

    `is_whole`: its scope is all of a real page. Otherwise it stands for many, of which only the scope is known. `path`:
    where readers find it, "" for a story. `shown`: stories that stand on it already, as its related links.
    """

    name: str
    places: tuple[str, ...]
    scope: Scope
    own: tuple[StoryList, ...]
    is_whole: bool = True
    path: str = ""
    shown: frozenset[int] = frozenset()

    def can_judge(self, row: ListOfPage) -> bool:
        """Whether what fills the list is the same on every page that this one stands for."""
        if self.is_whole:
            return True
        section = row.content.fill_section_id or self.scope.section_id or _OF_THE_PAGE
        # The moment does not matter for where a rule looks.
        about = About(row.starts_at, section, self.scope.topic_ids or (_OF_THE_PAGE,))
        return all(pool.id != _OF_THE_PAGE for pool in fill_rule(row.content.fill_rule).pools(about))

    def fits(self, row: Any) -> bool:
        """Whether a list (or edition with its list) belongs to the page: `fitting`, of rows that are read already."""
        if row.place not in self.places:
            return False
        if row.section_id is not None:
            return row.section_id in (self.scope.section_id, self.scope.parent_section_id)
        if row.topic_id is not None:
            return row.topic_id in self.scope.topic_ids
        return row.story_id in (None, self.scope.story_id)


def pages_of(places: Collection[str] | None = None, list_ids: Collection[int] | None = None) -> list[Page]:
    """The pages on which the lists of `places` (None: all), or those of `list_ids`, are to be checked.

    The front page, the section fronts, and one page for each scope of the lists beside and below stories, in this
    order. At most five queries.
    """
    lists = StoryList.objects.order_by("name")
    if places is not None:
        lists = lists.filter(place__in=list(places))
    if list_ids is not None:
        lists = lists.filter(pk__in=list(list_ids))
    rows = list(lists.select_related("topic", "story"))
    if not rows:
        return []
    sections = list(Section.objects.all()) if any(row.place != Place.FRONT for row in rows) else []
    front = tuple(row for row in rows if row.place == Place.FRONT)
    pages = [Page(_("Front page"), (Place.FRONT,), Scope(), front, path=reverse("articles:front"))] if front else []
    pages += _section_fronts([row for row in rows if row.place == Place.SECTION], sections)
    return pages + _story_pages([row for row in rows if row.place in STORY_PLACES], sections)


def lists_on(pages: Sequence[Page]) -> QuerySet[StoryList]:
    """All lists that stand on any of `pages`."""
    if len(pages) == 1:
        return fitting(pages[0].places, pages[0].scope)
    fits = Q(section=None, topic=None, story=None)
    scopes = [page.scope for page in pages]
    sections = {pk for scope in scopes for pk in (scope.section_id, scope.parent_section_id) if pk is not None}
    fits |= Q(section__in=sections)
    fits |= Q(topic__in={pk for scope in scopes for pk in scope.topic_ids})
    fits |= Q(story__in={scope.story_id for scope in scopes if scope.story_id is not None})
    return StoryList.objects.filter(fits, place__in={place for page in pages for place in page.places})


def _section_fronts(lists: Sequence[StoryList], sections: Iterable[Section]) -> list[Page]:
    """A list of one section is looked through on its front; one of all sections on the first that there is."""
    own: dict[int | None, list[StoryList]] = defaultdict(list)
    for row in lists:
        own[row.section_id].append(row)
    pages = []
    for section in sections:
        here = own.pop(section.pk, [])
        general = own.pop(None, []) if None in own else []
        # Without lists of its own, a front shows those of the section above and of all sections.
        if here or general or _is_shown_on(lists, section):
            path = reverse("articles:section", args=[section.slug])
            pages.append(Page(section.name, (Place.SECTION,), _of_section(section), (*here, *general), path=path))
    return pages


def _is_shown_on(lists: Iterable[StoryList], section: Section) -> bool:
    return any(row.section_id in (None, section.pk, section.parent_id) for row in lists)


def _of_section(section: Section) -> Scope:
    return Scope(section_id=section.pk, parent_section_id=section.parent_id)


def _story_pages(lists: Sequence[StoryList], sections: Iterable[Section]) -> list[Page]:
    """One page for each scope."""
    by_id = {section.pk: section for section in sections}
    own: dict[tuple, list[StoryList]] = defaultdict(list)
    for row in lists:
        own[row.section_id, row.topic_id, row.story_id].append(row)
    scopes = _of_stories({row.story_id for row in lists if row.story_id is not None}, by_id)
    pages = []
    for (section_id, topic_id, story_id), rows in own.items():
        first, scope, name, shown = rows[0], Scope(), _("Every story"), frozenset()
        if story_id is not None:
            scope, shown = scopes[story_id]
            name = str(first.story)
        elif topic_id is not None:
            scope, name = Scope(topic_ids=(topic_id,)), str(first.topic)
        elif section_id is not None:
            scope, name = _of_section(by_id[section_id]), by_id[section_id].name
        pages.append(Page(name, STORY_PLACES, scope, tuple(rows), is_whole=story_id is not None, shown=shown))
    return pages


def _of_stories(ids: Collection[int], sections: dict[int, Section]) -> dict[int, tuple[Scope, frozenset[int]]]:
    """What the pages of stories are about, and their related stories, as they are on the desk. Three queries."""
    if not ids:
        return {}
    stories = Story.objects.filter(pk__in=ids).prefetch_related("topics", "related_links")
    return {
        story.pk: (
            Scope(
                section_id=story.section_id,
                parent_section_id=sections[story.section_id].parent_id if story.section_id in sections else None,
                topic_ids=tuple(topic.pk for topic in story.topics.all()),
                story_id=story.pk,
            ),
            frozenset(link.related_story_id for link in story.related_links.all() if link.related_story_id),
        )
        for story in stories
    }
