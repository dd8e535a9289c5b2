"""Kept text and people at a story, in words: plain text, for the page and for its script."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import moments
from articles.actions.activity import name_of
from articles.models import KeptForm, Presence, Revision, Story

_ROWS = ("bylines", "related_links")


def time_of(moment: datetime, at: datetime, *, seconds: bool = False) -> str:
    """The newsroom's time of day with its zone, read at `at`; with the date unless it is the same day."""
    local = moments.local(moment)
    time = format_date(local, "H:i:s" if seconds else "H:i")
    if local.date() != moments.local(at).date():
        # Translators: a date, in the format of Django's date filter.
        time = f"{format_date(local, _('j F Y'))}, {time}"
    return f"{time} ({moments.zone_name(moment)})"


def ago(moment: datetime, at: datetime) -> str:
    """From an earlier moment until `at`: "3 minutes ago"."""
    minutes = (at - moment) // timedelta(minutes=1)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 24:
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}


def people(presences: Iterable[Presence], story: Story, at: datetime) -> list[dict[str, str]]:
    """One sentence per person who has the story open, with the user's id as key; the earliest comes first."""
    by_user: dict[int, list[Presence]] = {}
    for presence in presences:
        by_user.setdefault(presence.user_id, []).append(presence)
    told = []
    subsections = _subsections(story, by_user.values())
    for windows in by_user.values():
        opened, last_seen = min(row.opened_at for row in windows), max(windows, key=lambda row: row.seen_at)
        values = {"who": name_of(windows[0].user), "ago": ago(opened, at), "place": place(last_seen.place, subsections)}
        # Translators: place is "the field “headline”" or "subsection 2 (its heading)".
        sentence = _("%(who)s opened this story %(ago)s, is in %(place)s.") if values["place"] else ""
        sentence = sentence or _("%(who)s opened this story %(ago)s.")
        told.append({"id": str(windows[0].user_id), "words": sentence % values})
    return told


def own_window(presences: Iterable[Presence], at: datetime) -> list[dict[str, str]]:
    """The same about other windows of the person who is told."""
    opened = [row.opened_at for row in presences]
    if not opened:
        return []
    words = _("You have this story open in another window too, opened %(ago)s.") % {"ago": ago(min(opened), at)}
    return [{"id": "own", "words": words}]


def _subsections(story: Story, windows: Iterable[list[Presence]]) -> dict[str, tuple[int, str]]:
    """Number and heading by key; asked for only if somebody is in a subsection."""
    if not any(row.place.startswith("subsection:") for rows in windows for row in rows):
        return {}
    rows = story.subsections.values_list("key", "heading")
    return {key: (number, heading) for number, (key, heading) in enumerate(rows, start=1)}


def place(text: str, subsections: dict[str, tuple[int, str]]) -> str:
    """A place of the form in words; "" for none and for what is no place."""
    kind, _colon, rest = text.partition(":")
    if kind == "subsection":
        known = subsections.get(rest.partition(":")[0])
        if known is None:
            return _("a new subsection")
        return _("subsection %(number)d (%(heading)s)") % {"number": known[0], "heading": known[1]}
    if kind in _ROWS:
        return {"bylines": _("the byline"), "related_links": _("the related links")}[kind]
    field = next((field for field in Story._meta.get_fields() if field.name == kind), None)
    return _("the field “%s”") % field.verbose_name if hasattr(field, "verbose_name") else ""


def newer_version(latest: Revision | None, based_on: int | None, at: datetime) -> str:
    """That somebody saved since the form was opened; "" if nobody did."""
    if latest is None or based_on is None or latest.number <= based_on:
        return ""
    words = _("%(who)s saved version %(number)d %(ago)s: your text will be merged with it when you save.")
    values = {"who": name_of(latest.created_by), "number": latest.number, "ago": ago(latest.created_at, at)}
    return words % values


def unsaved(kept: KeptForm, latest: Revision | None, at: datetime) -> str:
    """What somebody may go on with."""
    values = {"when": time_of(kept.kept_at, at), "headline": kept.headline}
    if kept.story_id is None and kept.headline:
        words = _("You have unsaved text from %(when)s: “%(headline)s”.") % values
    else:
        words = _("You have unsaved text from %(when)s.") % values
    if kept.based_on is None or latest is None:
        return words
    if latest.number <= kept.based_on:
        return f"{words} {_('It goes on from version %d, the latest one.') % kept.based_on}"
    since = _("It goes on from version %(based_on)d; since then %(who)s saved version %(number)d.")
    values = {"based_on": kept.based_on, "who": name_of(latest.created_by), "number": latest.number}
    return f"{words} {since % values}"
