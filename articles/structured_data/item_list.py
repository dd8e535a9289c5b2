"""CollectionPage with an ItemList: a page that leads to stories (https://schema.org/ItemList)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .filled import filled
from .organization import Publisher


def collection_page(
    *, address: str, name: str, description: str, language: str, publisher: Publisher, listed: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    """The page at `address` of the site of `publisher`. `listed`: (headline, address) in the order of the page.

    One story stands on a page once in the list, at its first place. {} for a page that lists nothing.
    """
    places: dict[str, str] = {}
    for headline, url in listed:
        places.setdefault(url, headline)
    if not places:
        return {}
    items = [
        {"@type": "ListItem", "position": place, "url": url, "name": headline}
        for place, (url, headline) in enumerate(places.items(), start=1)
    ]
    return filled(
        type_="CollectionPage",
        id_=address,
        url=address,
        name=name,
        description=description,
        inLanguage=language,
        isPartOf=publisher.site_reference,
        mainEntity={"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items},
    )
