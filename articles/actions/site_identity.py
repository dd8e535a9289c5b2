"""Changing what the site is called and how it looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import log_activity
from articles.actions.standing_form import refuse_overtaken, stored_text
from articles.appearance.logo import Logo, UnusableLogoError, made_logo
from articles.models import Activity, FooterLine, SiteIdentity, SiteLogo

# Far more than the foot of a page can carry.
MOST_FOOTER_LINES = 40

_FIELDS = tuple(
    field.attname for field in SiteIdentity._meta.concrete_fields if field.attname not in {"id", "updated_at"}
)
_LIGHT, _DARK = SiteLogo.Appearance.LIGHT, SiteLogo.Appearance.DARK


@transaction.atomic
def save_site_identity(
    *,
    identity: SiteIdentity,
    footer_lines: Sequence[FooterLine],
    logos: Mapping[str, bytes | None],
    by: Any,
    now: datetime | None = None,
    based_on: str | None = None,
) -> SiteIdentity:
    """Store the identity with all its footer lines, in their order, and with the logos that change.

    `logos`: by appearance ("light", "dark") the bytes of a picture file, or None to remove the logo; one that is not
    named stays. `based_on`: the version (`version_of`) that the change was made from; None for any. What is the same as
    before is neither written nor logged. Returns the identity as stored.

    Raises PermissionDenied, and ValidationError keyed by field, `footer_lines`, `logo_light` or `logo_dark`; without a
    key and with the code `overtaken` where somebody else changed it since `based_on`.
    """
    now = now or clock.now()
    if not permissions.can_change_identity(by):
        raise PermissionDenied(_("You may not change the identity of the site."))
    # In a savepoint of its own: another process may make the row at the same moment.
    SiteIdentity.objects.get_or_create(pk=1)
    stored = SiteIdentity.objects.select_for_update(no_key=True).get(pk=1)
    refuse_overtaken(stored, based_on, verb=Activity.Verb.CHANGED_IDENTITY)
    changed = _take_over(identity, stored)
    stored.full_clean(validate_unique=False, validate_constraints=False)
    if _save_lines(stored, footer_lines):
        changed.append("footer_lines")
    changed += _save_logos(stored, logos)
    if changed:
        stored.updated_at = now
        stored.save()
        log_activity(
            by=by, verb=Activity.Verb.CHANGED_IDENTITY, at=now, subject=stored.name_in("zh-hans"), changed=changed
        )
    return stored


def _take_over(identity: SiteIdentity, stored: SiteIdentity) -> list[str]:
    """Set the fields of `stored` to those of `identity`; the names of those that changed."""
    changed = []
    for name in _FIELDS:
        value = stored_text(getattr(identity, name))
        if name in {"accent", "accent_on_dark"} and isinstance(value, str):
            value = value.lower()
        if getattr(stored, name) != value:
            setattr(stored, name, value)
            changed.append(name)
    return changed


def _save_lines(identity: SiteIdentity, lines: Sequence[FooterLine]) -> bool:
    """Make `lines` the footer lines, in this order. Whether anything changed."""
    if len(lines) > MOST_FOOTER_LINES:
        raise ValidationError({"footer_lines": _("At most %(most)d lines.") % {"most": MOST_FOOTER_LINES}})
    before = list(identity.footer_lines.all())
    known = {line.pk for line in before}
    for position, line in enumerate(lines, start=1):
        line.identity, line.position = identity, position
        line.text, line.url = stored_text(line.text), stored_text(line.url)
        if line.pk not in known:
            # New, or deleted by somebody meanwhile: kept with its text.
            line.pk = None
        _check(line)
    after = [(line.pk, line.position, line.text, line.url) for line in lines]
    if after == [(line.pk, line.position, line.text, line.url) for line in before]:
        return False
    identity.footer_lines.exclude(pk__in=[line.pk for line in lines if line.pk]).delete()
    for line in lines:
        line.save(force_insert=line.pk is None)
    return True


def _check(line: models.Model) -> None:
    try:
        line.full_clean(exclude={"identity", "id"})
    except ValidationError as error:
        raise ValidationError({"footer_lines": error.messages}) from error


def _save_logos(identity: SiteIdentity, logos: Mapping[str, bytes | None]) -> list[str]:
    """Write the logos that change, and remove those that go. The names of those that changed."""
    made = {appearance: _made(appearance, data) for appearance, data in logos.items()}
    before = dict(identity.logos.values_list("appearance", "digest"))
    after = before | {appearance: logo.digest for appearance, logo in made.items() if logo}
    after = {appearance: digest for appearance, digest in after.items() if made.get(appearance, True)}
    if _DARK in after and _LIGHT not in after:
        # Readers on light paper would have to read a logo that was drawn for the dark.
        words = _("A logo on dark paper needs one on light paper beside it.")
        raise ValidationError({"logo_light" if _LIGHT in made else "logo_dark": words})
    changed = [name for name in SiteLogo.Appearance.values if before.get(name) != after.get(name)]
    identity.logos.filter(appearance__in=set(before) - set(after)).delete()
    for appearance in changed:
        if logo := made[appearance]:
            facts = {"picture": logo.png, "digest": logo.digest, "width": logo.width, "height": logo.height}
            facts["luminance"] = logo.luminance
            identity.logos.update_or_create(appearance=appearance, defaults=facts)
    return [f"logo_{appearance}" for appearance in changed]


def _made(appearance: str, data: bytes | None) -> Logo | None:
    if appearance not in SiteLogo.Appearance.values:
        raise ValueError(f"There is no paper called {appearance!r}.")
    try:
        return None if data is None else made_logo(data)
    except UnusableLogoError as error:
        raise ValidationError({f"logo_{appearance}": str(error)}) from error
