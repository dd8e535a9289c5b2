"""How the public pages look: the one stylesheet, and colours that can be read. Knows no database."""

from .colours import contrast
from .stylesheet import Look, Stylesheet, stylesheet

__all__ = ["Look", "Stylesheet", "contrast", "stylesheet"]
