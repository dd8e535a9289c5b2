"""Digests: what a colleague has not seen on the desk, in one mail.

Which notifications a mail holds is decided in the database, once. Sending cannot be: a ticker that is killed between
handing a mail over and noting it hands over the same mail again, with the same Message-ID, which mail programs show
once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from articles import permissions
from articles.actions.attempts import ATTEMPTS, LEASE, failure, retry_at
from articles.actions.mail import digest_message, mail_is_set_up, send
from articles.models import Digest, Notification

log = logging.getLogger(__name__)

# So many people get their mail in one run; the others in the next.
BATCH = 200
# What somebody was told longer ago is no news: it is not mailed any more, to somebody who starts to want mail either.
NEWS_FOR = timedelta(days=7)


def send_digests(*, moment: Callable[[], datetime], stop: Callable[[], bool] = lambda: False) -> tuple[int, int]:
    """Mail everybody who wants it what they have not seen for DIGEST_AFTER minutes.

    Returns how many mails were sent, and how many failed and are tried again later. Without a mail server (EMAIL_URL)
    nothing is mailed: notifications stay on the desk.
    """
    if not mail_is_set_up():
        return 0, 0
    for user in _readers(moment()):
        if stop():
            return 0, 0
        _make(user, moment())
    sent = failed = 0
    for digest in _unsent(moment())[:BATCH]:
        if stop():
            break
        outcome = _send(digest.pk, moment)
        sent += outcome is True
        failed += outcome is False
    return sent, failed


def _unseen(now: datetime) -> Any:
    return Notification.objects.unseen().filter(at__gt=now - NEWS_FOR, at__lte=now)


def _readers(now: datetime) -> Any:
    """People with something unseen for long enough, who want mail. Nobody who has not said so does not want it."""
    waiting = _unseen(now).filter(at__lte=now - timedelta(minutes=settings.DIGEST_AFTER))
    wants = Q(desk_profile=None) | Q(desk_profile__wants_digest=True)
    users = get_user_model().objects.filter(wants, is_active=True, is_staff=True).exclude(email="")
    return users.filter(pk__in=waiting.order_by().values("user")).order_by("pk")[:BATCH]


@transaction.atomic
def _make(user: Any, now: datetime) -> None:
    """Put everything unseen of one person into a digest."""
    # One digest at a time for one person: another ticker passes by.
    if get_user_model().objects.select_for_update(skip_locked=True, no_key=True).filter(pk=user.pk).first() is None:
        return
    unseen = list(_unseen(now).filter(user=user).select_related("story"))
    # Somebody who lost the right to read the desk since is not mailed what it says; it is not asked for again.
    if not unseen:
        return
    digest = Digest.objects.create(user=user, made_at=now, given_up=not permissions.can_see(user, unseen[0].story))
    Notification.objects.filter(pk__in=[row.pk for row in unseen]).update(digest=digest)


def _unsent(now: datetime) -> Any:
    ready = Q(try_after=None) | Q(try_after__lte=now)
    return Digest.objects.filter(ready, sent_at=None, given_up=False).order_by("made_at", "pk")


def _send(key: int, moment: Callable[[], datetime]) -> bool | None:
    """Whether it was sent; None where another ticker has it, or its reader wants no mail any more."""
    with transaction.atomic():
        now = moment()
        digest = _unsent(now).select_for_update(skip_locked=True, no_key=True).filter(pk=key).first()
        if digest is None:
            return None
        digest.attempts += 1
        digest.try_after = now + LEASE
        digest.given_up = not _wants(digest.user)
        digest.save(update_fields=["attempts", "try_after", "given_up"])
    if digest.given_up:
        return None
    try:
        send(digest_message(digest))
    except Exception as error:  # a mail server may fail in any way; the other mails go on
        given_up = digest.attempts >= ATTEMPTS
        Digest.objects.filter(pk=key).update(
            try_after=retry_at(digest.attempts, moment()), given_up=given_up, error=failure(error)
        )
        log.error("Digest %d failed %d times%s", key, digest.attempts, "; given up" if given_up else "", exc_info=error)
        return False
    Digest.objects.filter(pk=key).update(sent_at=moment(), try_after=None, error="")
    return True


def _wants(user: Any) -> bool:
    profile = getattr(user, "desk_profile", None)
    return bool(user.is_active and user.is_staff and user.email and (profile is None or profile.wants_digest))
