"""The story lists of a page: which entries come and go, and which editions begin and end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache

from django.utils.translation import gettext as _

from articles.lists import Chosen, Entry
from articles.resolver.lists_of_page import ListOfPage
from articles.resolver.outlook import Outlook, signature
from articles.resolver.page_parts.part import Part


class ListsPart(Part):
    """The story lists of the page."""

    def __init__(self, outlook: Outlook, is_shown: Callable[[datetime], bool] = lambda moment: True) -> None:
        """`is_shown`: whether there is a page at a moment on which the lists could stand."""
        self.outlook, self.is_shown = outlook, is_shown
        self.moments = outlook.moments
        self.at: Callable[[datetime], list[Chosen]] = cache(self._shown_at)
        self.windows = {row.publication_id: row for rows in outlook.windows.values() for row in rows}

    def _shown_at(self, moment: datetime) -> list[Chosen]:
        # A list that shows nothing is no part of the page.
        return [chosen for chosen in self.outlook.at(moment) if chosen.entries]

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        if not (self.is_shown(before) and self.is_shown(moment)):
            # That the page itself comes or goes says it all.
            return []
        then, now = self.at(before), self.at(moment)
        if signature(then) == signature(now):
            return []
        rows_then, rows_now = ({row.list_id: row for row in self.outlook.lists_at(at)} for at in (before, moment))
        by_key = {chosen.key: (None, chosen) for chosen in now}
        for chosen in then:
            by_key[chosen.key] = (chosen, by_key.get(chosen.key, (None, None))[1])
        editions, entries = [], []
        for key, (old, new) in by_key.items():
            if signature([old] if old else []) == signature([new] if new else []):
                continue
            edition = _edition_words(rows_then.get(key) if old else None, rows_now.get(key) if new else None)
            editions += [edition] if edition else []
            told = list(self._of_entries(old, new, moment))
            if not told and not edition:
                told = [_("The order of “%(list)s” changes") % {"list": new.content.title}]
            entries += told
        # What somebody decided comes first, what follows from it after.
        return editions + entries

    def _of_entries(self, old: Chosen | None, new: Chosen | None, moment: datetime) -> Iterator[str]:
        """What comes into one list, changes in it and drops out of it. None: the list is not there."""
        title = (new or old).content.title
        stories_then, stories_now = (
            {entry.story_id or entry.item.url: entry for entry in chosen.entries} if chosen else {}
            for chosen in (old, new)
        )
        for key, entry in stories_now.items():
            names = {"headline": self._headline(entry), "list": title}
            window = self.windows.get(entry.publication_id)
            if key not in stories_then:
                goes_live = window is not None and window.start == window.went_live == moment
                if goes_live:
                    yield _("“%(headline)s” goes live and comes into “%(list)s”") % names
                else:
                    yield _("“%(headline)s” comes into “%(list)s”") % names
            elif entry.publication_id != stories_then[key].publication_id:
                yield _("“%(headline)s” is shown in its next version in “%(list)s”") % names
        for key, entry in stories_then.items():
            if key not in stories_now and new is not None:
                yield _("“%(headline)s” drops out of “%(list)s”") % {
                    "headline": self._headline(entry),
                    "list": title,
                }

    def _headline(self, entry: Entry) -> str:
        if entry.item is not None and entry.item.headline:
            return entry.item.headline
        window = self.windows.get(entry.publication_id)
        return window.headline if window else entry.item.url


def _edition_words(then: ListOfPage | None, now: ListOfPage | None) -> str:
    """What happens to the editions of a list, where another one counts from a moment on; "" where none does."""
    if then and now and then.edition_id == now.edition_id:
        return ""
    if now and now.is_special:
        return _("The special edition of “%(list)s” begins") % {"list": now.content.title}
    if then and then.is_special:
        return _("The special edition of “%(list)s” ends") % {"list": then.content.title}
    if then and now:
        return _("The next edition of “%(list)s” begins") % {"list": now.content.title}
    if now:
        return _("The list “%(list)s” begins to be shown") % {"list": now.content.title}
    return _("The list “%(list)s” is shown no longer") % {"list": then.content.title}
