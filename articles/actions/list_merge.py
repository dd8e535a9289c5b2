"""Saving a list that somebody else has saved since it was opened."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.actions.overtaken import Decision
from articles.lists import ListContent
from articles.lists.merging import ListConflict, MergedList, merge_lists
from articles.models import ListRevision, StoryList


class ListConflictError(ValidationError):
    """Both changed the same place: `conflicts` say which; `latest` is the version that is stored."""

    def __init__(self, merged: MergedList, latest: ListRevision) -> None:
        super().__init__(_("Somebody else has changed this list since you opened it."), code="conflict")
        self.merged, self.latest = merged, latest

    @property
    def conflicts(self) -> tuple[ListConflict, ...]:
        return self.merged.conflicts


def merged_with_latest(
    story_list: StoryList,
    content: ListContent,
    latest: ListRevision,
    *,
    based_on: int,
    decisions: Sequence[Decision] = (),
) -> ListContent:
    """`content`, read at the version `based_on` of the list, with what `latest` has changed since.

    Of `decisions` those count that were made about `latest`: what was chosen about another version says nothing about
    a text that nobody was shown. Raises ListConflictError, and ValidationError where there is no such version.
    """
    if latest.number == based_on:
        return content
    base = story_list.revisions.filter(number=based_on).first()
    if base is None:
        raise ValidationError(_("The list cannot be compared with the version you opened. Open it again."))
    choices = next((each.choices for each in decisions if each.number == latest.number), {})
    merged = merge_lists(base.content, latest.content, content, choices)
    if merged.conflicts:
        raise ListConflictError(merged, latest)
    return merged.content
