"""The story lists of public pages: what each page is about, and which of its lists have something to show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.http import HttpRequest

from articles.content import StoryContent
from articles.resolver import Scope, ShownList, resolve
from articles.views.furniture import all_sections
from articles.views.script import staying


def lists_of_page(
    places: Sequence[str], scope: Scope, request: HttpRequest, shown: Collection[int] = ()
) -> list[ShownList]:
    """The lists that the page shows in `places` at `request.at`, in page order, without those that show nothing.

    `shown`: ids of stories that stand on the page already. At most three queries.
    """
    found = [each for each in resolve(places, scope, request.at, shown) if each.entries]
    is_elsewhere = getattr(request, "travel", None) or getattr(request, "script", "")
    return [_staying(each, request) for each in found] if is_elsewhere else found


def _staying(shown: ShownList, request: HttpRequest) -> ShownList:
    """The list on a page of another moment or script: its addresses of this site lead to that moment and script too."""
    travel = getattr(request, "travel", None)

    def address(url: str) -> str:
        return staying(request, travel.staying(url) if travel else url)

    entries = [
        replace(entry, url=address(entry.url)) if entry.publication is None else entry for entry in shown.entries
    ]
    return replace(shown, entries=entries)


def scope_of_story(content: StoryContent, story_id: int | None, request: HttpRequest) -> Scope:
    """What the page of `content` is about: the version's section and topics, not those of the working copy."""
    section_id = content.section.id if content.section else None
    parents = {row.pk: row.parent_id for row in all_sections(request)} if section_id else {}
    topics = tuple(dict.fromkeys(topic.id for topic in content.topics))
    return Scope(section_id, parents.get(section_id), topics, story_id)
