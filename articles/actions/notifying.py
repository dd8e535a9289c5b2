"""Telling colleagues what happened to a story, or will to lists: at once on the desk, later by mail (`digests.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model

from articles import permissions
from articles.actions.activity import name_of
from articles.models import Notification, Story
from articles.workflow import Stage


def tell(
    *, users: Iterable[Any], kind: str, story: Story, at: datetime, key: str, by: Any = None, headline: str = ""
) -> None:
    """Tell `users` (None among them is nobody) that `kind`, a key of notifications.KINDS, happened to `story` at `at`.

    `by` did it, and is not told. Only people who may read the story on the desk are told, and the same `key` never
    tells somebody twice. `headline` is the story's, unless another one is given. The caller holds a transaction.
    """
    actor = by.pk if by is not None else None
    told = {user.pk: user for user in users if user is not None and user.pk not in (None, actor)}
    detail = {"who": name_of(by) if by is not None else "", "headline": headline or story.headline}
    Notification.objects.bulk_create(
        (
            Notification(user=user, story=story, kind=kind, detail=detail, at=at, key=key)
            for user in told.values()
            if user.is_staff and permissions.can_see(user, story)
        ),
        ignore_conflicts=True,
    )


def tell_of_lists(*, problems: Mapping[Any, Sequence[str]], at: datetime, key: str) -> int:
    """Tell each user of `problems` how many there are in their lists: the names of the lists, the soonest first.

    The same `key` never tells somebody twice. Returns how many people were told now. The caller holds a transaction.
    """
    told = set(Notification.objects.filter(key=key).values_list("user", flat=True))
    fresh = {user: names for user, names in problems.items() if names and user.pk not in told}
    Notification.objects.bulk_create(
        (
            Notification(
                user=user,
                kind="list_problems",
                detail={"count": str(len(names)), "headline": names[0]},
                at=at,
                key=key,
            )
            for user, names in fresh.items()
        ),
        ignore_conflicts=True,
    )
    return len(fresh)


def list_editors() -> list[Any]:
    """Who may change some lists and has not switched mail off. Two queries."""
    return [
        user
        for user in _holders("change_storylist")
        if (profile := getattr(user, "desk_profile", None)) is None or profile.wants_digest
    ]


def authors(story: Story) -> list[Any]:
    """Whose story it is: who began it, and who changed it last."""
    return [story.created_by, story.updated_by]


def reviewers(story: Story, stage: Stage) -> list[Any]:
    """Who may decide about `story` at `stage`. Three queries and a few for each of them."""
    return [user for user in _holders(stage.permission) if permissions.can_review(user, story, stage)]


def chief_editors(story: Story) -> list[Any]:
    """Who may publish `story` in an emergency, and should know when somebody did."""
    return [user for user in _holders("override_checks") if permissions.can_override(user, story)]


def _holders(codename: str) -> Iterable[Any]:
    # Whoever may do everything because the machine is theirs is not on the desk for that.
    users = get_user_model().objects.with_perm(f"articles.{codename}", include_superusers=False)
    return users.filter(is_staff=True).select_related("desk_profile").order_by("pk")
