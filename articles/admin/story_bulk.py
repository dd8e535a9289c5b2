"""What can be done with several stories of the list at once: the moves of the table that fit in bulk, and the bin.

Each story is one action of its own, so that one refusal stops no other; the record names whoever pressed the button.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import actions, permissions
from articles.admin.autocomplete import is_id
from articles.models import Story
from articles.workflow import MOVES, review_stages

# Refusals that are told one by one; beyond them only how many there were.
TOLD = 10


def _bulk_action(name: str, label: Any, act: Callable[..., Any]) -> Callable[..., None]:
    """An action of Django's admin that does `act` with each chosen story."""

    def bulk_action(admin: Any, request: HttpRequest, stories: QuerySet[Story]) -> None:
        _in_bulk(act, admin, request, stories)

    bulk_action.__name__, bulk_action.short_description = name, label
    return bulk_action


# What each move in bulk calls; every other move asks for something that differs from story to story.
_BULK = {"submit": actions.submit_story, "publish": actions.publish_story}


class StoryBulk:
    """The part of `StoryAdmin` that acts on many stories."""

    actions = (
        *(_bulk_action(move.name, move.label, _BULK[move.name]) for move in MOVES if move.in_bulk),
        _bulk_action("bin", gettext_lazy("Put into the bin"), actions.bin_story),
        _bulk_action("take_out", gettext_lazy("Take out of the bin"), actions.take_out_of_bin),
    )

    def get_actions(self, request: HttpRequest, action_location: Any = None) -> dict[str, Any]:
        """The bulk actions that the user may have a right to; each asks again for each story.

        `action_location` is Django 6.1's: the form of one story has the status bar instead.
        """
        if action_location is None:
            found = super().get_actions(request)
        elif action_location.name == "CHANGE_FORM":
            return {}
        else:
            found = super().get_actions(request, action_location=action_location)
        return {name: action for name, action in found.items() if self._is_offered(request, name)}

    def response_action(self, request: HttpRequest, queryset: QuerySet[Story], **options: Any) -> Any:
        """As Django's, but without what cannot be an id, over which its query would fail."""
        request.POST = request.POST.copy()
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        request.POST.setlist(ACTION_CHECKBOX_NAME, [one for one in chosen if is_id(one)])
        return super().response_action(request, queryset, **options)

    def _is_offered(self, request: HttpRequest, name: str) -> bool:
        in_bin = request.GET.get("status") == "bin"
        match name:
            case "submit":
                may = bool(review_stages())
            case "publish":
                may = permissions.can_publish_some(request.user)
            case "bin" | "take_out":
                may = True
            case _:
                return False
        return may and permissions.can_write(request.user) and in_bin == (name == "take_out")


def _in_bulk(act: Callable[..., Any], admin: Any, request: HttpRequest, stories: QuerySet[Story]) -> None:
    """Do `act` with each story and say what came of it: how many were done, and which were refused and why."""
    done, refused = 0, []
    for story in stories:
        try:
            act(story=story, by=request.user)
            done += 1
        except (ValidationError, PermissionDenied) as error:
            why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            refused.append(_("“%(story)s”: %(why)s") % {"story": story, "why": why})
    if done:
        said = ngettext("Done with %d story.", "Done with %d stories.", done) % done
        admin.message_user(request, said, messages.SUCCESS)
    for words in refused[:TOLD]:
        admin.message_user(request, words, messages.ERROR)
    if (more := len(refused) - TOLD) > 0:
        said = ngettext("%d more story was refused.", "%d more stories were refused.", more) % more
        admin.message_user(request, said, messages.ERROR)
