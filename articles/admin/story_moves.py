"""What the buttons of the story form do once it is valid: save, and move the story on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import actions, permissions
from articles.admin.autocomplete import is_id
from articles.admin.story_form import PANEL_FIELDS
from articles.admin.story_in_lists import in_lists, left_behind
from articles.models import Publication, Story, StoryRows
from articles.workflow import MOVES, RETRACTED, Move, moves_for

# The buttons that do more than save, by the name they are posted under.
BUTTONS = ("_preview", "_cancel", "_reschedule", *(move.button for move in MOVES))
_DONE = {
    "_cancel": gettext_lazy("Cancelled."),
    "_reschedule": gettext_lazy("Moved."),
    **{move.button: move.done for move in MOVES},
}


@dataclass(frozen=True)
class Panel:
    """A move as the status bar offers it: a button, or a panel with the fields it asks for first."""

    move: Move
    fields: tuple[BoundField, ...]

    @property
    def is_open(self) -> bool:
        return any(field.errors for field in self.fields)


class StoryMoves:
    """The part of `StoryAdmin` that changes stories."""

    def _moves(self, request: HttpRequest, story: Story | None, status: Any, form: Any) -> dict[str, Any]:
        """What the status bar offers: panels in the order of the table, and what its other parts ask."""
        user = request.user
        subject = story or Story(created_by_id=user.pk)
        moves = moves_for(user, subject, status.situation)
        shown = {name for move in moves for name in move.asks}
        may_publish = permissions.can_publish(user, subject)
        may_change = may_publish and subject.has_publications
        if may_change:
            shown |= {"change", "correction_note"}
        if may_publish and form.rescheduled in {str(plan.publication.pk) for plan in status.planned}:
            shown.add("reschedule_at")
        if may_override := permissions.can_override(user, subject):
            shown.add("override_reason")
        return {
            "panels": [Panel(move, tuple(form[name] for name in move.asks)) for move in moves],
            "may_publish": may_publish,
            "may_change": may_change,
            "may_override": may_override,
            "may_take_out": subject.binned_at is not None and permissions.can_delete(user, subject),
            # What stands at a field whose panel is not shown, because the story or the right to it changed meanwhile.
            "homeless_errors": [form[name].errors for name in PANEL_FIELDS if name not in shown and form[name].errors],
        }

    def _save_and_act(self, request: HttpRequest, form: Any, rows: StoryRows) -> None:
        based_on = request.POST.get("based_on", "")
        seen = int(based_on) if is_id(based_on) else None
        decisions = self._decisions(request)
        revision = actions.save_story(rows=rows, by=request.user, based_on=seen, decisions=decisions)
        if not self._holds_back(request, revision.overtaken, form.button):
            self._act(request, form, rows.story, seen=seen)
        request.saved_version = revision.number

    def _act(self, request: HttpRequest, form: Any, story: Story, *, seen: int | None) -> None:
        """Do what the pressed button asks for, with the story as it is saved."""
        asked, by = form.cleaned_data, request.user
        publishing = {"change": asked["change"], "note": asked["correction_note"], "override": asked["override_reason"]}
        match form.button:
            case "_submit":
                actions.submit_story(story=story, by=by)
            case "_approve":
                actions.approve_story(story=story, by=by, seen=seen)
            case "_send_back":
                actions.send_back_story(story=story, by=by, note=asked["review_note"])
            case "_publish_now":
                actions.publish_story(story=story, by=by, **publishing)
            case "_publish_at":
                at, until = asked["publish_at"], asked["publish_until"]
                actions.publish_story(story=story, by=by, at=at, until=until, **publishing)
            case "_withdraw":
                actions.withdraw_story(story=story, by=by, at=asked["withdraw_at"], note=asked["withdrawal_note"])
            case "_cancel":
                actions.cancel_publication(publication=self._planned(story, request.POST["_cancel"]), by=by)
            case "_reschedule":
                planned = self._planned(story, request.POST["_reschedule"])
                actions.reschedule_publication(publication=planned, at=asked["reschedule_at"], by=by)

    def _planned(self, story: Story, wanted: str) -> Publication:
        """The publication of `story` with the posted id. Raises ValidationError."""
        planned = story.publications.filter(pk=wanted).first() if is_id(wanted) else None
        if planned is None:
            raise ValidationError(_("This was cancelled already."))
        return planned

    def response_add(self, request: HttpRequest, obj: Story, post_url_continue: str | None = None) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._response_saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Story) -> HttpResponse:
        return self._response_saved(request, obj)

    def _response_saved(self, request: HttpRequest, story: Story) -> HttpResponse:
        """Back to the form, with what happened in words; the status bar says the rest."""
        said = _("Saved as version %d.") % request.saved_version
        pressed = next((str(done) for name, done in _DONE.items() if name in request.POST), "")
        if self._was_held_back(request, story):
            pressed = ""
        # As posted, because a form that was sent twice is answered twice and acted upon once.
        is_retraction = request.POST.get("change") == Publication.Change.RETRACTION
        is_retracted = bool(pressed) and "_publish_now" in request.POST and is_retraction
        if is_retracted:
            pressed = str(RETRACTED)
        self.message_user(request, f"{said} {pressed}".strip(), messages.SUCCESS)
        self._tell_of_merge(request, story)
        is_taken_away = is_retracted or (pressed and "_withdraw" in request.POST)
        if is_taken_away and (words := left_behind(in_lists(story, request.user, request.at))):
            self.message_user(request, words, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))
