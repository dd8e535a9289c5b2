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
from articles.actions.list_times import When
from articles.admin.moment_field import MomentField, MomentInput, TypedMoment
from articles.html import storable
from articles.lists.content import EARLIEST, LATEST

# The times of an edition when its form was opened.
TIMES_BEFORE = ("was_kind", "was_start", "was_end")


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


def is_as_shown(typed: TypedMoment, moment: datetime) -> bool:
    """Whether the field of `moment` was left as it showed it."""
    shown = typed_moment(moment)
    return (typed, getattr(typed, "which", "")) == (shown, shown.which)


def hidden_times(times: When) -> dict[str, str]:
    """The times of an edition for fields that nobody sees, by name."""
    kind = "special" if times.special else "standing"
    values = (kind, *(moment.isoformat() if moment else "" for moment in (times.start, times.end)))
    return dict(zip(TIMES_BEFORE, values, strict=True))


def read_hidden_times(typed: Mapping[str, str]) -> When | None:
    """What `hidden_times` wrote; None for anything else."""
    kind, *texts = (typed[name] for name in TIMES_BEFORE)
    try:
        start, end = (datetime.fromisoformat(text) if text else None for text in texts)
    except ValueError:
        return None
    if kind not in ("standing", "special") or not all(_is_exact(moment) for moment in (start, end) if moment):
        return None
    return When(start=start, end=end, special=kind == "special")


def _is_exact(moment: datetime) -> bool:
    return moment.tzinfo is not None and EARLIEST <= moment < LATEST


def moment_input(name: str, typed: str, *, label: Any, described_by: str = "", disabled: bool = False) -> SafeString:
    """The field for a moment."""
    attrs = {"id": f"id_{name}", "aria-label": label, "step": "any", "disabled": disabled}
    if described_by:
        attrs |= {"aria-invalid": "true", "aria-describedby": described_by}
    return MomentInput().render(name, typed, attrs)
