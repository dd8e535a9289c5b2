"""The search of readers, over publications: what is live at a moment, never a working copy.

Callers know `add_publication`, `date_publication`, `find_published` and `rebuild_published`. However common a word is,
no more than `MOST_COUNTED` stories are counted, and a common word is looked for among the newest stories first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Concat

from articles.chinese import bigrams
from articles.content import StoryContent
from articles.models import Publication, PublicationText, SectionListing
from articles.models.publication import readable
from articles.models.story_order import StoryOrderQuerySet
from articles.search.index import PUBLICATIONS
from articles.search.names import names_of_the_newsroom
from articles.search.token_index import holding, in_one_piece, repair, tokens_to_ask
from articles.search.words import text_of, words_of
from articles.story_order import StoryPlace

# Nobody looks through more; only that there are more is said.
MOST_COUNTED = 1000
# So many of the newest stories are looked at one by one, instead of asking the index, where the words are common: in
# at least `_COMMON` of the first `_SAMPLE` of them. Of a common word the index would give a large part of the archive.
_LOOKED_AT, _SAMPLE, _COMMON = 2600, 400, 0.4


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader looks for, at the moment `at`: every word of `query`, as `articles.search.find` reads it.

    `section_id`: only stories of that section or of its children. `since` (inclusive) and `until` (exclusive): only
    stories that first went live in between.
    """

    query: str
    at: datetime
    section_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def of(self, rows: StoryOrderQuerySet, before: StoryPlace | None) -> StoryOrderQuerySet:
        """What of `rows` is of the moments asked for, and behind the place `before` where one is given."""
        rows = rows.out_by(self.at, behind=before, until=self.until)
        return rows.filter(first_live_at__gte=self.since) if self.since else rows


@dataclass(frozen=True)
class Found:
    """`publications` with their revisions, newest first; `count` of all there are, where it is not `too_many`."""

    publications: list[Publication]
    count: int

    @property
    def too_many(self) -> bool:
        return self.count > MOST_COUNTED


def find_published(asked: Asked, *, before: StoryPlace | None = None, limit: int) -> Found:
    """What readers can read at `asked.at` and lists lead to, in the order of stories; at most `limit`.

    One entry for each story, because only one version of it is live. `before`: only what stands behind that place.
    Four queries, three more at most where `before` lies behind what is counted, and none for a query without a letter,
    digit or character.
    """
    words = words_of(asked.query)
    if not tokens_to_ask(words):
        return Found([], 0)
    places = _places(asked, words, None, MOST_COUNTED + 1)
    count = len(places)
    if before:
        places = {place: key for place, key in places.items() if place < before}
        if count > MOST_COUNTED and len(places) < limit:
            places = _places(asked, words, before, limit)
    keys = list(places.values())[:limit]
    found = Publication.objects.with_content().order_by().in_bulk(keys)
    # One may have been called off since.
    return Found([found[key] for key in keys if key in found], count)


def _places(asked: Asked, words: list[str], before: StoryPlace | None, limit: int) -> dict[StoryPlace, int]:
    """The publications of what is found by place, newest first, at most `limit`. Three queries at most."""
    tokens = tokens_to_ask(words)
    texts = PublicationText.objects.filter(readable(asked.at, "publication__"))
    there = asked.of(texts.alias(story_id=F("publication__story_id")), before)
    newest = list(_newest(asked, before))
    sample = newest[:_SAMPLE]
    looked_at = _first(_spelled(there.filter(pk__in=sample), tokens, words), limit)
    if len(newest) == len(sample) or len(looked_at) >= limit:
        return looked_at
    if len(looked_at) >= _COMMON * len(sample):
        looked_at = _first(_spelled(there.filter(pk__in=newest), tokens, words), limit)
        if len(newest) < _LOOKED_AT or len(looked_at) >= limit:
            return looked_at
    if asked.section_id is not None:
        listed = SectionListing.objects.filter(publication=OuterRef("pk"), section=asked.section_id)
        there = there.filter(Exists(listed))
    return _first(holding(there, PUBLICATIONS, tokens, words), limit)


def _first(texts: StoryOrderQuerySet, limit: int) -> dict[StoryPlace, int]:
    rows = texts.newest_first().values_list("first_live_at", "publication__story_id", "pk")[:limit]
    return {StoryPlace(went_live, story_id): key for went_live, story_id, key in rows}


def _newest(asked: Asked, before: StoryPlace | None) -> QuerySet:
    """Ids of the newest publications that are asked for, whatever they say, read off an index."""
    if asked.section_id is None:
        rows, key = Publication.objects.all(), "pk"
    else:
        rows, key = SectionListing.objects.filter(section=asked.section_id), "publication_id"
    return asked.of(rows, before).newest_first().values_list(key, flat=True)[:_LOOKED_AT]


def _spelled(texts: QuerySet, tokens: list[str], words: list[str]) -> QuerySet:
    """The same answer as `holding`, by looking at each of a few rows."""
    texts = texts.alias(spelled=Concat(Value(" "), F("tokens"), Value(" "), output_field=TextField()))
    for token in tokens:
        texts = texts.filter(spelled__contains=f" {token} ")
    return in_one_piece(texts, tokens, words)


# Writing


def indexed_text(content: StoryContent, *also: str) -> dict[str, str]:
    """What is kept of a version, and of what it is found by beside (folded): the values of `text` and `tokens`."""
    text = "\n".join([text_of(content), *also])
    return {"text": text, "tokens": " ".join(bigrams(text))}


def add_publication(publication: Publication) -> None:
    """Index a publication, or index it anew, if lists lead to it. It goes with the publication when that goes."""
    if publication.is_listed:
        content = publication.content
        text = indexed_text(content, *names_of_the_newsroom(content))
        values = {"first_live_at": publication.first_live_at, **text}
        PublicationText.objects.update_or_create(publication=publication, defaults=values)


def date_publication(publication: Publication) -> None:
    """Take over when the story first goes live, where that has changed."""
    PublicationText.objects.filter(publication=publication).update(first_live_at=publication.first_live_at)


def rebuild_published(progress: Callable[[int, int], None] = lambda done, everything: None) -> int:
    """Index every publication anew; returns how many. `progress` is told after each how many of how many are done."""
    repair(PUBLICATIONS)
    keys = list(Publication.objects.order_by("pk").values_list("pk", flat=True))
    count = 0
    for done, key in enumerate(keys, start=1):
        # Locked, so that it is neither called off nor moved meanwhile.
        with transaction.atomic():
            rows = Publication.objects.with_content().select_for_update(of=("self",), no_key=True)
            publication = rows.filter(pk=key).first()
            if publication is not None and publication.is_listed:
                add_publication(publication)
                count += 1
            else:
                PublicationText.objects.filter(pk=key).delete()
        progress(done, len(keys))
    return count
