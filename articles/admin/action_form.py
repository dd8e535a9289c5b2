"""Forms whose saving is one action: what it refuses comes back at its field, with everything typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.actions.standing_form import version_of
from articles.admin.desk_admin import DeskAdmin
from articles.admin.story_refusal import Refused
from articles.models import Activity

# Entries of the trail on the page that shows the history of a row.
_MOST_ENTRIES = 200


class ActionForm(forms.ModelForm):
    """Remembers which version it was opened at, and shows what the action refused."""

    based_on = forms.CharField(required=False, widget=forms.HiddenInput)

    # Set on a subclass for one request.
    refused: ValidationError | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["based_on"] = version_of(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.refused is not None:
            self._show(self.refused)
        return cleaned

    def _show(self, refused: ValidationError) -> None:
        by_field = refused.error_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: refused.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, errors)


class ActionFormAdmin(DeskAdmin):
    """For nouns without much to them. The class says `save_by_action(request, form, formsets)`, and its form is an
    ActionForm.
    """

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refused": getattr(request, "refused", None)})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "POST" and object_id is not None and self.get_object(request, object_id) is None:
            # Deleted by somebody else while it was open: what was typed becomes a new one.
            object_id = None
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refused = refused.error
        if getattr(request.refused, "code", "") == "overtaken":
            # Somebody who was told may save again over it.
            request.POST = request.POST.copy()
            request.POST["based_on"] = version_of(self.get_object(request, object_id))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing yet: everything is saved together, by one action."""

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        try:
            self.save_by_action(request, form, formsets)
        except ValidationError as error:
            raise Refused(error) from error
        except PermissionDenied as error:
            raise Refused(ValidationError(str(error))) from error
        for formset in formsets:
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []

    def save_by_action(self, request: HttpRequest, form: Any, formsets: list) -> None:
        raise NotImplementedError

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        form = context["adminform"].form
        if request.method == "POST":
            for name in {*request.FILES} & {*form.fields}:
                form.add_error(name, _("The file did not come back with the form: choose it again."))
        return super().render_change_form(request, context, *args, **kwargs)

    # Activity is the trail: the admin's own log would tell the same thing twice.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None: ...

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None: ...

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None: ...

    def activities(self, obj: Any) -> Any:
        """What the trail says of `obj`, newest first."""
        raise NotImplementedError

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Who changed what, when."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % obj,
            "opts": self.opts,
            "object": obj,
            "entries": [(entry, self._changed(entry)) for entry in self.activities(obj)[:_MOST_ENTRIES]],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/form_history.html", context)

    def _changed(self, entry: Activity) -> list[str]:
        """What changed, by the names that stand on the form."""
        fields = {field.attname: field.verbose_name for field in self.opts.concrete_fields}
        names = {**fields, **self.other_names}
        return [str(names.get(name, name)) for name in entry.detail.get("changed", ())]

    # Names of what is no column, as `changed` of the trail has them: what it is called.
    other_names: dict[str, Any] = {}
