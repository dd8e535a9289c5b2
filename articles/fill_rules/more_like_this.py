"""Stories on the same topics: the more topics they share with the page, and the newer they are, the better."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import log2

from django.utils.translation import gettext_lazy as _

from articles.fill_rules.fill_rule import About, Candidate, FillRule
from articles.fill_rules.same_topic import SAME_TOPIC

# A story of one shared topic counts as much as one of two that is so much older.
HALF_LIFE = timedelta(days=14)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def _rank(candidates: Sequence[Candidate], about: About) -> list[int]:
    shared = Counter({one.story_id: 0 for one in candidates})
    for story_id, _pool in {(one.story_id, one.pool) for one in candidates}:
        shared[story_id] += 1
    went_live = {one.story_id: one.went_live for one in candidates}

    def weight(story_id: int) -> float:
        # The logarithm of topics that fade: which of two is better never depends on when it is asked.
        return log2(shared[story_id]) + (went_live[story_id] - _LONG_AGO) / HALF_LIFE

    return sorted(shared, key=lambda story_id: (weight(story_id), went_live[story_id], story_id), reverse=True)


MORE_LIKE_THIS = FillRule("more_like_this", _("more like this: shared topics, newer first"), SAME_TOPIC.pools, _rank)
