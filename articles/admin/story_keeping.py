"""The story form loses no text: it is kept while it is open, comes back, and is saved once however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, Media
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from articles import actions
from articles.admin import keeping_words
from articles.admin.autocomplete import is_id
from articles.admin.login_in_place import LoginInPlace
from articles.admin.posted_form import PostedForm, form_key, new_form_key, post_of
from articles.admin.story_pings import StoryPings
from articles.models import KeptForm, Revision, Story, StoryRows


@dataclass(frozen=True)
class Unsaved:
    """Text that can be gone on with, as the form offers it."""

    key: str
    words: str


@dataclass(frozen=True)
class Keeping:
    """What `_keeping.html` needs. `replaces` and `brought_back` are of a form that shows kept text."""

    key: str
    # Of what is kept under the key already.
    serial: int = 0
    replaces: str = ""
    brought_back: str = ""
    unsaved: list[Unsaved] = field(default_factory=list)
    people: list[dict[str, str]] = field(default_factory=list)
    newer: str = ""
    # Where the script finds a CSRF token that a login in another window has not made worthless.
    csrf_cookie: str = settings.CSRF_COOKIE_NAME


class ShownOnly:
    """For a form that shows what was typed and is not to be checked, let alone saved."""

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def is_valid(self) -> bool:
        return False


class StoryKeeping(StoryPings, LoginInPlace):
    """The part of `StoryAdmin` that keeps what is typed."""

    def get_urls(self) -> list:
        own = [*self.ping_urls(), *self.login_urls()]
        return [*own, *(self.carry_over_login(pattern) for pattern in super().get_urls())]

    @property
    def media(self) -> Media:
        scripts = ("presence.js", "login_again.js", "kept_in_browser.js", "keeping.js")
        return super().media + Media(js=[f"articles/admin/{name}" for name in scripts])

    # -- a form that is sent twice ------------------------------------------------------------------------------------

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "GET" and "kept" in request.GET:
            if not self._bring_back(request, object_id):
                messages.warning(request, _("That unsaved text is not there any more: it was saved or thrown away."))
                return HttpResponseRedirect(request.path)
            form_url = request.path
        elif request.method == "POST":
            posted = PostedForm.read(request.POST)
            if posted.user and posted.user != str(request.user.pk) and not getattr(request, "refused", None):
                request.refused = ValidationError(
                    _("Somebody else opened this form. Nothing is saved yet: press again to save it in your own name.")
                )
            if before := self._saved_before(request, posted, object_id):
                return self._answer_again(request, before, posted)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except actions.SavedBefore:
            # At the same moment. From the beginning, because now it is known what became of the form.
            return self.changeform_view(request, object_id, form_url, extra_context)

    def _saved_before(self, request: HttpRequest, posted: PostedForm, object_id: str | None) -> KeptForm | None:
        if not posted.key:
            return None
        story = Story(pk=object_id) if object_id is not None and is_id(object_id) else None
        return actions.saved_before(user=request.user, key=posted.key, digest=posted.digest, story=story)

    def _answer_again(self, request: HttpRequest, before: KeptForm, posted: PostedForm) -> HttpResponse:
        """What was answered to the same post the first time."""
        request.saved_version = before.saved_as
        answer = self.response_add if posted.based_on is None else self.response_change
        return answer(request, before.story)

    def _story_it_became(self, request: HttpRequest, object_id: str | None) -> str | None:
        """The id of the story to save to: the form of a new story, sent again with more text, has become one."""
        if request.method != "POST" or object_id is not None:
            return object_id
        posted = PostedForm.read(request.POST)
        before = self._saved_before(request, posted, object_id)
        if before is None or before.digest == posted.digest:
            return object_id
        if posted.based_on is None:
            request.POST = request.POST.copy()
            request.POST["based_on"] = str(before.saved_as)
        return str(before.story_id)

    def _save_and_act(self, request: HttpRequest, form: Any, rows: StoryRows) -> None:
        """In the transaction of the save, so that a form is either saved or kept."""
        posted = PostedForm.read(request.POST)
        if not posted.key:
            return super()._save_and_act(request, form, rows)
        about = {"user": request.user, "key": posted.key, "digest": posted.digest, "now": request.at}
        actions.claim_form(**about, story=rows.story if rows.story.pk else None)
        super()._save_and_act(request, form, rows)
        actions.close_form(**about, story=rows.story, saved_as=request.saved_version, replaces=posted.replaces)
        return None

    # -- a form that comes back ----------------------------------------------------------------------------------------

    def _bring_back(self, request: HttpRequest, object_id: str | None) -> bool:
        """Let the request show the kept form that `?kept=` names as if it had been posted and came back."""
        key = form_key(request.GET["kept"])
        story = object_id if object_id is not None and is_id(object_id) else None
        if not key or (object_id is not None and story is None):
            return False
        kept = KeptForm.objects.filter(user=request.user, key=key, story=story, saved_as=None).first()
        if kept is None:
            return False
        about = {"form_key": new_form_key(), "form_from": kept.key, "form_user": str(request.user.pk)}
        # Read first: otherwise reading it later would overwrite what is set here.
        _files = request.FILES
        request.method = "POST"
        request.POST = post_of(kept.fields, **about, based_on=str(kept.based_on or ""))
        request.brought_back = kept
        return True

    def get_form(self, request: HttpRequest, obj: Story | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (ShownOnly, form), {}) if _is_shown_only(request) else form

    def _create_formsets(self, request: HttpRequest, obj: Story, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)
        if _is_shown_only(request):
            for formset in formsets:
                _show_only(formset)
        return formsets, inlines

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        context["keeping"] = self._keeping(request, kwargs.get("obj"), context)
        return super().render_change_form(request, context, *args, **kwargs)

    def _keeping(self, request: HttpRequest, story: Story | None, context: dict) -> Keeping:
        posted = PostedForm.read(request.POST)
        key = posted.key or new_form_key()
        kept = getattr(request, "brought_back", None)
        story = story if story and story.pk else None
        unsaved = list(KeptForm.objects.unsaved(request.user, story).exclude(key=posted.replaces))
        serial = next((row.serial for row in unsaved if row.key == key), 0)
        unsaved = [row for row in unsaved if row.key != key]
        latest, words = None, ""
        if story and (unsaved or kept):
            latest = Revision.objects.filter(story=story).select_related("created_by").defer("stored").first()
        if kept:
            when = keeping_words.time_of(kept.kept_at, request.at)
            words = _("This is what you had typed by %s. Nothing of it is saved yet.") % when
        return Keeping(
            key=key,
            serial=serial,
            replaces=posted.replaces,
            brought_back=words,
            unsaved=[Unsaved(row.key, keeping_words.unsaved(row, latest, request.at)) for row in unsaved],
            # Not one's own windows: the one this page replaces is only about to say that it is gone.
            people=self._people(request, story, key, own=False) if story else [],
            newer=keeping_words.newer_version(latest, kept.based_on, request.at) if kept else "",
        )


def _is_shown_only(request: HttpRequest) -> bool:
    return hasattr(request, "brought_back") and not getattr(request, "refused", None)


def _show_only(formset: BaseFormSet) -> None:
    """Let a bound form set pass for checked, without errors."""
    formset._errors = [ErrorDict() for _form in formset.forms]
    formset._non_form_errors = formset.error_class()
    for form in formset.forms:
        form._errors, form.cleaned_data = ErrorDict(), {}
