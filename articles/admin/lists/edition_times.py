"""What saving the edition form will do, in a sentence or two: when readers see it, and what ends then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.actions.list_times import When
from articles.admin.story_status import time_left
from articles.models import ListEdition
from articles.templatetags.news import moment


def what_happens(
    when: When, editions: Sequence[ListEdition], at: datetime, *, edition: ListEdition | None = None
) -> SafeString:
    """What becomes of the list when the form is saved for `when` at `at`.

    `editions` are those of the list that are not over, `edition` the one that is edited: it moves if it has not begun.
    """
    if when.is_draft:
        return format_html("{}", _("Kept as a draft: readers see nothing of it until it gets a moment."))
    replaced = edition.pk if edition is not None and not edition.has_begun(at) else None
    others = [row for row in editions if row.starts_at is not None and row.pk != replaced]
    words = _of_special(when, others, at) if when.special else _of_standing(when, others, at)
    return format_html_join(" ", "{}", [(each,) for each in words])


def moment_shown(when: When, at: datetime) -> datetime:
    """The moment at which the preview reads the page: when the edition begins, or now."""
    return max(when.start, at) if when.start is not None else at


def _of_standing(when: When, others: Sequence[ListEdition], at: datetime) -> list[SafeString | str]:
    start = moment_shown(when, at)
    standing = sorted((row for row in others if not row.is_special), key=lambda row: row.starts_at)
    # Not by its end as stored, which may follow from the edition that is being moved.
    before = next((row for row in reversed(standing) if row.starts_at <= start), None)
    if before is not None and before.requested_end is not None and before.requested_end <= start:
        before = None
    after = next((row for row in standing if row.starts_at > start), None)
    if when.start is None or when.start <= at:
        words = [_("Readers see it as soon as it is saved."), _("The present edition ends then.") if before else ""]
    else:
        words = [format_html(_("From {} ({})."), moment(start), time_left(start, at))]
        if before is None:
            words.append("")
        elif before.has_begun(at):
            words.append(_("The present edition ends then."))
        else:
            words.append(format_html(_("The edition that begins {} ends then."), moment(before.starts_at)))
    ends = min((moment_ for moment_ in (when.end, after and after.starts_at) if moment_), default=None)
    if after is not None and ends == after.starts_at:
        words.append(format_html(_("The next edition follows {}."), moment(ends)))
    elif ends is not None:
        words.append(format_html(_("It ends {}; after that the list shows nothing until the next one."), moment(ends)))
    special = next((row for row in others if row.is_special and row.holds(start)), None)
    if special is not None:
        words.append(format_html(_("A special is shown in its place until {}."), moment(special.ends_at)))
    return [each for each in words if each]


def _of_special(when: When, others: Sequence[ListEdition], at: datetime) -> list[SafeString | str]:
    start = moment_shown(when, at)
    begins = _("At once") if start <= at else format_html(_("From {}"), moment(start))
    if when.end is None:
        return [format_html(_("{}, in the place of the standing edition, until an end that is to be given."), begins)]
    words: list[SafeString | str] = [
        format_html(
            _("{} until {}, in the place of the standing edition, which counts again then."), begins, moment(when.end)
        )
    ]
    for row in others:
        if row.is_special and row.starts_at < when.end and row.ends_at > start and not row.holds(at):
            words.append(
                format_html(
                    _("Careful: another special runs from {} until {}."), moment(row.starts_at), moment(row.ends_at)
                )
            )
    return words


def is_over(edition: ListEdition, at: datetime) -> bool:
    """Whether readers have had an edition and have it no longer."""
    return edition.has_begun(at) and not edition.holds(at)


def what_it_is(edition: ListEdition | None, at: datetime) -> SafeString | str:
    """What an edition, or a new one, is to readers, and what saving makes of it."""
    if edition is None:
        return _("A new edition. It begins as what readers have now; change what is to be different.")
    if edition.is_draft:
        return _("A draft: readers see nothing of it.")
    if is_over(edition, at):
        return format_html(
            _("This edition was shown from {} until {} and stays as it was. Saving makes a new one of it."),
            moment(edition.starts_at),
            moment(edition.ends_at),
        )
    if edition.has_begun(at):
        return format_html(
            _("Readers have this edition since {}. Saving makes the next one; what they had stays as it was."),
            moment(edition.starts_at),
        )
    return format_html(_("Planned: readers see it from {}."), moment(edition.starts_at))
