"""One predicate per question: may this user do this? Used by actions, admin, previews and every other surface.

Users and stories are taken as they come (anything with Django's `has_perm`; anything with `created_by_id`). No
predicate asks the database for more than `has_perm` does.
"""

from __future__ import annotations

from typing import Any


def _has(user: Any, codename: str) -> bool:
    return bool(user is not None and user.is_active and user.has_perm(f"articles.{codename}"))


def can_write(user: Any) -> bool:
    """May start a new story."""
    return _has(user, "add_story")


def can_see(user: Any, story: Any) -> bool:
    """May read the working copy of `story`: everybody who works on stories may, so that colleagues can help."""
    return _has(user, "view_story") or _has(user, "change_story")


def can_edit(user: Any, story: Any) -> bool:
    """May change the rows of `story`: one's own story, or any with the right for it."""
    return _has(user, "change_story") and (story.created_by_id == user.pk or _has(user, "edit_any_story"))


def can_preview(user: Any, story: Any) -> bool:
    """May see the page that the working copy would make."""
    return can_see(user, story)


def can_publish(user: Any, story: Any) -> bool:
    """May publish or schedule `story`, and cancel what is scheduled."""
    return _has(user, "publish_story") and can_edit(user, story)


def can_withdraw(user: Any, story: Any) -> bool:
    """May take `story` from readers."""
    return _has(user, "withdraw_story") and can_edit(user, story)


def can_delete(user: Any, story: Any) -> bool:
    """May delete `story`. What was ever public or scheduled stays."""
    return _has(user, "delete_story") and can_edit(user, story) and not story.has_publications


def can_import(user: Any) -> bool:
    """May run an import, and publish what it brings."""
    return _has(user, "add_story") and _has(user, "edit_any_story") and _has(user, "publish_story")


def can_change_notices(user: Any) -> bool:
    """May write a new copyright notice for a source."""
    return _has(user, "change_copyrightnotice")


class Operator:
    """Somebody with a shell on the server, acting through a command of manage.py: may do everything, has no login."""

    pk = None
    is_active = True

    def __init__(self, name: str) -> None:
        self.name = name

    def has_perm(self, permission: str) -> bool:
        return True

    def get_username(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name
