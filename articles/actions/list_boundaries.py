"""What happens when an edition of a story list begins or ends: the newsroom's own cache forgets the pages it is on.

Readers never depend on it: pages are made of the lists in force when they are asked for. Nothing is written down about
attempts: a list is marked done after its pages were purged, so one that failed is tried again by the next run, and
where two tickers meet, or one is killed in between, a page is purged twice, which does no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.urls import reverse

from articles.actions.boundary_effects.public_addresses import feeds_of_list, in_both_scripts
from articles.actions.boundary_effects.purge_cache import purge
from articles.models import Section, StoryList
from articles.models.list_boundary import changed_lists, mark_list_done

log = logging.getLogger(__name__)

# After so many lists whose pages nobody took, the cache is down; waiting for it would only hold up the ticker.
MOST_UNANSWERED = 3


def purge_changed_lists(*, moment: Callable[[], datetime], stop: Callable[[], bool]) -> tuple[int, int]:
    """Purge the pages of each list that changed; returns how many lists were done, and how many failed.

    However many editions of a list came and went while no ticker ran, its pages are purged once. What one list fails
    with is logged and keeps no other from its turn. `stop` is asked before each whether to end early.
    """
    done = failed = unanswered = 0
    for story_list in changed_lists(moment()):
        if stop() or unanswered == MOST_UNANSWERED:
            break
        # Asked before the purge: what begins meanwhile is for the next run.
        until = moment()
        try:
            purge(pages_of_list(story_list))
        except Exception as error:  # whatever a page fails with, the other lists go on
            log.exception("The pages of the story list %s could not be purged", story_list)
            failed += 1
            unanswered += isinstance(error, OSError)
            continue
        mark_list_done(story_list, until=until, now=moment())
        done += 1
    return done, failed


def pages_of_list(story_list: StoryList) -> Iterator[str]:
    """Paths of what shows the list and a cache may keep for everybody, its feeds among it. Two queries at most.

    Lists beside and below stories are on every story page of their scope, and caches ask again for each of those
    before they show it; of them only the page of a list's own story is named.
    """
    for path in _pages(story_list):
        yield from in_both_scripts(path)
    yield from feeds_of_list(story_list.pk)


def _pages(story_list: StoryList) -> Iterator[str]:
    if story_list.place == StoryList.Place.FRONT:
        yield reverse("articles:front")
    elif story_list.place == StoryList.Place.SECTION:
        sections = Section.objects.order_by("pk")
        if story_list.section_id is not None:
            # A section without a list of its own shows that of the section above.
            sections = sections.filter(pk=story_list.section_id) | sections.filter(parent=story_list.section_id)
        for section in sections:
            yield section.get_absolute_url()
    elif story_list.story_id is not None:
        publication = story_list.story.publications.order_by("live_from").last()
        if publication is not None:
            yield publication.get_absolute_url()
