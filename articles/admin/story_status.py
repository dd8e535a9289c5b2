"""What readers see, what is scheduled, and how the working copy differs: as sentences for the status bar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.actions.activity import name_of
from articles.admin.story_situation import new_story, review_status
from articles.models import Publication, Revision, Story
from articles.templatetags.news import moment
from articles.views.time_machine import address_at
from articles.workflow import Situation


@dataclass(frozen=True)
class Planned:
    """Something scheduled, in words, with what its Cancel button needs."""

    publication: Publication
    words: SafeString

    @property
    def key(self) -> str:
        """The id of the publication, as it is posted."""
        return str(self.publication.pk)

    @property
    def seen_at(self) -> str:
        """The page in the time machine, as it is from then on."""
        return address_at(self.publication.get_absolute_url(), self.publication.live_from)


@dataclass(frozen=True)
class StoryStatus:
    now: SafeString
    planned: list[Planned] = field(default_factory=list)
    difference: str = ""
    is_live: bool = False
    # Of what is live: its page stays, and no list leads to it.
    is_retracted: bool = False
    live_url: str = ""
    # In which lists leave the story out.
    retractions: list[Publication] = field(default_factory=list)
    latest_number: int | None = None
    situation: Situation = field(default_factory=new_story)
    review: SafeString | str = ""


def story_status(story: Story | None, at: datetime) -> StoryStatus:
    """The status of `story` at `at`; `None` is a story that was not saved yet."""
    if story is None or story.pk is None:
        return StoryStatus(now=format_html("{}", _("New story. Nobody sees it until it is saved and published.")))
    publications = list(story.publications.select_related("revision", "created_by").order_by("live_from"))
    latest = story.revisions.first()
    current = next((row for row in publications if row.holds(at)), None)
    is_live = current is not None and current.kind != Publication.Kind.WITHDRAWN
    live = current if is_live else None
    planned = [row for row in publications if row.live_from > at]
    begun = [row for row in publications if row.shows and row.live_from <= at]
    was_public = latest is not None and any(row.revision_id == latest.pk for row in begun)
    review = review_status(story, latest, is_live=is_live, was_public=was_public)
    return StoryStatus(
        now=_now(publications, current, at),
        planned=[
            Planned(row, format_html_join(" ", "{}", [(each,) for each in (_plan(row, at, live), *_change(row))]))
            for row in planned
        ],
        difference=_difference(latest, live, planned),
        is_live=is_live,
        is_retracted=is_live and current.is_retraction,
        retractions=[row for row in publications if row.is_retraction],
        live_url=current.get_absolute_url() if is_live else "",
        latest_number=latest.number if latest else None,
        situation=review.situation,
        review=review.words,
    )


def _now(publications: list[Publication], current: Publication | None, at: datetime) -> SafeString:
    if current is None:
        ended = [row for row in publications if row.live_until and row.live_until <= at]
        if ended:
            return format_html(_("Taken down since {}."), moment(ended[-1].live_until))
        return format_html("{}", _("Not public: readers do not see this story."))
    if current.kind == Publication.Kind.WITHDRAWN:
        return format_html(_("Withdrawn since {}. Readers see the notice instead."), moment(current.live_from))
    if current.is_retraction:
        said = _("Retracted since {}: the page and its notice stay, and no list leads to it.")
        words = format_html(said, moment(current.live_from))
    else:
        words = format_html(_("Live since {}, version {}."), moment(current.live_from), current.revision.number)
    if current.requested_until and current.live_until == current.requested_until:
        end = format_html(_("Comes down {} ({})."), moment(current.live_until), time_left(current.live_until, at))
        words = format_html("{} {}", words, end)
    return words


def _plan(publication: Publication, at: datetime, live: Publication | None) -> SafeString:
    when, left = moment(publication.live_from), time_left(publication.live_from, at)
    if publication.kind == Publication.Kind.WITHDRAWN:
        return format_html(_("Will be withdrawn {} ({})."), when, left)
    number = publication.revision.number
    if publication.is_retraction:
        words = format_html(_("Will be retracted {} ({})."), when, left)
    elif live and number < live.revision.number:
        words = format_html(_("Careful: the older version {} replaces the live one {} ({})."), number, when, left)
    else:
        words = format_html(_("Version {} goes live {} ({})."), number, when, left)
    if publication.requested_until and publication.live_until == publication.requested_until:
        words = format_html("{} {}", words, format_html(_("Comes down {}."), moment(publication.live_until)))
    return words


def _change(publication: Publication) -> list[SafeString | str]:
    """What readers will be told of the change, and who decided it: a sentence each."""
    words: list[SafeString | str] = []
    if publication.shown_change:
        words.append(format_html(_("As {}: “{}”."), publication.get_change_display(), publication.note))
    elif publication.change == Publication.Change.MINOR:
        words.append(_("As a minor change, not shown."))
    if by := publication.created_by:
        words.append(format_html(_("Decided by {}."), name_of(by)))
    return words


def _difference(latest: Revision | None, live: Publication | None, planned: list[Publication]) -> str:
    """How the saved text differs from what readers see, or will see last of all that is scheduled."""
    if latest is None:
        return ""
    if live and latest.digest == live.revision.digest:
        if live.is_retraction:
            return _("The saved text is the one that was retracted.")
        return _("The saved text is what readers see.")
    scheduled = [row for row in planned if row.kind != Publication.Kind.WITHDRAWN]
    if scheduled:
        if any(row.revision.digest == latest.digest for row in scheduled):
            return _("The saved text is scheduled.")
        return _(
            "The saved text is version %(number)d: it is newer than what is scheduled, and not scheduled itself."
        ) % {"number": latest.number}
    if live is None:
        return ""
    return _("The saved text is version %(number)d and has unpublished changes.") % {"number": latest.number}


def time_left(moment_: datetime, at: datetime) -> str:
    """From `at` until a later moment, in words: "in 3 h 12 min", "in 5 days 2 h"."""
    minutes = -((at - moment_) // timedelta(minutes=1))
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        in_days = ngettext("in %(days)d day %(hours)d h", "in %(days)d days %(hours)d h", days)
        return in_days % {"days": days, "hours": hours}
    if hours:
        return _("in %(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return _("in %(minutes)d min") % {"minutes": minutes}
