"""The bin: stories that nobody needs now. What was ever public or scheduled is never deleted for ever."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles import clock, permissions, search
from articles.actions.activity import author, log_activity
from articles.actions.locking import lock_story
from articles.models import Activity, ListEdition, Publication, RelatedLink, Story, StoryList


@transaction.atomic
def bin_story(*, story: Story, by: Any, now: datetime | None = None) -> Story:
    """Put a story into the bin. Raises PermissionDenied, and ValidationError while it is live, planned or linked to."""
    now = now or clock.now()
    # With its key, so that no link to it can be made meanwhile.
    story = lock_story(story.pk, with_key=True)
    if not permissions.can_delete(by, story):
        raise PermissionDenied(_("You may not delete this story."))
    if story.binned_at is not None:
        return story
    if story.publications.filter(Q(live_from__gt=now) | Q(pk__in=story.publications.live(now))).exists():
        raise ValidationError(_("This story is live or scheduled. Withdraw it, or cancel what is scheduled, first."))
    linking = sorted(
        set(
            RelatedLink.objects.filter(related_story=story, story__binned_at=None).values_list(
                "story__headline", flat=True
            )
        )
    )
    if linking:
        raise ValidationError(
            _("Other stories link to this one: %(stories)s. Remove those links first."),
            params={"stories": _(", ").join(linking)},
        )
    story.binned_at, story.binned_by = now, author(by)
    story.review, story.waiting_for = Story.Review.DRAFT, ""
    story.save(update_fields=["binned_at", "binned_by", "review", "waiting_for"])
    search.remove(story)
    log_activity(by=by, verb=Activity.Verb.BINNED, at=now, story=story)
    return story


@transaction.atomic
def take_out_of_bin(*, story: Story, by: Any, now: datetime | None = None) -> Story:
    """Put a story back on the desk, as it was saved. Raises PermissionDenied."""
    now = now or clock.now()
    story = lock_story(story.pk)
    if not permissions.can_delete(by, story):
        raise PermissionDenied(_("You may not take this story out of the bin."))
    if story.binned_at is None:
        return story
    story.binned_at = story.binned_by = None
    story.save(update_fields=["binned_at", "binned_by"])
    if revision := story.revisions.first():
        search.add(story, revision.content)
    log_activity(by=by, verb=Activity.Verb.UNBINNED, at=now, story=story)
    return story


@transaction.atomic
def empty_bin(*, by: Any, stories: Any = None, now: datetime | None = None) -> int:
    """Delete for ever what is in the bin and was never public; returns how many. `stories`: only these ids.

    Stories that readers have seen stay in the bin with their publications. Raises PermissionDenied, and ValidationError
    that names the story lists where lists that are not over would lose a story; then nothing is deleted.
    """
    now = now or clock.now()
    if not permissions.can_empty_bin(by):
        raise PermissionDenied(_("You may not empty the bin."))
    chosen = Story.objects.select_for_update().filter(has_publications=False).exclude(binned_at=None)
    if stories is not None:
        chosen = chosen.filter(pk__in=stories)
    published = Publication.objects.filter(story__in=chosen.values("pk")).values_list("story_id", flat=True)
    doomed = {story.pk: story for story in chosen.order_by("pk")}
    for key in published:
        doomed.pop(key, None)
    _spare_what_is_linked_to(doomed)
    _refuse_what_lists_name(doomed, now)
    # Links between stories that go do not keep them there.
    RelatedLink.objects.filter(story__in=list(doomed)).delete()
    for story in doomed.values():
        log_activity(by=by, verb=Activity.Verb.DELETED, at=now, subject=story.headline)
        story.delete()
    return len(doomed)


def _refuse_what_lists_name(doomed: dict[int, Story], now: datetime) -> None:
    """Raises ValidationError, a message for each that a list names now or later, or that has a list of its own."""
    editions = ListEdition.objects.not_over(now).filter(revision__items__story__in=list(doomed))
    naming = editions.values_list("revision__items__story", "story_list__name")
    own = StoryList.objects.filter(story__in=list(doomed)).values_list("story", "name")
    names: dict[int, set[str]] = defaultdict(set)
    for story_id, name in [*naming, *own]:
        names[story_id].add(name)
    words = _("“%(story)s” is in these story lists: %(lists)s. Take it out of them first.")
    refused = [
        words % {"story": doomed[key].headline, "lists": _(", ").join(sorted(names[key]))}
        for key in doomed
        if key in names
    ]
    if refused:
        raise ValidationError(refused)


def _spare_what_is_linked_to(doomed: dict[int, Story]) -> None:
    """Take out of `doomed`, by id, what a story that stays links to, and what that one then links to."""
    links = list(RelatedLink.objects.filter(related_story__in=list(doomed)).values_list("story_id", "related_story_id"))
    while held := {target for source, target in links if target in doomed and source not in doomed}:
        for key in held:
            del doomed[key]
