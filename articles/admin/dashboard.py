"""What the desk's first page says to one person at one moment.

Every part is one bounded query of an index, whatever the archive; the template asks only for the parts it shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import permissions
from articles.actions.preflight import WARNED_FOR
from articles.admin.day_picture import MOST, Coming, DayPicture, coming, day_picture
from articles.admin.lists.problem_lines import ProblemLine, lines_of_findings, soon
from articles.admin.standing import Mark, standing
from articles.models import Activity, EditorialNote, Notification, Publication, Revision, SignOff, Story
from articles.models.boundary import Boundary, TickerStatus, next_boundaries, ticker_status
from articles.models.publication import in_window
from articles.workflow import Stage, review_stages

# So many lines of a part are shown; what lies beyond is in the list of stories.
LINES = 12
_WARNINGS = 8
# So many of the newest are read to find the lines that count: a colleague's ten saves of one story are one line.
_LOOKED_THROUGH = 60
_MOST_IN_BIN = 1_000
_OF_ACTIVITY = ("at", "user_id", "user_name", "verb", "story__headline")


@dataclass(frozen=True)
class StoryLine:
    """A story, where it stands, and what a colleague said when it was sent back."""

    story: Story
    marks: list[Mark]
    note: EditorialNote | None = None


@dataclass
class Warned:
    """A story that is live or scheduled, and what is to be looked at; `details` in the words of a check or a person."""

    story: Story
    marks: list[Mark]
    details: list[str]

    @property
    def is_serious(self) -> bool:
        return any(mark.kind == "serious" for mark in self.marks)


class Told:
    """A notification as a line: its sentence, and where it leads."""

    def __init__(self, row: Notification) -> None:
        self.pk, self.at, self.seen_at, self.sentence = row.pk, row.at, row.seen_at, row.sentence
        self.address = reverse("admin:articles_story_changelist")
        if row.story_id is not None:
            about_notes = "#notes" if row.kind in {"mentioned", "noted", "sent_back"} else ""
            self.address = reverse("admin:articles_story_change", args=[row.story_id]) + about_notes
        elif row.kind == "list_problems":
            self.address = reverse("admin:articles_storylist_problems")


class Dashboard:
    def __init__(self, user: Any, at: datetime) -> None:
        self.user = user
        self.at = at

    # -- what this person does ---------------------------------------------------------------------------------------

    @property
    def may_write(self) -> bool:
        return permissions.can_write(self.user)

    @property
    def may_empty_bin(self) -> bool:
        return permissions.can_empty_bin(self.user)

    @property
    def stages(self) -> list[Stage]:
        """The stages of review that this person may decide at, somewhere."""
        return [stage for stage in review_stages() if permissions.can_review_some(self.user, stage)]

    # -- stories -----------------------------------------------------------------------------------------------------

    @cached_property
    def my_stories(self) -> list[StoryLine]:
        """What this person wrote: first what was sent back, then the newest."""
        newest = _with_latest(Story.objects.on_the_desk().filter(created_by=self.user), digest="digest")
        newest = newest.only("headline", "review", "waiting_for", "updated_at", "has_publications")
        stories = sorted(
            newest.order_by("-updated_at", "-id")[:_LOOKED_THROUGH],
            key=lambda story: story.review != Story.Review.SENT_BACK,
        )[:LINES]
        ids = [story.pk for story in stories]
        publications = defaultdict(list)
        for row in _with_digest(
            Publication.objects.filter(Q(live_from__gt=self.at) | in_window(self.at), story__in=ids)
        ):
            publications[row.story_id].append(row)
        notes = _sent_back_with(story.pk for story in stories if story.review == Story.Review.SENT_BACK)
        return [
            StoryLine(story, standing(story, publications[story.pk], story.latest_digest, self.at), notes.get(story.pk))
            for story in stories
        ]

    @cached_property
    def waiting(self) -> list[Story]:
        """What waits for this person's review, oldest first."""
        if not (stages := {stage.key: stage for stage in self.stages}):
            return []
        mine = SignOff.objects.filter(
            revision__story=OuterRef("pk"), revision__number=OuterRef("latest_number"), signed_by=self.user
        )
        stories = _with_latest(
            self._in_reach(Story.objects.on_the_desk().filter(waiting_for__in=stages)),
            number="number",
            editor="created_by",
        )
        stories = stories.filter(~Q(latest_editor=self.user.pk) | Q(latest_editor=None)).exclude(Exists(mine))
        stories = stories.select_related("created_by").order_by("updated_at", "id")
        # The filters above keep the query short; whether somebody may sign is for the one predicate to say.
        return [
            story
            for story in stories[: LINES + 1]
            if permissions.can_sign_off(self.user, story, stages[story.waiting_for], edited_by=story.latest_editor)
        ]

    @cached_property
    def warnings(self) -> list[Warned]:
        """Live or scheduled, and to be looked at: findings, emergencies, changes that readers do not have yet."""
        by_story: dict[int, Warned] = {}
        for story, mark, details in [*self._findings_and_emergencies(), *self._unpublished_changes()]:
            warned = by_story.setdefault(story.pk, Warned(story, [], []))
            warned.marks += [mark] if mark not in warned.marks else []
            warned.details += details
        return sorted(by_story.values(), key=lambda warned: not warned.is_serious)[:_WARNINGS]

    @property
    def looks_after_lists(self) -> bool:
        return permissions.can_edit_some_lists(self.user)

    @cached_property
    def list_problems(self) -> list[ProblemLine]:
        """What will be wrong within a day on the front page and the section fronts, the serious first."""
        found = sorted(soon(self.at), key=lambda finding: not finding.is_serious)
        return lines_of_findings(found[:_WARNINGS], self.user, self.at)

    def _findings_and_emergencies(self) -> Iterator[tuple[Story, Mark, list[str]]]:
        ends_later = Q(live_until=None) | Q(live_until__gt=self.at)
        rows = Publication.objects.filter(ends_later, live_from__gt=self.at - WARNED_FOR).filter(
            Q(story__in=self._to_look_after()) & (~Q(override="") | Q(findings__isnull=False) & ~Q(findings=[]))
        )
        for row in rows.select_related("story").order_by("live_from")[:LINES]:
            found = sorted(row.findings or [], key=lambda one: one.get("level") != "blocking")
            if found:
                words = _("scheduled, and a check fails") if row.live_from > self.at else _("live with warnings")
                kind = "serious" if found[0].get("level") == "blocking" else "changed"
                more = [_("%d more") % (len(found) - 1)] if len(found) > 1 else []
                yield row.story, Mark(kind, words), [" · ".join([found[0].get("message", ""), *more])]
            if row.override:
                yield row.story, Mark("serious", _("published in an emergency")), [row.override]

    def _unpublished_changes(self) -> Iterator[tuple[Story, Mark, list[str]]]:
        """Stories changed lately whose latest version is neither live nor scheduled, while another one is."""
        shown = Publication.objects.filter(Q(live_from__gt=self.at) | in_window(self.at), story=OuterRef("pk")).exclude(
            kind=Publication.Kind.WITHDRAWN
        )
        stories = _with_latest(
            self._to_look_after().filter(has_publications__in=[True], updated_at__gt=self.at - WARNED_FOR),
            digest="digest",
        )
        stories = stories.filter(
            Exists(shown), ~Exists(shown.filter(revision__digest=OuterRef("latest_digest")))
        ).order_by("-updated_at", "-id")
        for story in stories[:LINES]:
            yield story, Mark("changed", _("unpublished changes")), []

    def _to_look_after(self) -> QuerySet[Story]:
        """The stories whose warnings concern this person: one's own, or all in reach for who may edit them."""
        stories = Story.objects.on_the_desk()
        if permissions.can_edit_others(self.user) or not self.may_write:
            return self._in_reach(stories)
        return stories.filter(created_by=self.user)

    def _in_reach(self, stories: QuerySet[Story]) -> QuerySet[Story]:
        limit = permissions.section_limit(self.user)
        return stories.filter(Q(section=None) | Q(section__in=limit)) if limit else stories

    # -- what comes --------------------------------------------------------------------------------------------------

    @cached_property
    def _boundaries(self) -> list[Boundary]:
        return next_boundaries(self.at, MOST + 1)

    @cached_property
    def day(self) -> DayPicture:
        """The next 24 hours, as a picture and as a list."""
        return day_picture(self._boundaries, self.at)

    @property
    def next_boundaries(self) -> list[Coming]:
        """The next ten moments at which readers get something else, however far away."""
        return coming(self._boundaries, self.at)[:10]

    @cached_property
    def ticker(self) -> TickerStatus:
        return ticker_status(self.at)

    # -- what happened -----------------------------------------------------------------------------------------------

    @cached_property
    def activities(self) -> list[Activity]:
        """The newest of the trail that concern a story, each person's row of the same on one story as one."""
        found: dict[tuple, Activity] = {}
        for row in Activity.objects.select_related("story").only(*_OF_ACTIVITY)[:_LOOKED_THROUGH]:
            if row.story is not None:
                found.setdefault((row.user_id, row.user_name, row.verb, row.story_id), row)
        return list(found.values())[:LINES]

    @cached_property
    def notifications(self) -> list[Told]:
        """What colleagues told this person, newest first."""
        return [Told(row) for row in Notification.objects.filter(user=self.user)[:LINES]]

    @property
    def unseen(self) -> list[Told]:
        return [told for told in self.notifications if told.seen_at is None]

    @property
    def seen(self) -> list[Told]:
        return [told for told in self.notifications if told.seen_at is not None]

    @property
    def newest_unseen(self) -> int:
        return max(told.pk for told in self.unseen)

    @cached_property
    def in_bin(self) -> int:
        """How many stories are in the bin, counted no further than a thousand."""
        return Story.objects.exclude(binned_at=None).order_by()[:_MOST_IN_BIN].count()

    @property
    def bin_address(self) -> str:
        return reverse("admin:articles_story_bin")


def _with_latest(stories: QuerySet[Story], **columns: str) -> QuerySet[Story]:
    """With `latest_<name>`, for each of `columns`, read from the newest revision of each story."""
    newest = Revision.objects.filter(story=OuterRef("pk")).order_by("-number")
    return stories.annotate(**{f"latest_{name}": Subquery(newest.values(of)[:1]) for name, of in columns.items()})


def _with_digest(publications: QuerySet[Publication]) -> QuerySet[Publication]:
    return (
        publications.order_by()
        .select_related("revision")
        .only(*(field.attname for field in Publication._meta.fields), "revision__digest")
    )


def _sent_back_with(ids: Iterable[int]) -> dict[int, EditorialNote]:
    """The note that each of these stories was last sent back with: it was written in the same moment."""
    sent_back = Activity.objects.filter(story=OuterRef("story"), verb=Activity.Verb.SENT_BACK).values("at")[:1]
    notes = EditorialNote.objects.filter(story__in=list(ids), thread=None, at=Subquery(sent_back))
    return {note.story_id: note for note in notes}
