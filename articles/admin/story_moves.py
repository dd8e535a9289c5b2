"""What the buttons of the story form do once it is valid: save, and move the story on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import actions
from articles.admin.autocomplete import is_id
from articles.models import Story, StoryRows

# The buttons that do more than save, by the name they are posted under.
BUTTONS = ("_preview", "_publish_now", "_publish_at", "_withdraw", "_cancel")


class StoryMoves:
    """The part of `StoryAdmin` that changes stories."""

    def _save_and_act(self, request: HttpRequest, form: Any, rows: StoryRows) -> None:
        based_on = request.POST.get("based_on", "")
        revision = actions.save_story(rows=rows, by=request.user, based_on=int(based_on) if is_id(based_on) else None)
        story, asked = rows.story, form.cleaned_data
        match form.button:
            case "_publish_now":
                actions.publish_story(story=story, by=request.user, note=asked["correction_note"])
            case "_publish_at":
                actions.publish_story(
                    story=story,
                    by=request.user,
                    at=asked["publish_at"],
                    until=asked["publish_until"],
                    note=asked["correction_note"],
                )
            case "_withdraw":
                actions.withdraw_story(
                    story=story, by=request.user, at=asked["withdraw_at"], note=asked["withdrawal_note"]
                )
            case "_cancel":
                wanted = request.POST["_cancel"]
                planned = story.publications.filter(pk=wanted).first() if is_id(wanted) else None
                if planned is None:
                    raise ValidationError(_("This was cancelled already."))
                actions.cancel_publication(publication=planned, by=request.user)
        request.saved_version = revision.number

    def response_add(self, request: HttpRequest, obj: Story, post_url_continue: str | None = None) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._response_saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Story) -> HttpResponse:
        return self._response_saved(request, obj)

    def _response_saved(self, request: HttpRequest, story: Story) -> HttpResponse:
        """Back to the form, with what happened in words; the status bar says the rest."""
        said = _("Saved as version %d.") % request.saved_version
        done = {
            "_publish_now": _("Published: readers see this version now."),
            "_publish_at": _("Scheduled."),
            "_withdraw": _("The withdrawal is recorded."),
            "_cancel": _("Cancelled."),
        }
        pressed = next((done[name] for name in done if name in request.POST), "")
        self.message_user(request, f"{said} {pressed}".strip(), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))
