"""Writing the simple pages of the site: about, contact, imprint, the newsroom's rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import log_activity
from articles.actions.free_address import free_address
from articles.actions.standing_form import refuse_overtaken, stored_text
from articles.html import clean
from articles.models import Activity, SitePage

# What readers see of a page: a change of it is told to them as "last changed".
_SHOWN = ("title", "body", "language")


@transaction.atomic
def save_site_page(*, page: SitePage, by: Any, now: datetime | None = None, based_on: str | None = None) -> SitePage:
    """Store a page, public from `live_from` on. Its address is made from the title where it has none.

    `based_on`: the version (`version_of`) that the change was made from; None for any. Once readers have had the page
    its address stays. `updated_at` follows what readers see of it. Saving what is stored already does nothing.

    Raises PermissionDenied, and ValidationError keyed by field; without a key where somebody else changed the page
    since `based_on` (code `overtaken`), or deleted it (code `deleted`).
    """
    now = now or clock.now()
    if not permissions.can_change_pages(by):
        raise PermissionDenied(_("You may not write the pages of the site."))
    stored = _locked(page.pk) if page.pk else None
    if stored:
        refuse_overtaken(stored, based_on, verb=Activity.Verb.SAVED_PAGE, detail__page=stored.pk)
    for name in ("title", "slug", "purpose"):
        setattr(page, name, stored_text(getattr(page, name)))
    page.body = clean(page.body)
    if stored and page.slug != stored.slug and was_public(stored, now):
        raise ValidationError({"slug": _("Readers have had this page: its address stays.")})
    page.slug = page.slug or free_address(page.title, SitePage.objects.exclude(pk=page.pk))
    changed = [field.attname for field in SitePage._meta.concrete_fields if _differs(field.attname, page, stored)]
    if not changed:
        return stored
    page.updated_at = stored.updated_at if stored and not {*_SHOWN} & {*changed} else now
    _store(page)
    log_activity(
        by=by,
        verb=Activity.Verb.SAVED_PAGE,
        at=now,
        subject=page.title,
        page=page.pk,
        changed=[name for name in changed if name != "id"],
        live_from=page.live_from and page.live_from.isoformat(),
    )
    return page


@transaction.atomic
def delete_site_page(*, page: SitePage, by: Any, now: datetime | None = None) -> None:
    """Delete a page for ever; its address then leads nowhere.

    Raises PermissionDenied, and ValidationError (code `deleted`) where somebody else did it before.
    """
    if not permissions.can_change_pages(by):
        raise PermissionDenied(_("You may not delete the pages of the site."))
    stored = _locked(page.pk)
    title, key = stored.title, stored.pk
    stored.delete()
    log_activity(by=by, verb=Activity.Verb.DELETED_PAGE, at=now or clock.now(), subject=title, page=key)


def was_public(page: SitePage, now: datetime) -> bool:
    """Whether readers have the page at `now`, or have had it: the trail says so of one that was taken back."""
    if page.live_from and page.live_from <= now:
        return True
    saved = Activity.objects.filter(verb=Activity.Verb.SAVED_PAGE, at__lte=now, detail__page=page.pk).order_by("at")
    start = None
    for at, detail in [*saved.values_list("at", "detail"), (now, {})]:
        if start and datetime.fromisoformat(start) < at:
            return True
        start = detail.get("live_from")
    return False


def _locked(key: int) -> SitePage:
    stored = SitePage.objects.select_for_update(no_key=True).filter(pk=key).first()
    if stored is None:
        raise ValidationError(_("This page was deleted."), code="deleted")
    return stored


def _differs(name: str, page: SitePage, stored: SitePage | None) -> bool:
    return name != "updated_at" and (stored is None or getattr(page, name) != getattr(stored, name))


def _store(page: SitePage) -> None:
    page.full_clean()
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError as error:
        # Somebody took the address or the purpose in this very moment: asked again, it is told at its field.
        page.full_clean()
        raise ValidationError(_("Somebody saved a page like this at the same moment. Save again.")) from error
