"""ProfilePage: who a contributor is (https://schema.org/ProfilePage)."""

from __future__ import annotations

from typing import Any

from .filled import filled
from .news_article import Person, person
from .organization import Publisher


def profile_page(somebody: Person, *, biography: str, language: str, publisher: Publisher) -> dict[str, Any]:
    """The page of `somebody`, who works for `publisher`. `biography` is plain text."""
    entity = person(somebody) | filled(description=biography, worksFor=publisher.reference)
    return filled(type_="ProfilePage", id_=somebody.url, url=somebody.url, inLanguage=language, mainEntity=entity)
