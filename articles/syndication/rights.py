"""Which copyright notice applies to what goes out, and how much of a text it lets go out. Pure: notices are given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from articles.models import CopyrightNotice
from articles.syndication.entry import Rights

Feeds = CopyrightNotice.Feeds


def notice_of(notices: Iterable[CopyrightNotice], source_id: int | None, live_from: datetime) -> CopyrightNotice | None:
    """Of `notices`, all of them in force by the moment of reading, that which applies to a story of the source.

    The same rule as `CopyrightNotice.objects.for_publication`: the newest that was in force when the publication went
    live (`live_from`), or a newer one that applies to earlier stories too. None without a source or a notice.
    """
    fitting = (
        notice
        for notice in notices
        if notice.source_id == source_id and (notice.effective_from <= live_from or notice.applies_to_earlier)
    )
    return max(fitting, key=lambda notice: notice.effective_from, default=None)


def amount(notice: CopyrightNotice | None) -> Feeds:
    """How much of a story goes out. Where nobody has said so, headline and summary: the text is for readers here."""
    return Feeds(notice.feeds) if notice else Feeds.SUMMARY


def rights_of(notice: CopyrightNotice | None, language: str) -> Rights | None:
    """What the notice says to machines of a story in `language`; None where there is none."""
    if notice is None:
        return None
    return Rights(
        notice=notice.text_in(language),
        holder=notice.holder_in(language),
        licence_url=notice.licence_url,
        usage_terms=notice.usage_terms_in(language),
        licensing_url=notice.licensing_url,
    )
