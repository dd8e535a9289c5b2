"""The colours of the stylesheet can be read, in light and in dark, and it stays light itself."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from articles.appearance import Look, contrast, stylesheet
from articles.appearance.stylesheet import PARTS
from articles.models.site_identity import ACCENT, ACCENT_ON_DARK

FILES = Path(settings.BASE_DIR) / "static/articles/site"
TOKENS = (FILES / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rules))
    for rules in TOKENS.split("@media screen and (prefers-color-scheme: dark)")
)
HEAVIEST = 9_000

# Text on what it stands on, where the stylesheet puts it: WCAG 2.2, 1.4.3.
TEXT = [
    ("ink", "paper"),
    ("ink", "paper-sunk"),
    ("ink", "mark"),
    ("ink-quiet", "paper"),
    ("ink-quiet", "paper-sunk"),
    ("accent", "paper"),
    ("accent", "paper-sunk"),
    ("paper", "ink"),
]
# Edges of fields and buttons, the outline of what has the focus: 1.4.11.
EDGES = [("edge", "paper"), ("edge", "paper-sunk"), ("accent", "paper"), ("accent", "paper-sunk"), ("accent", "mark")]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_edges_have_contrast(tokens):
    """4.5 to 1 for text, 3 to 1 for edges, in both themes."""
    faint = {
        f"{one} on {other}": round(contrast(tokens[one], tokens[other]), 2)
        for least, pairs in ((4.5, TEXT), (3, EDGES))
        for one, other in pairs
        if contrast(tokens[one], tokens[other]) < least
    }
    assert faint == {}


def test_dark_has_every_colour_of_its_own():
    """A colour of light paper never stands on dark paper by oversight."""
    assert set(DARK) == set(LIGHT)


def test_accent_of_the_tokens_is_the_default_of_the_admin():
    """Otherwise a page without a database would look like another site."""
    assert (LIGHT["accent"], DARK["accent"]) == (ACCENT, ACCENT_ON_DARK)


def test_colours_stand_in_the_tokens_only():
    """One place to change one; white is for the paper of print and of the QR code, which scanners want so."""
    for part in PARTS:
        if part != "tokens":
            text = re.sub(r"/\*.*?\*/", "", (FILES / f"{part}.css").read_text(encoding="utf-8"), flags=re.DOTALL)
            assert set(re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", text)) <= {"#fff"}, part


def test_tokens_are_defined_and_used():
    """No property is read that nobody sets, and none is set that nobody reads."""
    text = "\n".join((FILES / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    time_machine = (FILES.parent / "time_machine.css").read_text(encoding="utf-8")
    made, read = set(re.findall(r"(--[\w-]+):", text)), set(re.findall(r"var\((--[\w-]+)", text))
    assert read - made == set()
    assert made - read - set(re.findall(r"var\((--[\w-]+)", time_machine)) == set()


def test_stylesheet_is_light_and_its_parts_are_short():
    """What every first visit loads, compressed; and no part that cannot be read in one go."""
    made = stylesheet(Look(accent=ACCENT, accent_on_dark=ACCENT_ON_DARK)).text
    assert len(gzip.compress(made.encode(), mtime=0)) <= HEAVIEST
    lengths = {part: len((FILES / f"{part}.css").read_text(encoding="utf-8").splitlines()) for part in PARTS}
    assert {part: lines for part, lines in lengths.items() if lines > 300} == {}


def test_no_selector_is_written_twice_in_one_place():
    """Rules for one thing stand together: no selector opens two blocks of the same part under the same condition."""
    for part in PARTS:
        text = re.sub(r"/\*.*?\*/", "", (FILES / f"{part}.css").read_text(encoding="utf-8"), flags=re.DOTALL)
        seen: set[tuple[str, str]] = set()
        condition = ""
        for line in re.split(r"(?<=[{}])", text):
            opening = " ".join(line.removesuffix("{").split())
            if line.endswith("{") and opening.startswith("@"):
                condition = opening
            elif line.endswith("{"):
                assert (condition, opening) not in seen, f"{part}: {opening}"
                seen.add((condition, opening))
            elif not opening.removesuffix("}"):
                condition = ""
