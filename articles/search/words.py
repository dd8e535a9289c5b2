"""Words as both search indexes compare them: those of a query, and the text they are looked for in."""

from __future__ import annotations

import unicodedata

from articles.chinese import to_simplified
from articles.content import StoryContent
from articles.html import storable

# Characters of a query that count: longer than any headline, and below what databases take as one condition.
LONGEST_QUERY = 200


def words_of(query: str) -> list[str]:
    """The words of a query, folded: what stands between blanks of any width. Of a longer query, the beginning."""
    return folded(storable(query)[:LONGEST_QUERY]).split()


def folded(text: str) -> str:
    """Text as the index compares it: compatibility forms, case and script folded as in its tokens; line ends kept."""
    # Folding case can leave a text that is no longer composed, hence twice.
    caseless = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return to_simplified(caseless)


def text_of(content: StoryContent) -> str:
    """All that a story is found by, folded: its headlines, summary, people, source and text, a line each."""
    people = " ".join(credit.name for credit in content.byline)
    named = [content.headline, content.kicker, content.subtitle, content.short_headline, content.summary, people]
    return folded("\n".join([*named, content.source.name if content.source else "", content.body_text]))
