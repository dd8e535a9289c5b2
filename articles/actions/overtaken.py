"""A save that somebody else's save has overtaken: the two are merged, and no text of either is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.actions.activity import name_of
from articles.content import StoryContent
from articles.merging import Choice, Merged, merge
from articles.models import Revision, StoryRows

# Where the revision a form was opened at is not known: then every difference is asked for.
_NOTHING = StoryContent(headline="")


@dataclass(frozen=True)
class Decision:
    """What was chosen, by place, where the form and the revision `number` contradict each other."""

    number: int
    choices: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True)
class Overtaken:
    """What a save holds of the revisions saved since its form was opened.

    `base` is what the form was opened at, `revisions` those saved since, oldest first, `taken` the places that are as
    they left them, `missing` the names of what is left out because it no longer exists.
    """

    base: StoryContent
    revisions: tuple[Revision, ...]
    taken: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def latest(self) -> Revision:
        return self.revisions[-1]


class ConflictError(ValidationError):
    """Places that the form and a revision saved meanwhile changed differently; somebody has to choose.

    `base` is the number of the revision both began with, `latest` the one that contradicts, `merged` all that the two
    contradict each other in, `decisions` those made before against earlier revisions. `reasons` say why what was chosen
    cannot be saved; mostly there are none.
    """

    def __init__(
        self,
        *,
        base: int,
        latest: Revision,
        merged: Merged,
        decisions: tuple[Decision, ...],
        reasons: Sequence[str] = (),
    ) -> None:
        message = _("%(who)s saved version %(number)d while this form was open and changed the same places.")
        super().__init__(message, code="conflict", params={"who": name_of(latest.created_by), "number": latest.number})
        self.base = base
        self.latest = latest
        self.merged = merged
        self.decisions = decisions
        self.reasons = tuple(reasons)


def merge_overtaken(
    rows: StoryRows,
    *,
    based_on: int,
    latest: Revision,
    decisions: Sequence[Decision],
    validate: Callable[[StoryRows], None],
) -> Overtaken:
    """Make `rows`, typed on top of revision `based_on`, hold what was saved since as well.

    The caller holds the lock. Raises ConflictError, and ValidationError for a merged story that cannot be stored.
    """
    since = rows.story.revisions.filter(number__gte=based_on, number__lte=latest.number).select_related("created_by")
    found = {revision.number: revision for revision in since.order_by("number")}
    base = found.pop(based_on, None)
    base_content = base.content if base else _NOTHING
    if base is None:
        found = {latest.number: latest}
    mine = rows.content()
    steps = [decision for decision in decisions if decision.number in found]
    content, taken = _merged(base_content, mine, based_on, found, [*steps, Decision(latest.number)])
    merged_rows, missing = StoryRows.from_content(rows.story, content)
    merged_rows.give_keys()
    # A link of mine into the bin is refused, as in any save, and not left out together with its text.
    here = {row.related_story_id for row in merged_rows.related_links}
    wanted = {link.story_id for link in content.related_links} - here
    merged_rows.related_links = [
        *merged_rows.related_links,
        *(row for row in rows.related_links if row.related_story_id in wanted),
    ]
    try:
        validate(merged_rows)
    except ValidationError as error:
        if steps:
            _ask_again(base_content, mine, based_on, found, steps, error)
        raise
    rows.subsections, rows.bylines = merged_rows.subsections, merged_rows.bylines
    rows.related_links, rows.topics = merged_rows.related_links, merged_rows.topics
    return Overtaken(base_content, tuple(found.values()), taken, missing)


def _merged(
    base: StoryContent, mine: StoryContent, number: int, found: Mapping[int, Revision], steps: Sequence[Decision]
) -> tuple[StoryContent, tuple[str, ...]]:
    """`mine` merged with one revision after the other, and the places taken over. Raises ConflictError."""
    taken: dict[str, None] = {}
    done: list[Decision] = []
    for step in steps:
        if step.number <= number and done:
            # The latest was decided on already, or a crafted form decides on the same one again.
            continue
        theirs = found[step.number]
        merged = merge(base, theirs.content, mine, step.choices)
        if merged.conflicts:
            # All that contradicts, also what was chosen already: it is chosen on one page.
            merged = merge(base, theirs.content, mine)
            raise ConflictError(base=number, latest=theirs, merged=merged, decisions=tuple(done))
        base, mine, number = theirs.content, merged.content, step.number
        taken |= dict.fromkeys(merged.taken)
        done.append(step)
    return mine, tuple(taken)


def _ask_again(
    base: StoryContent,
    mine: StoryContent,
    number: int,
    found: Mapping[int, Revision],
    steps: Sequence[Decision],
    refused: ValidationError,
) -> None:
    """Raise the last conflict anew, with the reasons why what was chosen there cannot be saved."""
    try:
        _merged(base, mine, number, found, [*steps[:-1], Decision(steps[-1].number)])
    except ConflictError as conflict:
        conflict.reasons = tuple(refused.messages)
        raise conflict from refused
