"""Letting somebody without a login see one page as it is at another moment, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import log_activity
from articles.html import storable
from articles.models import Activity, PreviewLink
from articles.permissions import Operator

# Signatures of other parts of the site, made with the same key, are worth nothing here.
_SALT = "articles.shared_moment "
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_PATH = 600

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
        """Whether it shows the page at `now`: until it ends, and while `maker` (None: deleted) may share it."""
        return now < self.expires_at and maker is not None and maker.is_staff and permissions.can_share_moment(maker)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


@transaction.atomic
def share_moment(
    *, path: str, query: str = "", moment: datetime, lifetime: str, by: Any, now: datetime | None = None
) -> SharedMoment:
    """Let whoever has the link see the public page at `path` as it is at `moment`, for one of `Lifetime`.

    Raises PermissionDenied, and ValidationError (keyed `lifetime` or `path`).
    """
    now = now or clock.now()
    # A link lives as long as the right of whoever made it, so that has to be somebody with a login.
    if isinstance(by, Operator) or not permissions.can_share_moment(by):
        raise PermissionDenied(_("You may not share a page of another moment."))
    if lifetime not in Lifetime.values:
        raise ValidationError({"lifetime": _("Choose how long the link is to work.")})
    if len(path) + len(query) > LONGEST_PATH:
        raise ValidationError({"path": _("This address is too long to be shared.")})
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
