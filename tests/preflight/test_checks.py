"""The engine: order, levels, and the settings that switch checks off."""

from __future__ import annotations

import json
from pathlib import Path

from django.utils import translation

from articles.preflight import BLOCKING, CHECKS, WARNING, Finding
from tests.preflight.complete import facts, findings, story

FLAWED = {"headline": "松岭县新开两趟务工专车，，", "summary": "", "section": None}


def test_complete_story_passes_every_check():
    """Whatever the other tests find comes from what they spoil."""
    assert findings(story()) == ()


def test_blocking_findings_come_first():
    """What keeps the story from going live stands above advice, whatever the order of the checks."""
    levels = [finding.level for finding in findings(story(**FLAWED))]
    assert levels == [BLOCKING, BLOCKING, WARNING]


def test_check_that_is_off_finds_nothing():
    assert {finding.check for finding in findings(story(**FLAWED), off={"summary"})} == {"section", "doubled"}


def test_check_that_only_warns_does_not_block():
    """It still says what it finds."""
    found = findings(story(**FLAWED), warn_only={"summary", "section"})
    assert {finding.check: finding.level for finding in found} == {
        "summary": WARNING,
        "section": WARNING,
        "doubled": WARNING,
    }


def test_unknown_names_in_settings_change_nothing():
    assert findings(story(**FLAWED), off={"nonsense"}) == findings(story(**FLAWED))


def test_checks_have_names_of_their_own_and_say_what_they_ask():
    """Names are words for settings, so none may be taken twice."""
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and name.islower() for name in names)
    with translation.override("en"):
        assert all(str(check.says).endswith(".") for check in CHECKS)


def test_finding_survives_json():
    """A scheduled publication keeps what was found, and gives it back."""
    finding = findings(story(section=None))[0]
    assert Finding.from_json(json.loads(json.dumps(finding.to_json()))) == finding


def test_hostile_text_raises_nothing():
    """Braces, control characters and half a tag are text like any other."""
    nasty = "{0} {headline} %s \0 \ud800 <a href='[::'>“”“（）） ½² 一一〇百分之点"
    content = story(headline=nasty, summary=nasty, opening=f'<a href="http://[bad">{nasty}</a>')
    assert all(str(finding.message) for finding in findings(content, facts(links={})))


def test_every_check_is_documented_with_its_level():
    """Its name is a word for settings, so people have to find it."""
    document = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    words = {BLOCKING: "blocks", WARNING: "warns"}
    assert [check.name for check in CHECKS if f"| `{check.name}` | {words[check.level]} |" not in document] == []
