"""The story form: the fields of the story, and what the buttons beside Save ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from articles.admin.moment_field import MomentField, RescheduleInput
from articles.admin.permanent_address import ADDRESS_ERRORS
from articles.chinese import slug_for
from articles.models import Publication, Story
from articles.preflight import ADVISED_CHARACTERS, ADVISED_WORDS


def _note_field(label: str, help_text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, max_length=500, widget=widget, help_text=help_text)


# The fields of the status bar's panels: no part of the story.
PANEL_FIELDS = (
    "publish_at publish_until change correction_note withdraw_at withdrawal_note review_note override_reason "
    "reschedule_at"
).split()


class StoryForm(forms.ModelForm):
    publish_at = MomentField(_("publish at"))
    publish_until = MomentField(_("take down at (optional)"))
    change = forms.ChoiceField(
        label=_("kind of change"), required=False, choices=[("", _("choose…")), *Publication.Change.choices[1:]]
    )
    correction_note = _note_field(
        _("what has changed, shown to readers"), _("Say what was wrong and what is right. Empty for a minor change.")
    )
    withdraw_at = MomentField(_("withdraw at (empty: now)"))
    reschedule_at = MomentField(_("new time"), RescheduleInput())
    withdrawal_note = _note_field(_("notice shown to readers"), _("It stands where the story was."))

    review_note = _note_field(_("what is missing"), _("The author reads it in the notes of the story."))
    override_reason = _note_field(
        _("reason for publishing against review or checks"), _("Only in an emergency. It is kept in the record.")
    )

    # What an action refused on the first pass through the form; set on a subclass for one request.
    refused: ValidationError | None = None
    button: str = ""

    class Meta:
        model = Story
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kicker", "headline", "subtitle", "short_headline", "summary"):
            if name in self.fields:
                # Both, because the language is chosen in this form.
                attrs = {"data-count": ADVISED_CHARACTERS.get(name, ""), "data-words": ADVISED_WORDS.get(name, "")}
                self.fields[name].widget.attrs |= attrs
        if "slug" in self.fields:
            self.fields["slug"].error_messages |= ADDRESS_ERRORS
        if "summary" in self.fields:
            self.fields["summary"].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in cleaned:
            # Here already, because the constraints are checked before the action that would make it.
            cleaned["slug"] = cleaned["slug"] or slug_for(cleaned.get("headline", ""))
        if self.button == "_publish_at" and not cleaned.get("publish_at") and "publish_at" not in self.errors:
            self.add_error("publish_at", _("Give the date and time."))
        if self.button == "_reschedule" and not cleaned.get("reschedule_at") and "reschedule_at" not in self.errors:
            self.add_error("reschedule_at", _("Give the date and time."))
        if self.button == "_send_back" and not cleaned.get("review_note"):
            self.add_error("review_note", _("Tell the author what is missing."))
        if self.button == "_withdraw" and not cleaned.get("withdrawal_note"):
            self.add_error("withdrawal_note", _("Tell readers why the story is gone."))
        if self.refused is not None:
            self._show_refusal(self.refused)
        return cleaned

    @property
    def rescheduled(self) -> str:
        """The posted id of what is to be moved; "" when another button was pressed."""
        return self.data.get("_reschedule", "") if self.button == "_reschedule" else ""

    def _show_refusal(self, refused: ValidationError) -> None:
        by_field = refused.error_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: refused.error_list}
        for name, errors in by_field.items():
            if name == "note":
                name = "withdrawal_note" if self.button == "_withdraw" else "correction_note"
            self.add_error(name if name in self.fields else None, errors)
