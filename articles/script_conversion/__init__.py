"""A page in simplified Chinese as one in traditional characters: its text, and what machines read of it.

HTML in, HTML out: the same elements in the same order, nothing of the source changed. No database, no clock.
"""

from .languages import TRADITIONAL, is_convertible, is_half_converted
from .page import language_of, traditional_page

__all__ = ["TRADITIONAL", "is_convertible", "is_half_converted", "language_of", "traditional_page"]
