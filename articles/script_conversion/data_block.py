"""Structured data (JSON-LD) of a page: the words in it are converted, addresses and codes stay."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from articles.structured_data import json_script

from .languages import TRADITIONAL, is_convertible

# No words: what a value is, where it leads, and what machines compare.
_CODES = re.compile(
    r"@(?:context|type|id)|\w*[uU]rl|\w*Type|sameAs|license|identifier|encodingFormat|target|query-input|urlTemplate"
)
_ADDRESS = re.compile(r"(?:[a-z]+:)?//\S*|/\S*|(?:mailto|tel|tag|urn|data):\S*", re.IGNORECASE)


def traditional_json(text: str, convert: Callable[[str], str]) -> str:
    """The JSON with its words converted by `convert`, written so that it cannot leave its <script>.

    An object that says it is in another language stays. What is no JSON stays as it is. Never raises.
    """
    try:
        return str(json_script(_converted(json.loads(text), convert)))
    except (ValueError, RecursionError):
        return text


def _converted(value: Any, convert: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return value if _ADDRESS.fullmatch(value) else convert(value)
    if isinstance(value, list):
        return [_converted(one, convert) for one in value]
    if not isinstance(value, dict):
        return value
    language = value.get("inLanguage")
    if isinstance(language, str):
        if not is_convertible(language):
            return value
        value = {**value, "inLanguage": TRADITIONAL}
    return {name: one if _CODES.fullmatch(name) else _converted(one, convert) for name, one in value.items()}
