"""The addresses of a page in both scripts, from either, wherever the site stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.script_conversion.addresses import both_scripts, inside, quoted


@pytest.mark.parametrize(
    ("path", "behind"),
    [
        ("/zh-hant/", "/"),
        ("/zh-hant/section/news/", "/section/news/"),
        ("/zh-hant//a/", "//a/"),
        ("/zh-hant", ""),
        ("/zh-hanting/", None),
        ("/ZH-HANT/", None),
        ("/", None),
        ("/a/zh-hant/", None),
    ],
)
def test_path_behind_the_prefix(path, behind):
    assert inside(path) == behind


@pytest.mark.parametrize("base", ["/", "/site/", "/at/2026-03-02T00:00:00Z/"])
def test_both_addresses_are_found_from_either(base):
    """On the site, under a path of its own, at another moment."""
    plain, traditional = f"{base}topic/a/?before=1-1", f"{base}zh-hant/topic/a/?before=1-1"
    assert both_scripts(plain, base, False) == (plain, traditional)
    assert both_scripts(traditional, f"{base}zh-hant/", True) == (plain, traditional)
    # Made without the prefix, on a page that has it.
    assert both_scripts(plain, f"{base}zh-hant/", True) == (plain, traditional)


@given(st.text(max_size=30))
def test_quoted_path_leads_to_this_site(path):
    """Whatever somebody asks for: no other host, nothing that ends a header."""
    address = quoted(f"/{path.encode('utf-8', 'ignore').decode()}", "a=1")
    assert address.startswith("/")
    assert not address.startswith("//")
    assert address.isascii()
    assert not {"\r", "\n"} & set(address)
