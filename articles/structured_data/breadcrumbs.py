"""BreadcrumbList: the path above a page (https://schema.org/BreadcrumbList)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def breadcrumbs(address: str, steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The list for the page at `address`. `steps`: (name, address), from the front page down to the page itself.

    {} where there is no step above the page: a path of one is none.
    """
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(steps, start=1)
    ]
    if len(items) < 2:
        return {}
    return {"@type": "BreadcrumbList", "@id": f"{address}#breadcrumbs", "itemListElement": items}
