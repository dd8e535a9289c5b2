"""Preflight: asking the checks of this newsroom, refusing what they block, and asking again for what is scheduled."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from articles.actions.activity import log_activity
from articles.actions.notifying import authors, tell
from articles.content import StoryContent
from articles.models import Activity, Publication, Story
from articles.models.preflight_facts import gather_facts, linked_stories
from articles.permissions import Operator
from articles.preflight import BLOCKING, CHECKS, Finding, run

# So many scheduled publications, soonest first, are looked through when something changes. No newsroom has as many.
MOST_SCHEDULED = 500
# Further back nobody looks for warnings: the index of moments bounds the work by what a newsroom does in a week.
WARNED_FOR = timedelta(days=7)


def preflight(content: StoryContent, *, story_id: int | None, at: datetime) -> tuple[Finding, ...]:
    """What stands against `content` going live at `at` as the story `story_id` (None: not saved yet), blocking first.

    Asks the checks that the settings leave on. At most seven queries; none when all checks are off.
    """
    if checks_are_off():
        return ()
    facts = gather_facts(content, story_id=story_id, at=at)
    return run(content, facts, off=frozenset(settings.PREFLIGHT_OFF), warn_only=settings.PREFLIGHT_WARN_ONLY)


def checks_are_off() -> bool:
    """Whether this newsroom publishes without any check."""
    return set(settings.PREFLIGHT_OFF).issuperset(check.name for check in CHECKS)


def blocking(found: Collection[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.level == BLOCKING]


def as_errors(found: Collection[Finding]) -> list[ValidationError]:
    """Blocking findings as errors of the code `preflight`, each with its check and place in `params`."""
    return [
        # The message holds no placeholder for these: they are for programs.
        ValidationError(
            str(finding.message).replace("%", "%%"),
            code="preflight",
            params={"check": finding.check, "place": finding.place},
        )
        for finding in blocking(found)
    ]


def keep_findings(publication: Publication, found: Collection[Finding]) -> None:
    """Store with `publication` what preflight found about it, in the language of the newsroom.

    What was never asked, or found nothing the first time, keeps None.
    """
    if not found and publication.findings is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        publication.findings = [finding.to_json() for finding in found]
    publication.save(update_fields=["findings"])


@transaction.atomic
def recheck_scheduled(
    *,
    now: datetime,
    story_ids: Collection[int] | None = None,
    source_id: int | None = None,
    by: Any = None,
) -> list[Publication]:
    """Check again what is scheduled after `now`, and return the publications that are newly blocked.

    With `story_ids`, only what leads to one of these stories, or reads like it; with `source_id`, only what is of
    that source; with neither, everything. What was found is kept in `Publication.findings`, and a finding that blocks
    and was not there before is logged, in the name of `by` whose change led to it. Nothing is called off: that is for
    people to decide.
    """
    if checks_are_off():
        return []
    newly_blocked = []
    for publication in _affected(now, story_ids, source_id):
        found = preflight(publication.content, story_id=publication.story_id, at=publication.live_from)
        before = {_key(Finding.from_json(stored)) for stored in publication.findings or ()}
        after = {_key(finding) for finding in found}
        if before == after:
            continue
        # Whoever holds the row is changing it, and rechecks it; waiting here could make two wait for each other.
        locked = Publication.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=publication.pk).first()
        if locked is None:
            continue
        keep_findings(locked, found)
        new = [finding for finding in blocking(found) if _key(finding) not in before]
        if new:
            newly_blocked.append(locked)
            log_activity(
                by=by or Operator("preflight"),
                verb=Activity.Verb.CHECK_FAILED,
                at=now,
                story=publication.story,
                version=publication.revision.number,
                live_from=str(publication.live_from),
                findings=[finding.to_json() for finding in new],
            )
            _tell_of_findings(locked, publication.story, now)
    return newly_blocked


def recheck_warned(*, now: datetime, story_id: int) -> None:
    """Check again what went live lately with findings and leads to the story `story_id`, which changed for readers.

    What they hold no longer is forgotten, so that the desk does not warn of it. One query, and some for each of them.
    """
    live = Publication.objects.live(now).filter(live_from__gt=now - WARNED_FOR, findings__isnull=False)
    for row in live.exclude(findings=[]).select_related("revision").order_by("-live_from")[:MOST_SCHEDULED]:
        if story_id not in linked_stories(row.content):
            continue
        with transaction.atomic():
            locked = Publication.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=row.pk).first()
            if locked is not None:
                keep_findings(locked, preflight(row.content, story_id=row.story_id, at=now))


def _tell_of_findings(publication: Publication, story: Story, now: datetime) -> None:
    """Also whoever made the change: they did not look at this story."""
    users = [*authors(story), publication.created_by]
    tell(users=users, kind="blocked", story=story, at=now, key=f"blocked:{publication.pk}:{now:%Y%m%d%H%M%S}")


def _key(finding: Finding) -> tuple[str, str, str]:
    """What makes two findings the same, whatever the language they are told in."""
    return finding.check, finding.level, finding.place


def _affected(now: datetime, story_ids: Collection[int] | None, source_id: int | None) -> Iterator[Publication]:
    """The scheduled publications that depend on what changed, soonest first. Two queries."""
    scheduled = Publication.objects.upcoming(now).exclude(kind=Publication.Kind.WITHDRAWN)
    scheduled = scheduled.select_related("revision", "story")
    if source_id is not None:
        scheduled = scheduled.filter(revision__stored__source__id=source_id)
    if story_ids is None:
        yield from scheduled[:MOST_SCHEDULED]
        return
    ids = set(story_ids)
    current = Publication.objects.filter(Q(live_until=None) | Q(live_until__gt=now), story_id__in=ids)
    texts = set(current.values_list("revision__text_digest", flat=True))
    for publication in scheduled[:MOST_SCHEDULED]:
        reads_like_one = publication.story_id not in ids and publication.revision.text_digest in texts
        if reads_like_one or ids & linked_stories(publication.content):
            yield publication
