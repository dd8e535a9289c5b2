"""What has a page of its own: its address is made from its name, or typed, once; links to it are kept for ever."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions.free_address import free_address
from articles.admin.desk_admin import DeskAdmin

# Instead of Django's words, which speak of "slugs".
ADDRESS_ERRORS = {
    "invalid": gettext_lazy(
        "Use only the letters a to z, digits and hyphens, such as mountain-news, or leave it empty."
    ),
    "unique": gettext_lazy("Another page has this address already. Choose another one, or leave it empty."),
}
# Texts of some hundred characters, shown as one paragraph.
_PARAGRAPHS = ("description", "biography")


class PermanentAddressForm(forms.ModelForm):
    # Somebody else took a name or the address in this very moment, again and again; set on a subclass for one request.
    was_overtaken = False

    class Meta:
        labels = {"slug": gettext_lazy("Web address")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read only once it is stored.
        if field := self.fields.get("slug"):
            field.required = False
            field.help_text = _("Left empty, it is made from the name. It cannot be changed later.")
            field.error_messages |= ADDRESS_ERRORS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in _PARAGRAPHS:
            if name in cleaned:
                cleaned[name] = " ".join(cleaned[name].split())
        name = cleaned.get("name_english") or cleaned.get("name")
        # Before the model is validated, which asks whether the address is taken.
        if "slug" in cleaned and name:
            cleaned["slug"] = cleaned["slug"] or free_address(name, self._meta.model.objects)
        if self.was_overtaken:
            words = _("Somebody saved a page like this at the same moment. Save again.")
            self.add_error("slug" if "slug" in self.fields else None, ValidationError(words))
        return cleaned


class PermanentAddressAdmin(DeskAdmin):
    form = PermanentAddressForm
    search_fields = ("name", "name_english")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in _PARAGRAPHS:
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"was_overtaken": getattr(request, "was_overtaken", False)})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        for _attempt in range(2):
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError:
                # Somebody took a name or the address in this very moment. Asked again, the form says so at its field,
                # or makes the next free address.
                continue
        request.was_overtaken = True
        return super().changeform_view(request, object_id, form_url, extra_context)
