"""Whether everything is there, at an advised length."""

from __future__ import annotations

import pytest

from tests.preflight.complete import found, story, subsection


def test_headline_is_asked_for():
    assert found("headline", story()) == []
    assert found("headline", story(headline=" ")) == [("headline", "The headline is missing.")]


def test_headline_length_counts_characters():
    """Thirty are advised; a run of digits or letters counts as one, as everywhere in the house."""
    assert found("headline_length", story(headline="好" * 28 + "2026年")) == []
    assert found("headline_length", story(headline="好" * 34)) == [
        ("headline", "The headline has 34 characters; at most 30 are advised.")
    ]


def test_short_headline_has_a_length_of_its_own():
    assert found("headline_length", story(short_headline="好" * 14)) == []
    assert found("headline_length", story(short_headline="好" * 15)) == [
        ("short_headline", "The short headline has 15 characters; at most 14 are advised.")
    ]


def test_summary_is_asked_for():
    assert found("summary", story()) == []
    assert found("summary", story(summary="")) == [("summary", "The summary is missing.")]


def test_summary_length_counts_characters():
    assert found("summary_length", story(summary="好" * 120)) == []
    assert found("summary_length", story(summary="好" * 121)) == [
        ("summary", "The summary has 121 characters; at most 120 are advised.")
    ]


@pytest.mark.parametrize(
    ("place", "check", "advised", "called"),
    [
        ("headline", "headline_length", 12, "headline"),
        ("short_headline", "headline_length", 6, "short headline"),
        ("summary", "summary_length", 40, "summary"),
    ],
)
@pytest.mark.parametrize("language", ["en", "en-gb"])
def test_english_is_counted_in_words(place, check, advised, called, language):
    """Fewer of them fit than characters."""
    assert found(check, story(language=language, **{place: "word " * advised})) == []
    words = f"The {called} has {advised + 1} words; at most {advised} are advised."
    assert found(check, story(language=language, **{place: "word " * (advised + 1)})) == [(place, words)]


def test_section_is_asked_for():
    assert found("section", story()) == []
    assert found("section", story(section=None)) == [("section", "No section is chosen.")]


def test_text_may_stand_in_a_subsection_alone():
    assert found("text", story(opening="")) == []


@pytest.mark.parametrize("opening", ["", "<p>&nbsp;</p>", "<p><br></p>"])
def test_story_of_headings_alone_has_no_text(opening):
    """An editor's empty paragraph is no text."""
    assert found("text", story(opening=opening, subsections=(subsection(body=""),))) == [
        ("opening", "The story has no text.")
    ]


def test_subsections_need_heading_and_body():
    """The place names the subsection by the key it keeps wherever it is moved."""
    parts = (subsection(key="a1"), subsection(key="b2", heading=""), subsection(key="c3", body=""))
    assert found("subsections", story(subsections=parts)) == [
        ("subsection:b2:heading", "Subsection 2 has no heading."),
        ("subsection:c3:body", "Subsection 3 has no text."),
    ]


def test_subsection_without_a_key_is_named_by_its_place():
    """One that was never saved has no key yet."""
    parts = (subsection(key=""), subsection(key="", heading=""))
    assert [place for place, _said in found("subsections", story(subsections=parts))] == ["subsection:#2:heading"]
