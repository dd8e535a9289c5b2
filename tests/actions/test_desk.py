"""What everybody does with what is one's own on the desk."""

from __future__ import annotations

from datetime import timedelta

from articles.actions import mark_seen, save_preferences
from articles.models import DeskProfile, Notification
from tests.builders import MONDAY, a_section


def test_settings_are_kept_beside_the_limit_to_sections(cast):
    """What an administrator decided about somebody stays as it is."""
    profile = DeskProfile.objects.create(user=cast.editor)
    profile.sections.set([a_section()])
    assert save_preferences(by=cast.editor, wants_digest=False).pk == profile.pk
    profile.refresh_from_db()
    assert (profile.wants_digest, profile.sections.count()) == (False, 1)
    assert save_preferences(by=cast.reporter, wants_digest=False).user == cast.reporter


def test_what_was_seen_keeps_the_moment_it_was_first_seen(cast):
    row = Notification.objects.create(user=cast.editor, kind="noted", at=MONDAY, key="x")
    assert mark_seen(by=cast.editor, one=row.pk, now=MONDAY) == 1
    assert mark_seen(by=cast.editor, up_to=row.pk, now=MONDAY + timedelta(hours=1)) == 0
    row.refresh_from_db()
    assert row.seen_at == MONDAY
