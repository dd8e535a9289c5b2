"""Names that a story is found by though it does not say them."""

from __future__ import annotations

from articles.content import StoryContent, is_english
from articles.models import Contributor, Source
from articles.search.words import folded


def names_of_the_newsroom(content: StoryContent) -> list[str]:
    """What the newsroom calls the people and the source of a story in English, folded; the story has English names.

    Two queries at most; none for a story in another language.
    """
    if not is_english(content.language):
        return []
    people = Contributor.objects.filter(pk__in={credit.contributor_id for credit in content.byline})
    sources = Source.objects.filter(pk=content.source.id) if content.source else Source.objects.none()
    return [folded(row.name) for row in (*people, *sources)]
