"""In which story lists a story stands, now and later: what whoever takes it from readers should know."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Publication, Story
from articles.resolver.listed import ListedIn, lists_naming
from articles.templatetags.news import moment_short


@dataclass(frozen=True)
class InList:
    """An edition that names the story: the list, from when until when, and where it is edited."""

    name: str
    when: SafeString | str
    address: str
    is_current: bool


def in_lists(story: Story | None, user: Any, at: datetime, retractions: Collection[Publication] = ()) -> list[InList]:
    """The lists that name `story` at `at` or later, drafts among them; none for who may not see lists. One query.

    `retractions`: those of the story, while which lists leave it out.
    """
    if story is None or story.pk is None or not permissions.can_see_lists(user):
        return []
    return [_in_list(row, at, retractions) for row in lists_naming(story.pk, at)]


def _in_list(row: ListedIn, at: datetime, retractions: Collection[Publication]) -> InList:
    edition = row.edition
    if edition.is_draft:
        when: SafeString | str = _("draft")
    elif not row.is_current:
        when = format_html(_("from {}"), moment_short(edition.starts_at, at))
    elif edition.ends_at is not None:
        when = format_html(_("now, until {}"), moment_short(edition.ends_at, at))
    else:
        when = _("now")
    begins = at if row.is_current or edition.is_draft else edition.starts_at
    if any(retraction.holds(begins) for retraction in retractions):
        when = format_html(_("{}; not shown: retracted"), when)
    address = reverse("admin:articles_storylist_edition", args=[edition.story_list_id, edition.pk])
    return InList(row.name, when, address, row.is_current)


def left_behind(lists: Sequence[InList]) -> SafeString | str:
    """What to say once the story is gone: the lists that go on naming it, as links; "" for none."""
    if not lists:
        return ""
    links = format_html_join(_(", "), '<a href="{}">{}</a> ({})', ((row.address, row.name, row.when) for row in lists))
    return format_html(_("These lists name it still, and leave it out: {}."), links)
