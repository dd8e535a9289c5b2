"""Moments as people type them: in the newsroom's zone, in years that every database and zone can hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def has_usable_year(moment: datetime) -> None:
    """Refuse years so near the ends of the calendar that another zone's clock would leave it."""
    if not 1900 <= moment.year <= 9000:
        raise ValidationError(_("Give a year between 1900 and 9000."))


class MomentField(forms.DateTimeField):
    # Its zone is shown beside it.
    is_moment = True
    default_validators = [has_usable_year]

    def __init__(self, label: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(label=label, required=False, widget=widget)
