"""The form of what everybody decides about the desk for oneself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.actions import save_preferences


class PreferencesForm(forms.Form):
    wants_digest = forms.BooleanField(
        required=False,
        label=_("Send me a mail about my stories"),
        help_text=_("One mail that gathers what colleagues told you. Without it everything still stands on your desk."),
    )

    def __init__(self, user: Any, data: Any = None) -> None:
        profile = getattr(user, "desk_profile", None)
        super().__init__(data, initial={"wants_digest": profile is None or profile.wants_digest})
        self.user = user

    def save(self) -> None:
        save_preferences(by=self.user, wants_digest=self.cleaned_data["wants_digest"])
