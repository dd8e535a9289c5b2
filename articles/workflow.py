"""How a story gets from a journalist to its readers: the roles, the stages of review, and the table of moves.

Buttons, bulk actions and keyboard shortcuts follow from MOVES; `make_roles` makes the groups of ROLES.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from articles import permissions

# -- Roles: permission codenames (of the articles app, where no app is named). A role has these and nothing else. --

_LOOK_UP = frozenset(
    f"view_{noun}"
    for noun in (
        "story",
        "section",
        "topic",
        "contributor",
        "source",
        "copyrightnotice",
        "publication",
        "revision",
        "storylist",
        "siteidentity",
        "sitepage",
        "conversionterm",
    )
)
_WRITE = frozenset({"add_story", "change_story"})
_NAME_THINGS = frozenset(
    f"{verb}_{noun}" for verb in ("add", "change") for noun in ("topic", "contributor", "source", "sourcealias")
)
_ORDER_THE_SITE = frozenset(
    f"{verb}_{noun}"
    for verb in ("add", "change", "delete")
    for noun in ("section", "topic", "contributor", "source", "sourcealias", "copyrightnotice")
)
_SHAPE_THE_SITE = frozenset(
    {"add_siteidentity", "change_siteidentity"}
    | {f"{verb}_{noun}" for verb in ("add", "change", "delete") for noun in ("sitepage", "conversionterm")}
)
_LOOK_AFTER_PEOPLE = frozenset(
    {"auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group"}
    | {f"{verb}_deskprofile" for verb in ("view", "add", "change")}
)

ROLES: dict[str, frozenset[str]] = {
    "reporter": _LOOK_UP | _WRITE,
    "photo editor": _LOOK_UP,
    "editor": _LOOK_UP
    | _WRITE
    | _NAME_THINGS
    | {"edit_any_story", "review_story", "second_review_story", "change_storylist"},
    "list editor": _LOOK_UP | {"change_storylist"},
    "chief editor": _LOOK_UP
    | _WRITE
    | _NAME_THINGS
    | _ORDER_THE_SITE
    | _SHAPE_THE_SITE
    | {"edit_any_story", "publish_story", "withdraw_story", "delete_story", "view_activity", "view_importrun"}
    | {"review_story", "second_review_story", "final_review_story", "override_checks"}
    | {"add_storylist", "change_storylist"},
    "administrator": _LOOK_UP
    | _ORDER_THE_SITE
    | _SHAPE_THE_SITE
    | _LOOK_AFTER_PEOPLE
    | {"add_storylist", "view_activity", "view_importrun", "empty_bin"},
}

# -- Stages of review --


@dataclass(frozen=True)
class Stage:
    """One review that a revision has to pass: `permission` is what signing it off takes."""

    key: str
    label: str
    permission: str


STAGES: dict[str, tuple[Stage, ...]] = {
    "none": (),
    "one": (Stage("review", _("review"), "review_story"),),
    # 三审: three people, each of whom sees the whole story.
    "three": (
        Stage("first", _("first review"), "review_story"),
        Stage("second", _("second review"), "second_review_story"),
        Stage("final", _("final review"), "final_review_story"),
    ),
}


def review_stages() -> tuple[Stage, ...]:
    """The stages of this newsroom, from its setting."""
    return STAGES[settings.REVIEW_STAGES]


def next_stage(stages: Collection[Stage], signed: Collection[str]) -> Stage | None:
    """The first of `stages` whose key is not among `signed`; None when all are."""
    return next((stage for stage in stages if stage.key not in signed), None)


# -- Moves --


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What counts for the question which moves are possible."""

    review: str = "draft"
    # The stage a submitted story waits for.
    waiting_for: Stage | None = None
    has_stages: bool = True
    is_live: bool = False
    # Whether readers have, or have had, the latest revision.
    was_public: bool = False
    # Who saved the latest revision, and who signed it: ids of users.
    edited_by: int | None = None
    signed_by: frozenset[int] = frozenset()

    @property
    def is_approved(self) -> bool:
        """Whether the latest revision may be published as far as review goes."""
        return not self.has_stages or self.review == "approved"


@dataclass(frozen=True, kw_only=True)
class Move:
    """One thing that can be done with a story as a whole.

    `button` is the name its button is posted under, `key` its access key; `label` stands on the button, and on the
    panel's `action` button where the move `asks` for fields of the form first. `may(user, story, situation)` asks the
    predicate, `fits(situation)` whether the move makes sense now.
    """

    name: str
    label: str
    button: str
    may: Callable[[Any, Any, Situation], bool]
    fits: Callable[[Situation], bool]
    key: str = ""
    action: str = ""
    help: str = ""
    asks: tuple[str, ...] = ()
    in_bulk: bool = False
    done: str = ""


def _may_approve(user: Any, story: Any, now: Situation) -> bool:
    return now.waiting_for is not None and permissions.can_sign_off(
        user, story, now.waiting_for, edited_by=now.edited_by, signed_by=now.signed_by
    )


def _may_publish(user: Any, story: Any, now: Situation) -> bool:
    return permissions.can_publish(user, story) and (now.is_approved or permissions.can_override(user, story))


MOVES: tuple[Move, ...] = (
    Move(
        name="submit",
        label=_("Submit for review"),
        button="_submit",
        key="u",
        in_bulk=True,
        may=lambda user, story, now: permissions.can_edit(user, story),
        fits=lambda now: now.has_stages and now.review in {"draft", "sent_back"},
        done=_("Submitted for review."),
    ),
    Move(
        name="approve",
        label=_("Approve"),
        button="_approve",
        key="a",
        # Not in bulk: approving takes reading.
        may=_may_approve,
        fits=lambda now: now.review == "submitted",
        done=_("Approved."),
    ),
    Move(
        name="send_back",
        label=_("Send back…"),
        action=_("Send back"),
        button="_send_back",
        asks=("review_note",),
        may=lambda user, story, now: permissions.can_send_back(user, story),
        fits=lambda now: now.review == "submitted" or (now.review == "approved" and not now.was_public),
        done=_("Sent back to its author."),
    ),
    Move(
        name="publish",
        label=_("Publish now"),
        button="_publish_now",
        key="p",
        in_bulk=True,
        may=_may_publish,
        fits=lambda now: True,
        done=_("Published: readers see this version now."),
    ),
    Move(
        name="schedule",
        label=_("Publish at…"),
        action=_("Schedule"),
        button="_publish_at",
        asks=("publish_at", "publish_until"),
        may=_may_publish,
        fits=lambda now: True,
        done=_("Scheduled."),
    ),
    Move(
        name="withdraw",
        label=_("Withdraw…"),
        action=_("Withdraw"),
        button="_withdraw",
        asks=("withdrawal_note", "withdraw_at"),
        help=_("Everything scheduled for later is cancelled with it."),
        may=lambda user, story, now: permissions.can_withdraw(user, story),
        fits=lambda now: now.is_live,
        done=_("The withdrawal is recorded."),
    ),
)

# Publishing a retraction is done with another sentence than the move's own.
RETRACTED = _("Retracted: the page and its notice stay, and no list leads to it.")


def moves_for(user: Any, story: Any, situation: Situation) -> tuple[Move, ...]:
    """The moves that `user` may make with `story` in `situation`, in the order of the table."""
    return tuple(move for move in MOVES if move.fits(situation) and move.may(user, story, situation))
