"""Whether the numbers that headlines and figures lines boast of stand in the text as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.chinese.numerals import GREAT_UNITS
from articles.content import StoryContent
from articles.html import plain_text
from articles.preflight.facts import Facts
from articles.preflight.findings import Problem
from articles.preflight.places import subsections
from articles.preflight.quantities import Quantity, quantities

# The head of a table or its caption: 金额（万元）, 单位：亿元. The cells below leave the unit out.
_UNIT_OF_CELLS = re.compile(f"[（(：:]([{''.join(GREAT_UNITS)}])")

# No story has as many; a list of millions must not keep the desk waiting.
_MOST_NUMBERS = 20_000


def numbers_agree(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    """Headlines and figures lines with all the text: a figures line may sum up what another subsection tells."""
    texts = [plain_text(text) for text in (content.opening, *(part.body for part in content.subsections))]
    said = list(islice((quantity for text in texts for quantity in _said(text)), _MOST_NUMBERS))
    boasts = [("headline", content.headline), ("short_headline", content.short_headline)]
    boasts += [(f"{place}:figures", part.figures) for place, part in subsections(content)]
    for place, text in boasts:
        claims = (quantity for quantity in quantities(text) if quantity.is_claim)
        missing = dict.fromkeys(claim.written for claim in claims if not _is_said(claim, said))
        if missing:
            yield Problem(place, format_lazy(_("The text does not say: {numbers}"), numbers=", ".join(missing)))


def _said(text: str) -> Iterator[Quantity]:
    units = {GREAT_UNITS[unit] for unit in _UNIT_OF_CELLS.findall(text)}
    for quantity in quantities(text):
        yield quantity
        if quantity.is_bare:
            yield from (replace(quantity, value=quantity.value * unit) for unit in units)


def _is_said(claim: Quantity, said: Iterable[Quantity]) -> bool:
    """Whether one of the numbers is the one claimed, as far as both are rounded.

    近三万 claims 29058, and 2.4万 claims 24310, but 24310 claims nothing else. 超八成 claims 85.6%; 九十多个 says 93个.
    """
    return any(
        claim.is_share == other.is_share
        and (
            claim.value == other.value
            or abs(claim.value - other.value) < claim.rounding
            or (claim.ceiling and claim.value <= other.value < claim.ceiling)
            or (other.ceiling and other.counts == claim.counts and other.value <= claim.value < other.ceiling)
        )
        for other in said
    )
