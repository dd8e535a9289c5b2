"""Moments as the newsroom's clock shows them: in its zone, whatever zone is active, and with the zone named."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What people call a zone; every other zone is given as its offset from UTC.
_NAMES = {"Asia/Shanghai": gettext_lazy("Beijing time")}


def zone() -> ZoneInfo:
    """The newsroom's zone."""
    return ZoneInfo(settings.TIME_ZONE)


def local(moment: datetime) -> datetime:
    """An aware datetime in the newsroom's zone."""
    return moment.astimezone(zone())


def zone_name(moment: datetime | None = None) -> str:
    """What the newsroom's zone is called at a moment (its offset changes over the year), or always, for a heading."""
    if settings.TIME_ZONE in _NAMES:
        return str(_NAMES[settings.TIME_ZONE])
    return f"UTC{local(moment).isoformat(timespec='seconds')[-6:]}" if moment else settings.TIME_ZONE


def in_words(moment: datetime) -> str:
    """Date, time and zone in full, in the active language."""
    # Translators: a date and time in full, in the format of Django's date filter.
    text = format_date(local(moment), _("j F Y, H:i"))
    return f"{text} {zone_name(moment)}"


def in_brief(moment: datetime, at: datetime) -> str:
    """Day and time for a line read at `at`, with the year where it is another; the zone stands elsewhere."""
    shown = local(moment)
    if shown.year == local(at).year:
        # Translators: day, month and time in a list, in the format of Django's date filter.
        return format_date(shown, _("j M, H:i"))
    # Translators: day, month, year and time in a list, in the format of Django's date filter.
    return format_date(shown, _("j M Y, H:i"))
