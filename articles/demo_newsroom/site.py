"""Reading what the demo's site is called, and its simple pages."""

from dataclasses import replace
from importlib.resources.abc import Traversable

from articles.demo_newsroom.tables import build, each, known, load, paragraphs_html
from articles.demo_newsroom.values import DemoFooterLine, DemoIdentity, DemoPage, DemoSite


def read_site(path: Traversable) -> DemoSite | None:
    """The values of `site.toml`; None where there is no such file. Raises ValueError naming the entry."""
    if not path.is_file():
        return None
    tables = load(path)
    identity = build(DemoIdentity, tables.pop("identity", {}), f"{path.name}: identity")
    lines = each(DemoFooterLine, tables, "footer_line", "text", path.name)
    pages = each(DemoPage, tables, "page", "slug", path.name)
    known(tables, set(), path.name, "table")
    return DemoSite(
        identity=identity,
        footer_lines=lines,
        pages=tuple(replace(page, body=paragraphs_html(page.body)) for page in pages),
    )
