"""Two people save one story: what was taken over is told, and what contradicts is shown side by side to choose from."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.actions import ConflictError, Decision, Overtaken
from articles.actions.activity import name_of
from articles.admin.merge_choices import CHOICE, CHOICES_BEFORE, DECIDED, NUMBER, OWN, PostedChoices, posted_choices
from articles.admin.merge_places import shown_conflicts, taken_in_words
from articles.admin.story_form import PANEL_FIELDS
from articles.models import Story
from newsroom.csp import csp_override

BACK_TO_FORM = "_back_to_form"
# What these would put before readers, or approve, holds changes of others that whoever pressed them has not seen.
_HELD_BACK = ("_approve", "_publish_now", "_publish_at")
_SESSION_KEY = "story_panels"
# The rich text editor asks for it.
_JQUERY = Media(js=["admin/js/vendor/jquery/jquery.min.js", "admin/js/jquery.init.js"])


class StoryMerge:
    """The part of `StoryAdmin` that lets two people work on one story."""

    def _decisions(self, request: HttpRequest) -> tuple[Decision, ...]:
        """What was chosen on the pages of conflicts that this form has passed."""
        return posted_choices(request).decisions

    def _holds_back(self, request: HttpRequest, overtaken: Overtaken | None, button: str) -> bool:
        """Whether the pressed button must not do its work, because the story was merged. What it asks for is kept."""
        request.overtaken = overtaken
        request.held_back = overtaken is not None and button in _HELD_BACK
        return request.held_back

    def _was_held_back(self, request: HttpRequest, story: Story) -> bool:
        """Whether the button did not do its work; also of a form that is answered again because it was sent twice."""
        if hasattr(request, "held_back"):
            return request.held_back
        revision = story.revisions.filter(number=request.saved_version).first()
        done = revision is None or revision.publications.exists() or revision.sign_offs.exists()
        return not done and any(name in request.POST for name in _HELD_BACK)

    def _tell_of_merge(self, request: HttpRequest, story: Story) -> None:
        """Say what was taken over from whom, what was left out, and what was not done."""
        overtaken: Overtaken | None = getattr(request, "overtaken", None)
        if overtaken is None:
            return
        words = {"who": _people(overtaken), "number": overtaken.latest.number}
        contents = (*(revision.content for revision in reversed(overtaken.revisions)), overtaken.base)
        if places := dict.fromkeys(taken_in_words(place, contents) for place in overtaken.taken):
            told = _("%(who)s saved version %(number)d meanwhile. Kept from it: %(places)s.")
            words["places"] = _(", ").join(places)
        else:
            told = _("%(who)s saved version %(number)d meanwhile; it is merged with yours.")
        self.message_user(request, told % words, messages.INFO)
        if overtaken.missing:
            left_out = _("Left out, because it no longer exists: %(names)s.")
            self.message_user(request, left_out % {"names": _(", ").join(overtaken.missing)}, messages.WARNING)
        if request.held_back:
            self._keep_panels(request, story)
            held_back = _("Nothing was published or approved: look at the merged text, then press the button again.")
            self.message_user(request, held_back, messages.WARNING)

    def _keep_panels(self, request: HttpRequest, story: Story) -> None:
        """Remember what was typed beside the button: it is no part of the story, and the next page is a new form."""
        typed = {name: request.POST[name] for name in PANEL_FIELDS if request.POST.get(name)}
        request.session[_SESSION_KEY] = {str(story.pk): typed}

    def _kept_panels(self, request: HttpRequest, story: Story | None) -> dict[str, str]:
        """What `_keep_panels` remembered, once."""
        if request.method != "GET" or story is None or str(story.pk) not in request.session.get(_SESSION_KEY, {}):
            return {}
        return request.session.pop(_SESSION_KEY)[str(story.pk)]

    def _choices_before(self, request: HttpRequest) -> str:
        """The choices posted so far, for a form that comes back, so that the next page of conflicts has them filled in.

        They are no decisions any more: the form may be changed in those very places.
        """
        return posted_choices(request).as_drafts() if request.method == "POST" else ""

    def _conflict_page(self, request: HttpRequest, conflict: ConflictError, story: Story) -> HttpResponse:
        """Every contradiction side by side, with the whole posted form along."""
        page = csp_override(settings.EDITOR_CSP)(self._conflict_page_under_policy)
        return page(request, conflict, story)

    def _conflict_page_under_policy(self, request: HttpRequest, conflict: ConflictError, story: Story) -> HttpResponse:
        posted: PostedChoices = posted_choices(request)
        shown = shown_conflicts(conflict, posted)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Two versions of one story"),
            "opts": self.opts,
            "object": story,
            "conflicts": shown,
            "reasons": conflict.reasons,
            "who": name_of(conflict.latest.created_by),
            "number": conflict.latest.number,
            "saved_at": conflict.latest.created_at,
            "typed": posted.form_fields,
            "decided": posted.as_json(conflict.decisions),
            "names": {"choice": CHOICE, "own": OWN, "decided": DECIDED, "number": NUMBER, "before": CHOICES_BEFORE},
            "drafts": posted.as_drafts(),
            "back": BACK_TO_FORM,
            "address": reverse("admin:articles_story_change", args=[story.pk]),
            "media": sum((each.widget.media for each in shown if each.widget), _JQUERY),
        }
        return TemplateResponse(request, "admin/articles/story/conflict.html", context)


def _people(overtaken: Overtaken) -> str:
    return _(", ").join(dict.fromkeys(name_of(revision.created_by) for revision in overtaken.revisions))


def back_from_conflicts() -> ValidationError:
    """What the form says when somebody came back to it from the page of conflicts."""
    return ValidationError(
        _("Nothing is saved yet. A colleague saved this story meanwhile: saving merges the two again.")
    )
