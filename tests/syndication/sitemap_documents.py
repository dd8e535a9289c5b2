"""Sitemaps as search engines read them: valid against the published schemas, and taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "data" / "sitemap"
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@dataclass(frozen=True)
class Entry:
    loc: str
    lastmod: str | None
    news: dict[str, str]


def entries(document: str | bytes) -> list[Entry]:
    """The entries of a sitemap or an index, in order. Fails for what is no XML, holds a thing twice, or is empty."""
    root = etree.fromstring(document.encode() if isinstance(document, str) else document)
    assert root.tag in {f"{SITEMAPS}urlset", f"{SITEMAPS}sitemapindex"}
    found = [_entry(element) for element in root]
    assert found, "an empty sitemap is not valid"
    addresses = [entry.loc for entry in found]
    assert len(addresses) == len(set(addresses))
    return found


def _entry(element: etree._Element) -> Entry:
    tags = {
        part.tag.removeprefix(NEWS): part.text for part in element.iter() if part.tag.startswith(NEWS) and not len(part)
    }
    return Entry(element.findtext(f"{SITEMAPS}loc"), element.findtext(f"{SITEMAPS}lastmod"), tags)


def assert_valid(document: str | bytes) -> None:
    """By the schemas of sitemaps.org and Google; the index has a schema of its own, which is not kept here."""
    if not SCHEMAS.is_dir():
        pytest.skip("The schemas of sitemaps.org and Google are not kept with the project: ../shared/data/sitemap.")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "wrap.xsd"))
    schema.assertValid(etree.fromstring(document.encode() if isinstance(document, str) else document))
