"""Changing copyright notices without rewriting what older stories say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import log_activity
from articles.actions.preflight import recheck_scheduled
from articles.models import Activity, CopyrightNotice, Source


@transaction.atomic
def save_copyright_notice(*, notice: CopyrightNotice, by: Any, now: datetime | None = None) -> CopyrightNotice:
    """Store a notice. One that is in force already is not rewritten: the change becomes a new notice from now on.

    Only the first notice of a source may be dated back. Returns the notice that was stored. Stories published earlier
    keep the old one unless the new one is marked to apply to them too. Raises PermissionDenied.
    """
    now = now or clock.now()
    if not permissions.can_change_notices(by):
        raise PermissionDenied(_("You may not change copyright notices."))
    Source.objects.select_for_update(no_key=True).get(pk=notice.source_id)
    stored = CopyrightNotice.objects.filter(pk=notice.pk).first() if notice.pk else None
    was_in_force = stored is not None and stored.effective_from < now
    if was_in_force:
        if not _changed(stored, notice):
            return stored
        notice.pk = None
        notice._state.adding = True
    in_force = CopyrightNotice.objects.filter(source=notice.source_id, effective_from__lte=now).exclude(pk=notice.pk)
    if was_in_force or in_force.exists():
        # Dated back it would take the place of the one that stories published since then carry.
        notice.effective_from = max(notice.effective_from, now)
    notice.save()
    log_activity(by=by, verb=Activity.Verb.CHANGED_NOTICE, at=now, subject=str(notice), notice=notice.pk)
    recheck_scheduled(now=now, source_id=notice.source_id, by=by)
    return notice


def _changed(stored: CopyrightNotice, notice: CopyrightNotice) -> bool:
    fields = [field.attname for field in CopyrightNotice._meta.fields if not field.primary_key]
    return any(getattr(stored, name) != getattr(notice, name) for name in fields)
