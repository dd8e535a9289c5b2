"""Contrast of colours, as WCAG 2.2 measures it, and the papers that the colours of a newsroom stand on."""

from __future__ import annotations

# The grounds of pages, light and dark: --paper and --paper-sunk of static/articles/site/tokens.css.
PAPERS = {"light": ("#fcfbf8", "#f3f1eb"), "dark": ("#161615", "#21201e")}
# And the ink on them: --ink.
INKS = {"light": "#1b1a18", "dark": "#e7e4dd"}

# What text of any size needs: https://www.w3.org/TR/WCAG22/#contrast-minimum.
READABLE = 4.5
# And a picture that says something, such as a logo: https://www.w3.org/TR/WCAG22/#non-text-contrast.
VISIBLE = 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours such as "#a3191e": from 1 (the same) to 21 (black on white).

    https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. Raises ValueError for what is no colour in six digits.
    """
    return _ratio(_luminance(one), _luminance(other))


def contrast_on_paper(colour: str, appearance: str) -> float:
    """The lowest contrast of `colour` with the grounds of pages in `appearance` ("light" or "dark").

    Raises ValueError for what is no colour in six digits.
    """
    return min(contrast(colour, paper) for paper in PAPERS[appearance])


def is_visible(luminance: float, appearance: str) -> bool:
    """Whether a picture of the relative luminance `luminance` (0 to 1) stands out from both grounds of `appearance`."""
    return all(_ratio(luminance, _luminance(paper)) >= VISIBLE for paper in PAPERS[appearance])


def relative_luminance(red: int, green: int, blue: int) -> float:
    """How light a colour of the web is, from 0 (black) to 1 (white); each part from 0 to 255.

    https://www.w3.org/TR/WCAG22/#dfn-relative-luminance.
    """
    return 0.2126 * _linear(red / 255) + 0.7152 * _linear(green / 255) + 0.0722 * _linear(blue / 255)


def in_figures(ratio: float) -> str:
    """A contrast ratio as people write it, such as "4.4": cut and not rounded, so that 4.49 does not pass for 4.5."""
    return f"{int(ratio * 10) / 10:.1f}"


def _luminance(colour: str) -> float:
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"{colour!r} is no colour such as #a3191e.")
    return relative_luminance(*(int(colour[place : place + 2], 16) for place in (1, 3, 5)))


def _ratio(one: float, other: float) -> float:
    lighter, darker = sorted((one, other), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
