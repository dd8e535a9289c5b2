"""What the open story form tells the server every few seconds, and hears back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from articles import actions, permissions
from articles.actions.presence import GONE_AFTER
from articles.admin import keeping_words
from articles.admin.autocomplete import is_id
from articles.admin.posted_form import PostedForm, form_key
from articles.models import KeptForm, Presence, Story

# Kept in the browser and asked about in one go.
_MOST_HELD = 50


class StoryPings:
    """The part of `StoryAdmin` that the script of the form talks to. It answers in JSON and never leads elsewhere."""

    def ping_urls(self) -> list:
        drop = self.admin_site.admin_view(self.drop_kept_view)
        return [
            path("keep/", self.keep_view, name="articles_story_keep_new"),
            path("unsaved/drop/", drop, name="articles_story_drop_kept"),
            path("<path:object_id>/keep/", self.keep_view, name="articles_story_keep"),
        ]

    @method_decorator([never_cache, csrf_protect])
    def keep_view(self, request: HttpRequest, object_id: str | None = None) -> JsonResponse:
        """Keep what was typed (if `form_serial` says that there is something new), and say who else is here."""
        if request.method != "POST":
            return JsonResponse({"state": "refused"}, status=405, headers={"Allow": "POST"})
        if not self.admin_site.has_permission(request):
            return JsonResponse({"state": "logged_out"}, status=401)
        posted = PostedForm.read(request.POST)
        if posted.user != str(request.user.pk):
            return JsonResponse({"state": "other_user"}, status=403)
        story = Story.objects.filter(pk=object_id).first() if object_id is not None and is_id(object_id) else None
        if not posted.key or not (permissions.can_see(request.user, story) if story else _may_write(request)):
            return JsonResponse({"state": "refused", "problem": _("You may not change this story.")}, status=403)
        answer: dict[str, Any] = {"state": "here", "kept": "", "serial": 0, "people": [], "newer": "", "problem": ""}
        if object_id is not None and story is None:
            answer["problem"] = _("This story was deleted. If you save, your text becomes a new story.")
        if posted.serial:
            answer |= self._keep(request, story, posted)
        if "leave" in request.POST:
            actions.leave_story(user=request.user, form_key=posted.key)
        elif story:
            place = request.POST.get("form_place", "")
            actions.see_in_story(user=request.user, story=story, form_key=posted.key, place=place, now=request.at)
            latest = story.revisions.select_related("created_by").defer("stored").first()
            answer["newer"] = keeping_words.newer_version(latest, posted.based_on, request.at)
            answer["people"] = self._people(request, story, posted.key)
        answer["held"] = _held(request)
        return JsonResponse(answer)

    def _keep(self, request: HttpRequest, story: Story | None, posted: PostedForm) -> dict[str, Any]:
        try:
            kept = actions.keep_form(
                user=request.user,
                story=story,
                key=posted.key,
                fields=posted.fields,
                based_on=posted.based_on,
                serial=posted.serial,
                replaces=posted.replaces,
                now=request.at,
            )
        except (PermissionDenied, ValidationError) as error:
            words = error.messages if isinstance(error, ValidationError) else [str(error)]
            return {"problem": " ".join(words)}
        if kept.saved_as is not None:
            words = _("This form was saved already. What you typed since is not kept yet: save it.")
            return {"state": "saved", "problem": words}
        when = keeping_words.time_of(kept.kept_at, request.at, seconds=True)
        return {"serial": kept.serial, "kept": _("Kept at %s; not saved yet.") % when}

    def _people(self, request: HttpRequest, story: Story, key: str, *, own: bool = True) -> list[dict[str, str]]:
        """Who else has the story open. `own`: other windows of the same person, too."""
        here = (
            Presence.objects.since(request.at - GONE_AFTER)
            .filter(story=story)
            .exclude(user_id=request.user.pk, form_key=key)
        )
        rows = list(here.select_related("user"))
        others = [row for row in rows if row.user_id != request.user.pk]
        mine = [row for row in rows if row.user_id == request.user.pk] if own else []
        told = keeping_words.own_window(mine, request.at)
        return told + keeping_words.people(others, story, request.at)

    def drop_kept_view(self, request: HttpRequest) -> HttpResponse:
        """Throw away the unsaved text whose key is posted as `drop`."""
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        key = form_key(request.POST.get("drop", ""))
        kept = KeptForm.objects.filter(user=request.user, key=key, saved_as=None).defer("fields").first()
        if not key or kept is None or not actions.drop_kept_form(user=request.user, key=key):
            raise Http404
        if "in_place" in request.POST:
            return HttpResponse(status=204)
        self.message_user(request, _("The unsaved text is thrown away."))
        if kept.story_id:
            return HttpResponseRedirect(reverse("admin:articles_story_change", args=[kept.story_id]))
        return HttpResponseRedirect(reverse("admin:articles_story_add"))


def _may_write(request: HttpRequest) -> bool:
    return permissions.can_write(request.user)


def _held(request: HttpRequest) -> dict[str, int]:
    """Of the keys the browser holds texts of (`held`): the serial the server has; -1 where the form was saved."""
    keys = [key for key in request.POST.get("held", "").split(",")[:_MOST_HELD] if form_key(key)]
    if not keys:
        return {}
    rows = KeptForm.objects.filter(user=request.user, key__in=keys).values_list("key", "serial", "saved_as")
    return {key: serial if saved_as is None else -1 for key, serial, saved_as in rows}
