"""The masthead as the form of the site's identity shows it: on light and on dark paper, in the colours typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from articles.appearance import INKS, PAPERS, READABLE, contrast_on_paper, in_figures
from articles.models import SiteLogo
from articles.models.site_identity import ACCENT, ACCENT_ON_DARK
from articles.views.furniture import logo_path

# Pixels of the picture that a logo has room in.
_LOGO_BOX = (280, 40)

_COLOUR = re.compile("#[0-9a-f]{6}")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One appearance of the masthead. `logo` is its address, "" for none; `colour_field` the name of the form's field.

    `grounds` are all colours that the accent stands on, with a blank between them.
    """

    appearance: str
    label: str
    paper: str
    grounds: str
    ink: str
    accent: str
    colour_field: str
    name: str
    contrast: str
    is_readable: bool
    logo: str
    logo_width: int
    logo_height: int
    logo_is_seen: bool

    @property
    def unseen_words(self) -> str:
        return unseen_logo(self.appearance)


def papers(typed: Callable[[str], str], logos: Sequence[SiteLogo]) -> list[Paper]:
    """Both appearances, with what `typed(field)` says of the fields and the stored `logos`."""
    by_appearance = {logo.appearance: logo for logo in logos}
    made = []
    for appearance, field, fallback in (("light", "accent", ACCENT), ("dark", "accent_on_dark", ACCENT_ON_DARK)):
        colour = typed(field).strip().lower()
        accent = colour if _COLOUR.fullmatch(colour) else fallback
        logo = by_appearance.get(appearance) or by_appearance.get("light")
        width, height = _fitted(logo)
        ratio = contrast_on_paper(accent, appearance)
        made.append(
            Paper(
                appearance=appearance,
                label=_("On light paper") if appearance == "light" else _("On dark paper"),
                paper=PAPERS[appearance][0],
                grounds=" ".join(PAPERS[appearance]),
                ink=INKS[appearance],
                accent=accent,
                colour_field=field,
                name=typed("name").strip() or settings.SITE_NAME,
                contrast=in_figures(ratio),
                is_readable=ratio >= READABLE,
                logo=logo_path(logo) if logo else "",
                logo_width=width,
                logo_height=height,
                logo_is_seen=logo is None or logo.is_visible_on(appearance),
            )
        )
    return made


def unseen_logo(appearance: str) -> str:
    """What to say of a logo that would hardly be seen on light or dark paper."""
    if appearance == "dark":
        return _(
            "The logo is too dark for dark paper: there it stands on a light ground. "
            "A logo of its own on dark paper looks better."
        )
    return _(
        "The logo is too pale for light paper: there it stands on a dark ground. "
        "A darker logo on light paper looks better."
    )


def _fitted(logo: SiteLogo | None) -> tuple[int, int]:
    if logo is None:
        return _LOGO_BOX
    scale = min(_LOGO_BOX[0] / logo.width, _LOGO_BOX[1] / logo.height)
    return max(round(logo.width * scale), 1), max(round(logo.height * scale), 1)
