"""Stories on the desk: the form a journalist writes in, with what readers see said on top."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.actions import ConflictError
from articles.actions.story import in_the_bin
from articles.admin.story_bin import StoryBin
from articles.admin.story_bulk import StoryBulk
from articles.admin.story_form import StoryForm
from articles.admin.story_history import StoryHistory
from articles.admin.story_in_lists import in_lists
from articles.admin.story_keeping import StoryKeeping
from articles.admin.story_list import StoryListAdmin
from articles.admin.story_merge import BACK_TO_FORM, StoryMerge, back_from_conflicts
from articles.admin.story_moves import BUTTONS, StoryMoves
from articles.admin.story_notes import StoryNotes
from articles.admin.story_preflight import StoryPreflight
from articles.admin.story_preview import StoryPreview
from articles.admin.story_preview_links import StoryPreviewLinks
from articles.admin.story_refusal import Preview, Refused
from articles.admin.story_rows import BylineInline, RelatedLinkInline, SubsectionInline
from articles.admin.story_status import StoryStatus, story_status
from articles.models import Story, StoryRows
from newsroom.csp import csp_override


@admin.register(Story)
class StoryAdmin(
    StoryKeeping,
    StoryMoves,
    StoryMerge,
    StoryPreflight,
    StoryPreview,
    StoryPreviewLinks,
    StoryHistory,
    StoryNotes,
    StoryBin,
    StoryBulk,
    StoryListAdmin,
):
    form = StoryForm
    inlines = (SubsectionInline, BylineInline, RelatedLinkInline)
    autocomplete_fields = ("section", "source", "topics")
    fieldsets = (
        (None, {"fields": ("kicker", "headline", "subtitle", "short_headline", "summary", "opening")}),
        (gettext_lazy("Where it belongs"), {"fields": (("section", "topics"), ("source", "dateline", "language"))}),
        (
            gettext_lazy("Reprint"),
            {"fields": ("original_title", "original_author", "original_url"), "classes": ("collapse",)},
        ),
        (gettext_lazy("Address"), {"fields": ("slug",), "classes": ("collapse",)}),
        (
            gettext_lazy("Machines"),
            {"fields": ("digital_source_type", "noindex", "noarchive"), "classes": ("collapse",)},
        ),
    )
    change_form_template = "admin/articles/story/change_form.html"

    class Media:
        js = (
            "articles/admin/rows.js",
            "articles/admin/story_form.js",
            "articles/admin/notes.js",
            "articles/admin/preview.js",
            "articles/admin/preview_links.js",
        )

    # -- who may ------------------------------------------------------------------------------------------------------

    def has_view_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return permissions.can_see(request.user, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.can_write(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        if obj is None or obj.pk is None:
            return permissions.can_write(request.user)
        if getattr(request, "refused", None):
            # The form comes back with what was typed, and cannot be saved: see `changeform_view`.
            return permissions.can_see(request.user, obj)
        return permissions.can_edit(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return obj is not None and permissions.can_delete(request.user, obj)

    # -- the form -----------------------------------------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Story | None = None) -> tuple[str, ...]:
        return ("slug",) if obj and obj.has_publications else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"language": settings.LANGUAGE_CODE, **super().get_changeform_initial_data(request)}

    def get_form(self, request: HttpRequest, obj: Story | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        pressed = next((name for name in BUTTONS if name in request.POST), "")
        return type(form.__name__, (form,), {"refused": getattr(request, "refused", None), "button": pressed})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form. What an action refuses, or is no longer allowed, brings it back with the message and the text."""
        editor_page = csp_override(settings.EDITOR_CSP)(super().changeform_view)
        object_id = self._story_it_became(request, object_id)
        if request.method == "POST" and object_id is not None and self.get_object(request, object_id) is None:
            # Deleted by somebody else while it was open: what was typed becomes a story again.
            object_id = None
        if BACK_TO_FORM in request.POST:
            request.refused = back_from_conflicts()
        try:
            return editor_page(request, object_id, form_url, extra_context)
        except Preview as preview:
            return preview.response
        except Refused as refused:
            if isinstance(refused.error, ConflictError):
                return self._conflict_page(request, refused.error, self.get_object(request, object_id))
            request.refused = refused.error
        except PermissionDenied:
            if request.method != "POST" or object_id is None or not permissions.can_see(request.user, None):
                raise
            story = self.get_object(request, object_id)
            request.refused = in_the_bin() if story.binned_at else ValidationError(_("You may not change this story."))
        return editor_page(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        story = kwargs.get("obj")
        status = story_status(story, request.at)
        context["adminform"].form.initial |= self._kept_panels(request, story)
        context.update(
            status=status,
            **self._moves(request, story, status, context["adminform"].form),
            **self._preview_addresses(request, story),
            **self._notes_of_form(story),
            in_lists=in_lists(story, request.user, request.at, status.retractions),
            shown_at=request.at,
            based_on=self._based_on(request, status),
            choices_before=self._choices_before(request),
            rich_text_editor=settings.RICH_TEXT_EDITOR,
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def _based_on(self, request: HttpRequest, status: StoryStatus) -> Any:
        """The number of the revision the form stands on: one that comes back still stands on what it was opened at."""
        return request.POST.get("based_on", "") if request.method == "POST" else status.latest_number or ""

    def save_model(self, request: HttpRequest, obj: Story, form: Any, change: bool) -> None:
        """Nothing yet: the story is saved together with its rows, by one action."""

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        rows = self._rows(form, formsets)
        if form.button == "_preview":
            raise Preview(self._preview_page(request, rows, form.cleaned_data))
        try:
            self._save_and_act(request, form, rows)
        except ValidationError as error:
            raise Refused(error) from error
        except PermissionDenied as error:
            raise Refused(ValidationError(str(error), code=NON_FIELD_ERRORS)) from error
        for formset in formsets:
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []

    def _rows(self, form: Any, formsets: list) -> StoryRows:
        by_model = {formset.model: formset.ordered_rows() for formset in formsets}
        subsections, bylines, related_links = (by_model.get(inline.model, []) for inline in self.inlines)
        return StoryRows(form.instance, subsections, bylines, related_links, list(form.cleaned_data.get("topics", [])))

    # Activity is the trail: the admin's own log would tell the same thing twice.
    def log_addition(self, request: HttpRequest, obj: Story, message: Any) -> None: ...

    def log_change(self, request: HttpRequest, obj: Story, message: Any) -> None: ...

    def get_urls(self) -> list:
        return [
            *self.notes_urls(),
            *self.preview_links_urls(),
            *self.preview_urls(),
            *self.history_urls(),
            *self.bin_urls(),
            *super().get_urls(),
        ]
