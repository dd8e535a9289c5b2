"""Numbers and moments as they are typed into the edition form, and as it shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import moments, timeline
from articles.admin.moment_field import MomentField, MomentInput, TypedMoment
from articles.html import storable


def whole_number(text: str) -> int | None:
    """The number that was typed, in full-width digits too; None for nothing. Raises ValidationError."""
    text = normalize("NFKC", text).strip()
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValidationError(_("Give a whole number."))
    return int(text)


def typed_moment(moment: datetime | None) -> TypedMoment:
    """A moment as its field shows it, with the choice between two where clocks show it twice."""
    if moment is None:
        return TypedMoment("")
    local = moments.local(moment).replace(tzinfo=None, fold=0)
    shown = TypedMoment(local.isoformat(timespec="seconds" if local.second else "minutes"))
    possible = timeline.local_moments(local, moments.zone())
    shown.which = str(possible.index(moment)) if len(possible) > 1 and moment in possible else ""
    return shown


def posted_moment(post: Mapping[str, Any], name: str) -> TypedMoment:
    """A moment as it was typed."""
    typed = TypedMoment(storable(post.get(name, "")).strip())
    typed.which = post.get(f"{name}_which", "")
    return typed


def read_moment(typed: str) -> datetime | None:
    """The moment that was typed, in UTC. Raises ValidationError."""
    return MomentField("").clean(typed)


def moment_input(name: str, typed: str, *, label: Any, described_by: str = "", disabled: bool = False) -> SafeString:
    """The field for a moment."""
    attrs = {"id": f"id_{name}", "aria-label": label, "step": "any", "disabled": disabled}
    if described_by:
        attrs |= {"aria-invalid": "true", "aria-describedby": described_by}
    return MomentInput().render(name, typed, attrs)
