"""Start-up checks: configuration mistakes, each with an id and a hint."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def rich_text_editor_is_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    from articles.richtext import WIDGETS

    if settings.RICH_TEXT_EDITOR in WIDGETS:
        return []
    return [
        Error(
            f"RICH_TEXT_EDITOR is {settings.RICH_TEXT_EDITOR!r}, which is no known editor.",
            hint=f"Use one of: {', '.join(WIDGETS)}.",
            id="articles.E001",
        )
    ]


@register()
def time_zone_is_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        ZoneInfo(settings.TIME_ZONE)
    except (KeyError, ValueError, OSError):
        return [
            Error(
                f"TIME_ZONE is {settings.TIME_ZONE!r}, which this machine does not know.",
                hint="Use a name from the tz database, such as Asia/Shanghai.",
                id="articles.E002",
            )
        ]
    return []


@register()
def uploader_is_not_installed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if "ckeditor_uploader" not in settings.INSTALLED_APPS:
        return []
    return [
        Error(
            "ckeditor_uploader is installed: it accepts any file from any staff user.",
            hint="Remove it from INSTALLED_APPS; SECURITY.md says why.",
            id="articles.E003",
        )
    ]


@register()
def preflight_names_are_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    from articles.preflight import CHECKS

    known = [check.name for check in CHECKS]
    return [
        Error(
            f"{setting} names {name!r}, which is no check before publishing.",
            hint=f"Use any of: {', '.join(known)}.",
            id="articles.E005",
        )
        for setting in ("PREFLIGHT_OFF", "PREFLIGHT_WARN_ONLY")
        for name in getattr(settings, setting)
        if name not in known
    ]
