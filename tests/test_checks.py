"""Start-up checks: each mistake has its id and a hint, and the project itself has none."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from articles import checks


@pytest.mark.django_db
def test_project_passes_its_own_checks():
    assert not [found for found in run_checks() if found.id.startswith("articles.")]


@pytest.mark.parametrize(
    ("check", "name", "value", "expected"),
    [
        (checks.rich_text_editor_is_known, "RICH_TEXT_EDITOR", "word", "articles.E001"),
        (checks.rich_text_editor_is_known, "RICH_TEXT_EDITOR", "", "articles.E001"),
        (checks.uploader_is_not_installed, "INSTALLED_APPS", ["ckeditor", "ckeditor_uploader"], "articles.E003"),
    ],
)
def test_mistake_is_named_with_a_hint(monkeypatch, check, name, value, expected):
    # Not the settings fixture: it would act on the change (load the app) before the check could see it.
    monkeypatch.setattr(checks, "settings", type("Settings", (), {name: value}))
    (found,) = check(None)
    assert (found.id, found.level) == (expected, 40)
    assert found.hint
    assert value in found.msg if isinstance(value, str) else True


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Asia"])
def test_zone_that_is_none_is_named(monkeypatch, zone):
    monkeypatch.setattr(checks, "settings", type("Settings", (), {"TIME_ZONE": zone}))
    (found,) = checks.time_zone_is_known(None)
    assert found.id == "articles.E002"
    assert "Asia/Shanghai" in found.hint


@pytest.mark.parametrize("setting", ["PREFLIGHT_OFF", "PREFLIGHT_WARN_ONLY"])
def test_preflight_check_that_does_not_exist_is_named(monkeypatch, setting):
    """A misspelt name would switch nothing off, unnoticed."""
    values = {"PREFLIGHT_OFF": ["summary"], "PREFLIGHT_WARN_ONLY": ["numbers"], setting: ["summary", "sumary"]}
    monkeypatch.setattr(checks, "settings", type("Settings", (), values))
    (found,) = checks.preflight_names_are_known(None)
    assert found.id == "articles.E005"
    assert setting in found.msg
    assert "'sumary'" in found.msg
    assert "summary" in found.hint
