"""How the public pages look: the one stylesheet, and colours that can be read. Knows no database."""

from .colours import INKS, PAPERS, READABLE, contrast, contrast_on_paper, in_figures, is_visible
from .stylesheet import PARTS, Look, Stylesheet, stylesheet

__all__ = [
    "INKS",
    "PAPERS",
    "PARTS",
    "READABLE",
    "Look",
    "Stylesheet",
    "contrast",
    "contrast_on_paper",
    "in_figures",
    "is_visible",
    "stylesheet",
]
