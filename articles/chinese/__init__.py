"""What Chinese text needs and general tools get wrong: counting, reading time, slugs, punctuation, search tokens.

Plain text in, values out; nothing here knows HTML, the database or the clock.
"""

from .characters import is_han
from .counting import count_characters, reading_minutes
from .excerpts import Run, marked, snippet
from .folding import bigrams, comparison_key, to_simplified
from .initials import initial_pairs, initials, initials_pattern, typed_initials
from .language import is_chinese, language_of_text
from .pinyin import reading_order, remove_left_pinyin
from .punctuation import strip_indent, widen_punctuation
from .slugs import slug_for
from .traditional import to_traditional
from .truncation import CHINESE_ELLIPSIS, ELLIPSIS, shortened

__all__ = [
    "CHINESE_ELLIPSIS",
    "ELLIPSIS",
    "Run",
    "bigrams",
    "comparison_key",
    "count_characters",
    "initial_pairs",
    "initials",
    "initials_pattern",
    "is_chinese",
    "is_han",
    "language_of_text",
    "marked",
    "reading_minutes",
    "reading_order",
    "remove_left_pinyin",
    "shortened",
    "slug_for",
    "snippet",
    "strip_indent",
    "to_simplified",
    "to_traditional",
    "typed_initials",
    "widen_punctuation",
]
