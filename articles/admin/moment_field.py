"""Moments as people type them: in the newsroom's zone, in years that every database and zone can hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import moments, timeline


def has_usable_year(moment: datetime) -> None:
    """Refuse years so near the ends of the calendar that another zone's clock would leave it."""
    if not 1900 <= moment.year <= 9000:
        raise ValidationError(gettext_lazy("Give a year between 1900 and 9000."))


class TypedMoment(str):
    """A local time as it was typed. `which` says, of a time that clocks show twice, "0" the first or "1" the second."""

    __slots__ = ("which",)


class MomentInput(forms.DateTimeInput):
    """Asks, beside the time, which of two is meant where clocks show it twice."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedMoment | None:
        typed = self.typed(data, name)
        if typed is None:
            return None
        value = TypedMoment(typed)
        value.which = data.get(f"{name}_which", "")
        return value

    def typed(self, data: Mapping[str, Any], name: str) -> str | None:
        """The time among what was posted."""
        return data.get(name)

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        possible = _moments(value)
        if len(possible) < 2:
            return field
        words = (_("first {} (UTC{})"), _("second {} (UTC{})"))
        choices = format_html_join(
            "",
            '<label><input type="radio" name="{}_which" value="{}"{}> {}</label> ',
            (
                (
                    name,
                    number,
                    " checked" if getattr(value, "which", "") == str(number) else "",
                    word.format(*_clock_and_offset(moment)),
                )
                for number, (word, moment) in enumerate(zip(words, possible, strict=True))
            ),
        )
        question = _("Which one is meant?")
        return format_html(
            '{}<div class="which-moment" role="radiogroup" aria-label="{}">{}</div>', field, question, choices
        )


class RescheduleInput(MomentInput):
    """The time beside the pressed button, of those that stand at every planned line under one name."""

    def typed(self, data: Mapping[str, Any], name: str) -> str | None:
        if "_reschedule" not in data:
            # The others hold what is planned already, which is nobody's question.
            return None
        times = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        plans = data.getlist("reschedule_of") if hasattr(data, "getlist") else []
        if len(plans) == len(times) and data["_reschedule"] in plans:
            return times[plans.index(data["_reschedule"])]
        return times[-1] if times else None


class MomentField(forms.DateTimeField):
    """A moment typed as local time of the newsroom's zone; its value is in UTC."""

    # Its zone is shown beside it.
    is_moment = True
    default_validators = [has_usable_year]

    def __init__(self, label: Any, widget: MomentInput | None = None) -> None:
        super().__init__(label=label, required=False, widget=widget or MomentInput())

    @property
    def zone(self) -> str:
        return moments.zone_name()

    def to_python(self, value: Any) -> datetime | None:
        """Raises ValidationError also for a time that clocks skip, and for one they show twice until one is chosen."""
        if value in self.empty_values:
            return None
        local = self._read(value)
        if local.tzinfo is not None:
            return local
        has_usable_year(local)
        possible = timeline.local_moments(local, moments.zone())
        shown = {"time": f"{local:%H:%M}", "zone": self.zone}
        if not possible:
            valid = timeline.first_after_gap(local, moments.zone())
            words = _("In %(zone)s clocks skip %(time)s that day. The next valid time is %(valid)s.")
            raise ValidationError(words % {**shown, "valid": f"{valid:%Y-%m-%d %H:%M}"}, code="skipped")
        if len(possible) == 1:
            return possible[0]
        which = getattr(value, "which", "")
        if which not in ("0", "1"):
            words = _("In %(zone)s clocks show %(time)s twice that day. Choose which one is meant.")
            raise ValidationError(words % shown, code="ambiguous")
        return possible[int(which)]

    def _read(self, value: str) -> datetime:
        try:
            found = parse_datetime(value.strip())
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        # As Django reads it, but for the zone.
        return found or super(forms.DateTimeField, self).to_python(value)


def _moments(value: Any) -> list[datetime]:
    """The moments that a typed time can mean; none for what is no time, or a moment already."""
    try:
        local = parse_datetime(value.strip()) if isinstance(value, str) else None
        if local is None or local.tzinfo is not None:
            return []
        has_usable_year(local)
    except (ValueError, ValidationError):
        return []
    return timeline.local_moments(local, moments.zone())


def _clock_and_offset(moment: datetime) -> tuple[str, str]:
    """What the clock shows, and the offset as "+2" or "-3:30"."""
    local = moments.local(moment)
    minutes = int(local.utcoffset().total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"{local:%H:%M}", f"{sign}{hours}{f':{rest:02}' if rest else ''}"
