"""What Chinese text needs and general tools get wrong: counting, reading time, slugs, punctuation, search tokens.

Plain text in, values out; nothing here knows HTML, the database or the clock.
"""

from .characters import is_han
from .counting import count_characters, reading_minutes
from .folding import bigrams, comparison_key, to_simplified
from .initials import initial_pairs, initials, initials_pattern, typed_initials
from .pinyin import remove_left_pinyin
from .punctuation import strip_indent, widen_punctuation
from .slugs import slug_for

__all__ = [
    "bigrams",
    "comparison_key",
    "count_characters",
    "initial_pairs",
    "initials",
    "initials_pattern",
    "is_han",
    "reading_minutes",
    "remove_left_pinyin",
    "slug_for",
    "strip_indent",
    "to_simplified",
    "typed_initials",
    "widen_punctuation",
]
