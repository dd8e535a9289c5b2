"""What can be done with several stories of the list at once: the moves of the table that fit in bulk, and the bin.

Each story is one action of its own, so that one refusal stops no other; the record names whoever pressed the button.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import actions, permissions
from articles.admin.autocomplete import is_id
from articles.models import Story
from articles.workflow import MOVES, review_stages

# What each move in bulk calls; every other move asks for something that differs from story to story.
_BULK: dict[str, Callable[..., Any]] = {"submit": actions.submit_story, "publish": actions.publish_story}
_BIN = ("bin", gettext_lazy("Put into the bin"), actions.bin_story)
_TAKE_OUT = ("take_out", gettext_lazy("Take out of the bin"), actions.take_out_of_bin)
# Refusals that are told one by one; beyond them only how many there were.
TOLD = 10


class StoryBulk:
    """The part of `StoryAdmin` that acts on many stories."""

    # Those of `get_actions`; Django's own list must not be None for the boxes to be shown.
    actions = ()

    def get_actions(self, request: HttpRequest) -> dict[str, tuple]:
        """The bulk actions that the user may have a right to; each asks again for each story."""
        if IS_POPUP_VAR in request.GET or not permissions.can_write(request.user):
            return {}
        if request.GET.get("status") == "bin":
            offered = [_TAKE_OUT]
        else:
            moves = [move for move in MOVES if move.in_bulk and self._may_at_all(request, move.name)]
            offered = [*((move.name, move.label, _BULK[move.name]) for move in moves), _BIN]
        return {name: (partial(_in_bulk, act), name, label) for name, label, act in offered}

    def response_action(self, request: HttpRequest, queryset: QuerySet[Story]) -> Any:
        """As Django's, but without what cannot be an id, over which its query would fail."""
        request.POST = request.POST.copy()
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        request.POST.setlist(ACTION_CHECKBOX_NAME, [one for one in chosen if is_id(one)])
        return super().response_action(request, queryset)

    def _may_at_all(self, request: HttpRequest, move: str) -> bool:
        if move == "submit":
            return bool(review_stages())
        return permissions.can_publish_some(request.user)


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
