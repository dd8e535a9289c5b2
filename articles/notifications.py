"""What colleagues are told about stories and lists: the kinds, and the sentence of each in its reader's language.

A sentence names people and the headline and nothing else of a story: it may be read in a mail, outside the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# What a sentence may name; `tell` keeps them with the notification, as they were at that moment.
NAMED = ("who", "headline", "count")

KINDS: dict[str, str] = {
    "mentioned": _("%(who)s mentioned you in a note on “%(headline)s”."),
    "noted": _("%(who)s wrote a note on “%(headline)s”."),
    "submitted": _("%(who)s submitted “%(headline)s” for review."),
    "approved": _("%(who)s approved “%(headline)s”."),
    "sent_back": _("%(who)s sent “%(headline)s” back."),
    "went_live": _("“%(headline)s” went live."),
    "new_version_live": _("A new version of “%(headline)s” went live."),
    "retracted": _("“%(headline)s” was retracted."),
    "came_down": _("“%(headline)s” came down at the end asked for."),
    "withdrawn": _("“%(headline)s” was withdrawn."),
    "blocked": _("A check fails for “%(headline)s”, which is scheduled."),
    "emergency": _("%(who)s published “%(headline)s” in an emergency."),
    # Of story lists: the headline is the name of the list that comes first.
    "list_problems": ngettext_lazy(
        "Story lists, the next 24 hours: %(count)s serious problem, in “%(headline)s”.",
        "Story lists, the next 24 hours: %(count)s serious problems, the first in “%(headline)s”.",
        "count",
    ),
}


def sentence(kind: str, detail: Mapping[str, Any]) -> str:
    """The sentence of a notification, in the active language; the headline alone for a kind that is no more."""
    named = {name: detail.get(name) or "—" for name in NAMED}
    # A number where there is one, or no plural could be chosen.
    count = str(named["count"])
    named["count"] = int(count) if count.isdecimal() else 0
    return str(KINDS[kind] % named) if kind in KINDS else str(named["headline"])
