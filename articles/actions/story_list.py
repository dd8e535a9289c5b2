"""Making a story list, and saying where it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import author, log_activity
from articles.actions.list_content import completed, keep_list_revision
from articles.html import storable
from articles.lists import ListContent
from articles.models import Activity, ListEdition, StoryList


@transaction.atomic
def make_story_list(*, story_list: StoryList, content: ListContent, by: Any, now: datetime | None = None) -> StoryList:
    """Store a new list, whose first edition holds `content` from `now` on.

    Raises PermissionDenied, ListError for the content, and ValidationError for name, place, slot and scope.
    """
    now = now or clock.now()
    if not permissions.can_make_lists(by):
        raise PermissionDenied(_("You may not make story lists."))
    story_list.name, story_list.slot = storable(story_list.name).strip(), storable(story_list.slot).strip()
    story_list.created_at, story_list.created_by = now, author(by)
    story_list.full_clean()
    if not permissions.can_make_list(by, story_list):
        raise PermissionDenied(_("You may make lists of your sections only: choose one of them."))
    try:
        with transaction.atomic():
            story_list.save(force_insert=True)
    except IntegrityError as error:
        # Somebody made one with the same name or place in this very moment: asked again, it is told at its field.
        story_list.pk = None
        story_list.full_clean()
        raise ValidationError(_("There is a list in this place, slot and scope already.")) from error
    revision = keep_list_revision(story_list, completed(content, None, now), by=by, now=now)
    ListEdition.objects.create(
        story_list=story_list, revision=revision, starts_at=now, created_at=now, created_by=author(by)
    )
    log_activity(by=by, verb=Activity.Verb.MADE_LIST, at=now, story_list=story_list, version=1)
    return story_list


@transaction.atomic
def rename_story_list(*, story_list: StoryList, name: str, by: Any, now: datetime | None = None) -> StoryList:
    """Give a list another name on the desk. Where it stands never changes: the past would change with it.

    Raises PermissionDenied, and ValidationError keyed `name`.
    """
    now = now or clock.now()
    if not permissions.can_make_lists(by):
        raise PermissionDenied(_("You may not change where and what story lists are."))
    row = lock_list(story_list.pk)
    if not permissions.can_make_list(by, row):
        raise PermissionDenied(_("You may only change what the lists of your sections are."))
    before, row.name = row.name, storable(name).strip()
    row.full_clean(exclude={"slot", "place"}, validate_constraints=False)
    if before != row.name:
        try:
            with transaction.atomic():
                row.save(update_fields=["name"])
        except IntegrityError as error:
            raise ValidationError({"name": row.unique_error_message(StoryList, ("name",))}) from error
        log_activity(by=by, verb=Activity.Verb.CHANGED_LIST, at=now, story_list=row, before=before)
    return row


def lock_list(list_id: int) -> StoryList:
    """The list's row, locked until the transaction ends. Raises ValidationError when there is no such list."""
    row = StoryList.objects.select_for_update(no_key=True).filter(pk=list_id).first()
    if row is None:
        raise ValidationError(_("This list was deleted."))
    return row
