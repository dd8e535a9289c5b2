"""What readers were told of last, of a story that is public: the date of its entry in feeds, and the note with it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q

from articles.models import Publication


def told(through: str = "") -> Q:
    """The same as `is_told`, for the database. `through` is the way to the publication, such as "publication__"."""
    quiet = Q(**{f"{through}kind": Publication.Kind.PUBLISHED, f"{through}live_from__gt": F(f"{through}first_live_at")})
    return ~quiet


def is_told(publication: Publication) -> bool:
    """Whether its beginning is news by itself: the first of a story, a change that is shown, a withdrawal."""
    return publication.kind != Publication.Kind.PUBLISHED or publication.live_from == publication.first_live_at


def last_told(history: Sequence[Publication]) -> Publication:
    """Of the publications of a story so far, oldest first, that with which something happened for readers.

    A minor change is passed over, as Atom has it: not each change is one the publisher considers significant (RFC 4287,
    4.2.15). A story that comes back, after a withdrawal or after its time was over, is told in any case: whoever has
    been told that it is gone has to be told that it is not.
    """
    for place in range(len(history) - 1, 0, -1):
        row, before = history[place], history[place - 1]
        if is_told(row) or not before.shows or before.live_until is None or before.live_until < row.live_from:
            return row
    return history[0]
