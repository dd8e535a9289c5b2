"""Findings in words: said in the language and the zone that are active when they are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import moments
from articles.list_checks.facts import Absence, PageFacts
from articles.lists import Hidden, Why

# So many stories are named; the list shows the others.
NAMED = 3

_ABSENT = {
    Absence.COMING: gettext_lazy("“{name}” goes live {moment}"),
    Absence.DRAFT: gettext_lazy("“{name}” is a draft"),
    Absence.WITHDRAWN: gettext_lazy("“{name}” is withdrawn"),
    Absence.RETRACTED: gettext_lazy("“{name}” is retracted"),
    Absence.TAKEN_DOWN: gettext_lazy("“{name}” is taken down"),
    Absence.BINNED: gettext_lazy("“{name}” is in the bin"),
    Absence.DELETED: gettext_lazy("“{name}” was deleted"),
}
# The same as parts of a sentence, for several stories.
_MISSING: dict[Absence | Why, Any] = {
    Absence.COMING: gettext_lazy("not live before {moment} {names}"),
    Absence.DRAFT: gettext_lazy("draft {names}"),
    Absence.WITHDRAWN: gettext_lazy("withdrawn {names}"),
    Absence.RETRACTED: gettext_lazy("retracted {names}"),
    Absence.TAKEN_DOWN: gettext_lazy("taken down {names}"),
    Absence.BINNED: gettext_lazy("in the bin {names}"),
    Absence.DELETED: gettext_lazy("deleted {names}"),
    Why.NOT_YET: gettext_lazy("window begins {moment} {names}"),
    Why.ENDED: gettext_lazy("window ended {moment} {names}"),
    Why.ITSELF: gettext_lazy("the story of the page {names}"),
    Why.ON_PAGE: gettext_lazy("on the page already {names}"),
    Why.DUPLICATE: gettext_lazy("in another list of the page {names}"),
}


def brief(moment: datetime) -> str:
    """A moment near the others, in the newsroom's zone: day and time."""
    # Translators: day, month and time in a list, in the format of Django's date filter.
    return format_date(moments.local(moment), _("j M, H:i"))


def _say(words: Any, values: dict[str, Any]) -> str:
    return str(words).format(**{name: _in_words(value) for name, value in values.items()})


def _in_words(value: Any) -> Any:
    if isinstance(value, datetime):
        return brief(value)
    if isinstance(value, tuple):
        named = _(", ").join(str(each) for each in value[:NAMED])
        if len(value) > NAMED:
            more = len(value) - NAMED
            return ngettext("{named} and {count} more", "{named} and {count} more", more).format(
                named=named, count=more
            )
        return named
    return value


_lazy_say = lazy(_say, str)


def say(words: Any, **values: Any) -> Any:
    """The lazy sentence `words` with its values in {braces}: moments in the newsroom's zone, tuples as a list."""
    return _lazy_say(words, values)


def absence(story_id: int | None, name: str, page: PageFacts, at: datetime) -> Any:
    """Why lists do not lead to a story at `at`, as a part of a sentence."""
    story = page.stories.get(story_id) if story_id is not None else None
    if story is None:
        return say(_ABSENT[Absence.DELETED], name=name)
    return say(_ABSENT[story.absence(at)], name=name, moment=story.listed_from(at))


def reasons(found: Sequence[Hidden], page: PageFacts, at: datetime) -> Any:
    """Why items are not shown at `at`, as the lazy end of a sentence: each reason once, with the items it holds for."""
    names: dict[tuple, list[str]] = {}
    for hidden in found:
        names.setdefault(_why(hidden, page, at), []).append(f"“{page.name_of(hidden.item)}”")
    parts = [say(_MISSING[why], moment=moment, names=tuple(held)) for (why, moment), held in names.items()]
    return _joined(parts)


def _why(hidden: Hidden, page: PageFacts, at: datetime) -> tuple[Absence | Why, datetime | None]:
    if hidden.why != Why.NOT_LIVE:
        return hidden.why, hidden.moment
    story = page.stories.get(hidden.item.story_id) if hidden.item.story_id is not None else None
    return (story.absence(at), story.listed_from(at)) if story else (Absence.DELETED, None)


# Translators: between the reasons why items of a list are not shown.
_joined = lazy(lambda parts: _("; ").join(str(part) for part in parts), str)
