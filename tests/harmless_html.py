"""HTML that can do no harm on a page, judged by its markup alone."""

from __future__ import annotations

import re

from articles.html import ALLOWED_ATTRIBUTES, ALLOWED_CLASSES, ALLOWED_TAGS

ELEMENT = re.compile(r"<([a-z0-9]+)((?:\s+[a-z]+(?:=\"[^\"]*\")?)*)>")
ATTRIBUTE = re.compile(r"([a-z]+)=\"([^\"]*)\"")


def assert_harmless(cleaned: str) -> None:
    """Everything that looks like markup is an allowed element with allowed attributes."""
    rest = ELEMENT.sub("", re.sub(r"</[a-z0-9]+>", "", cleaned))
    assert "<" not in rest, cleaned
    for name, attributes in ELEMENT.findall(cleaned):
        assert name in ALLOWED_TAGS
        allowed = ALLOWED_ATTRIBUTES["*"] | ALLOWED_ATTRIBUTES.get(name, set()) | {"class", "rel"}
        for attribute, value in ATTRIBUTE.findall(attributes):
            assert attribute in allowed
            if attribute == "class":
                assert set(value.split()) <= ALLOWED_CLASSES.get(name, set())
            if attribute in {"href", "src"}:
                assert re.match(r"(https?|mailto|tel):|[^:]*$|[^:]*[/?#]", value), value
