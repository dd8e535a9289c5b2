"""The order in which readers meet stories: by the moment each first went live, the newest first.

Of one moment, which an import gives to hundreds, the story's id decides. A correction is another publication and
changes neither, so that a story keeps its place while readers leaf from page to page.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

# The order of rows that have these columns.
NEWEST_FIRST = ("-first_live_at", "-story_id")
# That of feeds: what readers were told of last comes first.
LAST_TOLD_FIRST = ("-told_at", "-story_id")


class StoryPlace(NamedTuple):
    """Where a story stands in the order. A place that is less than another is further back."""

    went_live: datetime
    story_id: int
