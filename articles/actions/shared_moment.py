"""Letting somebody without a login see one page as it will be at a moment to come, for a while.

What readers had is shared with nobody: it may have been withdrawn since, or will be while the link works. Of a moment
to come a page shows what is public then as things are planned now, so that what was taken back is not on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import log_activity
from articles.html import storable
from articles.models import Activity, PreviewLink, Publication, Section, Story
from articles.permissions import Operator

# Signatures of other parts of the site, made with the same key, are worth nothing here.
_SALT = "articles.shared_moment "
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_PATH = 600
# The pages that can be shared: names of addresses.
_OF_A_STORY = ("articles:story", "articles:version")
_OF_MANY = ("articles:front", "articles:section", "articles:topic", "articles:contributor")

Lifetime = PreviewLink.Lifetime


@dataclass(frozen=True, slots=True)
class SharedMoment:
    """What a link shows: the page at `path`, with `query` ("" for none), as it is at `moment`, until `expires_at`."""

    path: str
    query: str
    moment: datetime
    expires_at: datetime
    maker_id: int

    @property
    def signed(self) -> str:
        """It as one word of an address, short enough to be sent. The path is signed too, and stands behind it."""
        value = [self.query, _microseconds(self.moment), _microseconds(self.expires_at), self.maker_id]
        return signing.dumps(value, salt=_SALT + self.path)

    @classmethod
    def of(cls, signed: str, path: str) -> SharedMoment | None:
        """What somebody signed here for the page at `path`; None for what nobody did. It may have ended."""
        try:
            query, moment, expires_at, maker_id = signing.loads(signed, salt=_SALT + path)
        except signing.BadSignature:
            return None
        return cls(path, query, _moment(moment), _moment(expires_at), maker_id)

    def opens(self, maker: Any, now: datetime) -> bool:
        """Whether it works at `now`: until it ends, and while `maker` (None: deleted) may share this page.

        From its moment on it shows nothing of its own: see `has_come`.
        """
        return (
            now < self.expires_at
            and maker is not None
            and maker.is_staff
            and may_share(maker, self.path, self.moment, now)
        )

    def has_come(self, now: datetime) -> bool:
        """Whether its moment is past, so that everybody has the page, but for what was taken back since."""
        return self.moment <= now


def is_shareable(path: str) -> bool:
    """Whether `path` is, to the last slash, the address of a page that can be shared."""
    try:
        return resolve(path).view_name in _OF_A_STORY + _OF_MANY
    except Resolver404:
        return False


def may_share(user: Any, path: str, moment: datetime, now: datetime) -> bool:
    """Whether, at `now`, `user` may share the page at `path` as it is at `moment`. At most six queries."""
    if not permissions.can_share_moment(user) or not is_shareable(path):
        return False
    match = resolve(path)
    if match.view_name in _OF_A_STORY:
        story = Story.objects.filter(pk=int(match.kwargs["story_id"])).first()
        is_public = story is not None and _is_unchanged(story, moment, now)
        return story is not None and permissions.can_share_story_page(user, story, is_public=is_public)
    section = None
    if match.view_name == "articles:section":
        section = Section.objects.filter(slug=match.kwargs["slug"]).values_list("pk", flat=True).first()
    return permissions.can_share_page(user, section)


def _is_unchanged(story: Story, moment: datetime, now: datetime) -> bool:
    """Whether readers have now what they have of `story` at `moment`: no version nor withdrawal comes in between."""
    live = Publication.objects.live(now).filter(story=story).first()
    return live is not None and live.holds(max(moment, now))


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


@transaction.atomic
def share_moment(
    *, path: str, query: str = "", moment: datetime, lifetime: str, by: Any, now: datetime | None = None
) -> SharedMoment:
    """Let whoever has the link see the public page at `path` as it is at `moment`, for one of `Lifetime`.

    Raises PermissionDenied, and ValidationError (keyed `lifetime`, `path` or `moment`).
    """
    now = now or clock.now()
    # A link lives as long as the right of whoever made it, so that has to be somebody with a login.
    if isinstance(by, Operator) or not permissions.can_share_moment(by):
        raise PermissionDenied(_("You may not share a page of another moment."))
    if lifetime not in Lifetime.values:
        raise ValidationError({"lifetime": _("Choose how long the link is to work.")})
    if len(path) + len(query) > LONGEST_PATH:
        raise ValidationError({"path": _("This address is too long to be shared.")})
    if not is_shareable(path):
        raise ValidationError({"path": _("There is no such page, or no such moment. Open the page again.")})
    if moment <= now:
        refusal = _(
            "Only a page of a moment to come is shared without a login: what readers had before may have been "
            "withdrawn since. For the page as it is now, send its plain address."
        )
        raise ValidationError({"moment": refusal})
    if not may_share(by, path, moment, now):
        refusal = _("You may not share this page: its text is not public yet, or it is not of your sections alone.")
        raise PermissionDenied(refusal)
    shared = SharedMoment(path, query, moment, now + Lifetime(lifetime).length, by.pk)
    log_activity(
        by=by,
        verb=Activity.Verb.SHARED_MOMENT,
        at=now,
        subject=storable(path)[:200],
        path=storable(f"{path}?{query}" if query else path),
        moment=moment.isoformat(),
        expires_at=shared.expires_at.isoformat(),
    )
    return shared
