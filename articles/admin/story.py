"""Stories on the desk: the form a journalist writes in, with what readers see said on top."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import actions, permissions
from articles.admin.autocomplete import is_id
from articles.admin.story_form import StoryForm
from articles.admin.story_list import StoryListAdmin
from articles.admin.story_rows import BylineInline, RelatedLinkInline, SubsectionInline
from articles.admin.story_status import StoryStatus, story_status
from articles.models import Story, StoryRows
from articles.views.story import render_story
from newsroom.csp import csp_override

# The buttons that do more than save, by the name they are posted under.
BUTTONS = ("_preview", "_publish_now", "_publish_at", "_withdraw", "_cancel")


class _Preview(Exception):
    """Leaves the form's transaction with the page to show; nothing is stored."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


class _Refused(Exception):
    """Leaves the form's transaction with what an action refused; the form then shows it, with everything typed."""

    def __init__(self, error: ValidationError) -> None:
        self.error = error


@admin.register(Story)
class StoryAdmin(StoryListAdmin):
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
        (gettext_lazy("For colleagues"), {"fields": ("internal_note", "slug"), "classes": ("collapse",)}),
    )
    change_form_template = "admin/articles/story/change_form.html"

    class Media:
        js = ("articles/admin/rows.js", "articles/admin/story_form.js")

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
        if request.method == "POST" and object_id is not None and self.get_object(request, object_id) is None:
            # Deleted by somebody else while it was open: what was typed becomes a story again.
            object_id = None
        try:
            return editor_page(request, object_id, form_url, extra_context)
        except _Preview as preview:
            return preview.response
        except _Refused as refused:
            request.refused = refused.error
        except PermissionDenied:
            if request.method != "POST" or object_id is None or not permissions.can_see(request.user, None):
                raise
            request.refused = ValidationError(_("You may not change this story."))
        return editor_page(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        story = kwargs.get("obj")
        status = story_status(story, request.at)
        context.update(
            status=status,
            may_publish=permissions.can_publish(request.user, story or Story(created_by_id=request.user.pk)),
            may_withdraw=bool(story) and permissions.can_withdraw(request.user, story),
            shown_at=request.at,
            based_on=self._based_on(request, status),
            rich_text_editor=settings.RICH_TEXT_EDITOR,
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def _based_on(self, request: HttpRequest, status: StoryStatus) -> Any:
        """The number of the revision the form stands on.

        A form that was refused because of somebody else's save has been told of it, so that saving again is a
        decision. Any other form that comes back still stands on what it was opened at.
        """
        refused = getattr(request, "refused", None)
        told = "stale" in {error.code for error in getattr(refused, "error_list", [])}
        if request.method == "POST" and not told:
            return request.POST.get("based_on", "")
        return status.latest_number or ""

    def save_model(self, request: HttpRequest, obj: Story, form: Any, change: bool) -> None:
        """Nothing yet: the story is saved together with its rows, by one action."""

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        rows = self._rows(form, formsets)
        if form.button == "_preview":
            raise _Preview(self._preview_page(request, rows))
        try:
            self._save_and_act(request, form, rows)
        except ValidationError as error:
            raise _Refused(error) from error
        except PermissionDenied as error:
            raise _Refused(ValidationError(str(error), code=NON_FIELD_ERRORS)) from error
        for formset in formsets:
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []

    def _rows(self, form: Any, formsets: list) -> StoryRows:
        by_model = {formset.model: formset.ordered_rows() for formset in formsets}
        subsections, bylines, related_links = (by_model.get(inline.model, []) for inline in self.inlines)
        return StoryRows(form.instance, subsections, bylines, related_links, list(form.cleaned_data.get("topics", [])))

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

    # Activity is the trail: the admin's own log would tell the same thing twice.
    def log_addition(self, request: HttpRequest, obj: Story, message: Any) -> None: ...

    def log_change(self, request: HttpRequest, obj: Story, message: Any) -> None: ...

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

    # -- preview, history, deletion -----------------------------------------------------------------------------------

    def get_urls(self) -> list:
        preview = path(
            "<path:object_id>/preview/", self.admin_site.admin_view(self.preview_view), name="articles_story_preview"
        )
        return [preview, *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page the stored working copy would make."""
        story = self.get_object(request, object_id)
        if story is None or not permissions.can_preview(request.user, story):
            raise PermissionDenied
        return self._preview_page(request, StoryRows.stored(story))

    def _preview_page(self, request: HttpRequest, rows: StoryRows) -> HttpResponse:
        response = render_story(request, rows.content())
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Versions and activities of the story, newest first."""
        story = self.get_object(request, object_id)
        if story is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not permissions.can_see(request.user, story):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % story,
            "opts": self.opts,
            "object": story,
            "revisions": story.revisions.select_related("created_by").defer("stored")[:100],
            "activities": story.activities.all()[:200],
            "publications": story.publications.select_related("revision", "created_by").order_by("-live_from"),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/story/history.html", context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except _Refused as refused:
            self.message_user(request, " ".join(refused.error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:articles_story_change", args=[object_id]))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """Where links stand in the way, the stories that hold them are named."""
        to_delete, model_count, perms_needed, protected = super().get_deleted_objects(objs, request)
        if protected:
            linking = Story.objects.filter(related_links__related_story__in=objs).distinct()
            address = "admin:articles_story_change"
            protected = [format_html('<a href="{}">{}</a>', reverse(address, args=[row.pk]), row) for row in linking]
        return to_delete, model_count, perms_needed, protected

    def delete_model(self, request: HttpRequest, obj: Story) -> None:
        try:
            actions.delete_story(story=obj, by=request.user)
        except ValidationError as error:
            raise _Refused(error) from error

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> None: ...
