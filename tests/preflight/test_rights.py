"""Sources: reprints, licences, notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.preflight.complete import AGENCY, facts, found, story

ORIGINAL = {
    "original_title": "岷江涨水",
    "original_author": "李梅",
    "original_url": "https://example.org/1",
}


def test_source_is_asked_for():
    assert found("source", story()) == []
    assert found("source", story(source=None), facts(source=None)) == [("source", "The source is missing.")]


def test_own_story_names_no_original():
    assert found("reprint", story(byline=())) == []


def test_reprint_with_all_it_owes_passes():
    assert found("reprint", story(**ORIGINAL), facts(source=AGENCY)) == []


def test_story_of_another_source_is_a_reprint():
    """It owes its readers title, author and address of the original, and a responsible editor."""
    assert [place for place, _said in found("reprint", story(byline=()), facts(source=AGENCY))] == [
        "original_title",
        "original_author",
        "original_url",
        "byline",
    ]


@pytest.mark.parametrize("name", ORIGINAL)
def test_story_that_names_an_original_is_a_reprint_whatever_its_source(name):
    """One field of the original asks for the others."""
    missing = {place for place, _said in found("reprint", story(**{name: ORIGINAL[name]}))}
    assert missing == set(ORIGINAL) - {name}


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 15), date(2026, 3, 31)])
def test_first_and_last_day_belong_to_a_licence(day):
    terms = replace(AGENCY, allowed_from=date(2026, 3, 1), allowed_until=date(2026, 3, 31))
    assert found("licence", story(), facts(source=terms, day=day)) == []


def test_licence_that_has_not_begun_blocks():
    terms = replace(AGENCY, allowed_from=date(2026, 3, 3))
    assert found("licence", story(), facts(source=terms, day=date(2026, 3, 2))) == [
        ("source", "岷江通讯社 may be used from 2026-03-03 on; the story would go live on 2026-03-02.")
    ]


def test_licence_that_has_ended_blocks():
    terms = replace(AGENCY, allowed_until=date(2026, 3, 1))
    assert found("licence", story(), facts(source=terms, day=date(2026, 3, 2))) == [
        ("source", "岷江通讯社 may be used until 2026-03-01; the story would go live on 2026-03-02.")
    ]


def test_source_without_dates_may_always_be_used():
    assert found("licence", story(), facts(source=AGENCY)) == []


def test_notice_has_to_be_in_force():
    assert found("notice", story(), facts(notice_in_force=True)) == []
    assert found("notice", story(), facts(notice_in_force=False)) == [
        ("source", "No copyright notice of 川西观察 is in force on 2026-03-02.")
    ]


def test_story_without_a_source_is_told_of_that_alone():
    """A notice or licence of nobody is no second thing to mend."""
    nobody = facts(source=None, notice_in_force=False)
    assert found("notice", story(source=None), nobody) == found("licence", story(source=None), nobody) == []
