"""The words that become traditional characters in their own way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import log_activity
from articles.actions.standing_form import refuse_overtaken, stored_text
from articles.models import Activity, ConversionTerm


@transaction.atomic
def save_conversion_term(
    *, term: ConversionTerm, by: Any, now: datetime | None = None, based_on: str | None = None
) -> ConversionTerm:
    """Store a term. What readers see in traditional characters follows at once. Saved unchanged, nothing happens.

    `based_on`: the version (`version_of`) that the change was made from; None for any.

    Raises PermissionDenied, and ValidationError keyed by field; without a key where somebody else changed the term
    since `based_on` (code `overtaken`), or deleted it (code `deleted`).
    """
    now = now or clock.now()
    if not permissions.can_change_terms(by):
        raise PermissionDenied(_("You may not change conversion terms."))
    stored = _locked(term.pk) if term.pk else None
    if stored:
        refuse_overtaken(stored, based_on, verb=Activity.Verb.SAVED_TERM, detail__term=stored.pk)
    term.simplified, term.traditional = stored_text(term.simplified), stored_text(term.traditional)
    changed = [
        name for name in ("simplified", "traditional") if stored is None or getattr(term, name) != getattr(stored, name)
    ]
    if not changed:
        return stored
    term.full_clean()
    try:
        with transaction.atomic():
            term.save()
    except IntegrityError as error:
        # Somebody gave the word a term in this very moment: asked again, it is told at its field.
        term.full_clean()
        raise ValidationError(_("Somebody saved a term like this at the same moment. Save again.")) from error
    log_activity(by=by, verb=Activity.Verb.SAVED_TERM, at=now, subject=str(term), term=term.pk, changed=changed)
    return term


@transaction.atomic
def delete_conversion_term(*, term: ConversionTerm, by: Any, now: datetime | None = None) -> None:
    """Delete a term: from now on the dictionaries decide. Raises PermissionDenied; ValidationError if it is gone."""
    if not permissions.can_change_terms(by):
        raise PermissionDenied(_("You may not change conversion terms."))
    stored = _locked(term.pk)
    subject, key = str(stored), stored.pk
    stored.delete()
    log_activity(by=by, verb=Activity.Verb.DELETED_TERM, at=now or clock.now(), subject=subject, term=key)


def _locked(key: int) -> ConversionTerm:
    stored = ConversionTerm.objects.select_for_update(no_key=True).filter(pk=key).first()
    if stored is None:
        raise ValidationError(_("This term was deleted."), code="deleted")
    return stored
