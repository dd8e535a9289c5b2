"""Pages as a reader's browser takes them apart: text, links, headings, forms with their values and errors."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it shows, white space collapsed."""
        return re.sub(r"\s+", " ", self._raw()).strip()

    def _raw(self) -> str:
        return "".join(child if isinstance(child, str) else child._raw() for child in self.children)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def all(self, tag: str = "", css_class: str = "", **attributes: str) -> list[Element]:
        """Every element below this one that has the tag, the class and the attributes, in document order."""
        found = []
        for child in self.children:
            if isinstance(child, str):
                continue
            if (
                (not tag or child.tag == tag)
                and (not css_class or css_class in child.classes)
                and all(child.attributes.get(name) == value for name, value in attributes.items())
            ):
                found.append(child)
            found += child.all(tag, css_class, **attributes)
        return found

    def one(self, tag: str = "", css_class: str = "", **attributes: str) -> Element:
        """The only such element."""
        found = self.all(tag, css_class, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag}.{css_class} {attributes}"
        return found[0]


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in (element.tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page(response: Any) -> Element:
    """The document of a response."""
    return parsed(response.content.decode())


def parsed(text: str) -> Element:
    """The document of a text."""
    tree = _Tree()
    tree.feed(text)
    tree.close()
    return tree.root


def structured_data(document: Element) -> dict[str, dict[str, Any]]:
    """What the page says in the words of schema.org, by type; {} where it says nothing."""
    scripts = document.all("script", type="application/ld+json")
    assert len(scripts) <= 1
    nodes = json.loads(scripts[0]._raw())["@graph"] if scripts else []
    found = {node["@type"]: node for node in nodes}
    assert len(found) == len(nodes), "two of one type"
    return found


def form_values(form: Element) -> dict[str, list[str]]:
    """What a browser would post for a form: every named field with its values; buttons are left out."""
    values: dict[str, list[str]] = {}
    for element in form.all():
        name = element.attributes.get("name")
        if not name or "disabled" in element.attributes:
            continue
        kind = element.attributes.get("type", "text")
        if element.tag == "textarea":
            # A browser drops the line end that directly follows the tag.
            values.setdefault(name, []).append(element._raw().removeprefix("\n"))
        elif element.tag == "select":
            options = element.all("option")
            chosen = [option for option in options if "selected" in option.attributes]
            if not chosen and "multiple" not in element.attributes:
                chosen = options[:1]
            values.setdefault(name, []).extend(option.attributes.get("value", option.text) for option in chosen)
        elif element.tag != "input" or kind in {"submit", "button", "file"}:
            continue
        elif kind not in {"checkbox", "radio"} or "checked" in element.attributes:
            # A ticked box without a value of its own says "on".
            unsaid = "on" if kind in {"checkbox", "radio"} else ""
            values.setdefault(name, []).append(element.attributes.get("value", unsaid))
    return values


def outside_addresses(document: Element) -> list[str]:
    """Addresses on other hosts that a browser would fetch from by itself; links a reader may follow do not count."""
    fetched = []
    for element in document.all():
        if element.tag in {"a", "form"} or (
            element.tag == "link" and element.attributes.get("rel") in {"canonical", "alternate"}
        ):
            continue
        fetched += [element.attributes.get(name, "") for name in ("src", "href", "srcset", "poster", "data", "action")]
    return [address for address in fetched if re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", address, re.IGNORECASE)]


def inline_code(document: Element) -> list[str]:
    """All that a strict content security policy refuses: inline scripts, styles, handlers, javascript: addresses."""
    found = []
    for element in document.all():
        if element.tag == "style" or "style" in element.attributes:
            found.append(f"style in <{element.tag}>")
        if (
            element.tag == "script"
            and "src" not in element.attributes
            and element.attributes.get("type") not in {"application/json", "application/ld+json"}
        ):
            found.append("inline script")
        found += [f"{name} in <{element.tag}>" for name in element.attributes if name.startswith("on")]
        found += [value for value in element.attributes.values() if value.strip().lower().startswith("javascript:")]
    return found
