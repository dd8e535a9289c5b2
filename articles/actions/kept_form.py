"""Keeping what somebody types, before it is saved: makes no revision and no publication, and leaves no activity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.html import storable
from articles.models import KeptForm, Presence, Story

# Characters of all names and values together; a story of 300 pages has about 300,000.
MOST_CHARACTERS = 4_000_000
# Forms of one person that were never saved.
MOST_FORMS = 100
KEPT_FOR = timedelta(days=30)
_HEADLINE_LENGTH = KeptForm._meta.get_field("headline").max_length


class SavedBefore(Exception):
    """The form was saved already: `kept` says as what."""

    def __init__(self, kept: KeptForm) -> None:
        self.kept = kept


@transaction.atomic
def keep_form(
    *,
    user: Any,
    story: Story | None,
    key: str,
    fields: Iterable[tuple[str, str]],
    based_on: int | None = None,
    serial: int = 0,
    replaces: str = "",
    now: datetime | None = None,
) -> KeptForm:
    """Keep the posted `fields` of the form `key` of `user`, in place of what was kept of it before.

    `story` is None for a story that was never saved; `based_on` is the number of the revision the form was opened at.
    What is older than what is kept already (`serial`), or comes after the form was saved, changes nothing: the row
    that comes back says so. `replaces` is the key of a kept form that this one went on with. Raises PermissionDenied,
    and ValidationError when there is too much to keep.
    """
    now = now or clock.now()
    if not (permissions.can_edit(user, story) if story else permissions.can_write(user)):
        raise PermissionDenied(_("You may not change this story."))
    pairs = [[storable(name), storable(value)] for name, value in fields]
    if sum(len(name) + len(value) for name, value in pairs) > MOST_CHARACTERS:
        raise ValidationError(
            _("This text is too long to be kept before it is saved (more than %d million characters). Save it.")
            % (MOST_CHARACTERS // 1_000_000)
        )
    values = {
        "story": story,
        "serial": serial,
        "headline": next((value for name, value in pairs if name == "headline"), "")[:_HEADLINE_LENGTH],
        "fields": pairs,
        "based_on": based_on,
        "kept_at": now,
    }
    kept = KeptForm.objects.select_for_update().filter(user=user, key=key).first()
    if kept is None:
        if KeptForm.objects.filter(user=user, saved_as=None).count() >= MOST_FORMS:
            raise ValidationError(_("You have very many unsaved texts. Save some of them, or throw them away."))
        # One window may send twice at once: the second finds the row of the first.
        kept, _made = KeptForm.objects.select_for_update().get_or_create(user=user, key=key, defaults=values)
    if kept.saved_as is None and kept.serial <= serial:
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save(update_fields=list(values))
        KeptForm.objects.filter(user=user, key=replaces, saved_as=None).exclude(key=key).delete()
    return kept


@transaction.atomic
def drop_kept_form(*, user: Any, key: str) -> bool:
    """Throw away what `user` kept under `key` and did not save; whether there was such a form."""
    gone, _of_each = KeptForm.objects.filter(user=user, key=key, saved_as=None).delete()
    return bool(gone)


def saved_before(*, user: Any, key: str, digest: str, story: Story | None) -> KeptForm | None:
    """The row of the form `key` where posting it is not to be done again.

    That is so when the same (`digest`) was saved, or when it is the form of a new story, which exists by now.
    """
    kept = KeptForm.objects.filter(user=user, key=key).exclude(saved_as=None).exclude(story=None).first()
    return kept if kept and (kept.digest == digest or story is None) else None


def claim_form(*, user: Any, key: str, digest: str, story: Story | None, now: datetime | None = None) -> None:
    """Begin to save the form `key` in the caller's transaction: whoever sends it at the same moment waits here.

    Raises SavedBefore if the form was saved meanwhile; see `saved_before`.
    """
    now = now or clock.now()
    blank = {"fields": [], "kept_at": now, "story": story}
    KeptForm.objects.select_for_update().get_or_create(user=user, key=key, defaults=blank)
    if kept := saved_before(user=user, key=key, digest=digest, story=story):
        raise SavedBefore(kept)


def close_form(
    *, user: Any, key: str, digest: str, story: Story, saved_as: int, replaces: str = "", now: datetime | None = None
) -> None:
    """End what `claim_form` began: nothing of the form is unsaved any more. Call it in the transaction of the save."""
    now = now or clock.now()
    told = {"story": story, "fields": [], "headline": "", "kept_at": now, "saved_as": saved_as, "digest": digest}
    KeptForm.objects.filter(user=user, key=key).update(**told)
    KeptForm.objects.filter(user=user, key=replaces, saved_as=None).exclude(key=key).delete()
    Presence.objects.filter(user=user, form_key=key).delete()


def forget_old_kept_forms(now: datetime | None = None) -> int:
    """Remove what was kept longer ago than KEPT_FOR; how many rows."""
    now = now or clock.now()
    return KeptForm.objects.filter(kept_at__lt=now - KEPT_FOR).delete()[0]
