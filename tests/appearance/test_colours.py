"""Contrast as WCAG measures it, on the papers that the stylesheet really has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from articles.appearance import INKS, PAPERS, READABLE, contrast, contrast_on_paper, in_figures, is_visible

TOKENS = Path(__file__).parents[2] / "static/articles/site/tokens.css"


def tokens(appearance: str) -> dict[str, str]:
    """The colours of the tokens: those of the first block, and for the dark those of its media query."""
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text("utf-8"), flags=re.DOTALL)
    light, _query, dark = text.partition("(prefers-color-scheme: dark)")
    part = light if appearance == "light" else dark
    found: dict[str, str] = {}
    for name, value in re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", part):
        found.setdefault(name, value)
    return found


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_papers_are_those_of_the_stylesheet(appearance):
    """A colour that was measured on another ground would not be readable for sure."""
    known = tokens(appearance)
    assert PAPERS[appearance] == (known["paper"], known["paper-sunk"])
    assert INKS[appearance] == known["ink"]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#ffffff", "#000000", 21), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54), ("#abcdef", "#abcdef", 1)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    """Known pairs, whichever comes first."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_contrast_on_paper_is_the_lowest():
    """Text in the accent colour stands on the sunk paper of the foot as well."""
    assert contrast_on_paper("#a3191e", "light") == contrast("#a3191e", PAPERS["light"][1])
    assert contrast_on_paper("#ff8f7d", "dark") == contrast("#ff8f7d", PAPERS["dark"][1])


def test_colours_the_site_comes_with_can_be_read():
    assert contrast_on_paper("#a3191e", "light") >= READABLE
    assert contrast_on_paper("#ff8f7d", "dark") >= READABLE


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#12345", "#1234567", "a3191e#", "#gggggg"])
def test_what_is_no_colour_has_no_contrast(colour):
    with pytest.raises(ValueError, match=r"colour|invalid literal"):
        contrast_on_paper(colour, "light")


def test_figures_are_cut_and_not_rounded():
    """4.49 is too little, and is not said to be 4.5."""
    assert [in_figures(ratio) for ratio in (4.49, 4.5, 21, 7.06)] == ["4.4", "4.5", "21.0", "7.0"]


@pytest.mark.parametrize(
    ("luminance", "light", "dark"),
    [(0, True, False), (0.08, True, False), (0.2, True, True), (0.4, False, True), (1, False, True)],
)
def test_picture_stands_out_from_three_to_one(luminance, light, dark):
    """No picture is lost on both papers."""
    assert (is_visible(luminance, "light"), is_visible(luminance, "dark")) == (light, dark)
