"""Autocomplete widgets that look up what is chosen once for all rows of a form set, and only by what can be an id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Model, QuerySet


def is_id(value: object) -> bool:
    """Whether `value`, as posted, can be the id of a row: eighteen digits always fit the database's integers."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 19


def by_id(queryset: QuerySet, values: Any) -> dict[str, Model]:
    """The rows of `queryset` whose ids are among `values`, by the text of the id. One query, none without an id."""
    ids = {str(value) for value in values if is_id(value)}
    return {str(row.pk): row for row in queryset.filter(pk__in=ids)} if ids else {}


class _ChosenRows:
    # Gives the rows chosen anywhere in a form set; `RowFormSet` sets it, and copies of the widget keep it.
    chosen_rows: Callable[[], Mapping[str, Model]] | None = None

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[tuple]:
        """As Django's, but without a query of its own where the form set knows the rows."""
        rows = self.chosen_rows() if self.chosen_rows else by_id(self.choices.queryset.using(self.db), value)
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for chosen in dict.fromkeys(str(item) for item in value):
            if row := rows.get(chosen):
                label = self.choices.field.label_from_instance(row)
                options.append(self.create_option(name, row.pk, label, True, len(options)))
        return [(None, options, 0)]


class OneAutocomplete(_ChosenRows, AutocompleteSelect):
    pass


class ManyAutocomplete(_ChosenRows, AutocompleteSelectMultiple):
    pass
