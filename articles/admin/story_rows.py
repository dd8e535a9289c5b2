"""The rows of a story on its form: subsections, byline and related links, each in an order the journalist sets."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from articles.admin.autocomplete import OneAutocomplete, by_id
from articles.admin.desk_admin import AutocompleteFields
from articles.models import Byline, RelatedLink, Subsection


class PlaceField(forms.IntegerField):
    """Where a row stands among its neighbours. Any whole numbers will do: only their order counts.

    Not the model's `position`: while rows are being moved two may well show the same number.
    """

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.NumberInput(attrs={"class": "row-place", "min": 1, "max": 9999})
        super().__init__(required=False, min_value=1, max_value=9999, label=_("place"), widget=widget, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        # A blank row is still blank when the script numbers it.
        return False


class RowForm(forms.ModelForm):
    place = PlaceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("place", self.instance.position)


class BylineForm(RowForm):
    def validate_constraints(self) -> None:
        """Nothing: that no person has a role twice is for all rows together to say, which may have swapped places."""


class SubsectionForm(RowForm):
    # Says which subsection it was where a colleague deleted its row meanwhile. Not called `key`: nobody may edit that.
    part_key = forms.CharField(required=False, max_length=12, label="", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("part_key", self.instance.key)

    def clean_part_key(self) -> str:
        self.instance.key = self.instance.key or self.cleaned_data["part_key"]
        return self.instance.key


class RelatedLinkForm(RowForm):
    def clean_related_story(self) -> models.Model | None:
        target = self.cleaned_data["related_story"]
        # The database's constraint names the story, which the row's form does not hold.
        if target is not None and target.pk == self.instance.story_id:
            raise ValidationError(_("A story cannot be related to itself."))
        return target


class RowFormSet(BaseInlineFormSet):
    """Gives its rows in the order of their places."""

    # Fields no two rows may have the same values in.
    unique_names: frozenset[str] = frozenset()

    @cached_property
    def forms(self) -> list[RowForm]:
        forms_ = super().forms
        for name in self.form.base_fields:
            self._look_up_once(name, forms_)
        return forms_

    def get_queryset(self) -> Any:
        """The stored rows; once the posted forms are there, a row for each of the first ones.

        The admin pairs the two, and would leave out the form of a row that somebody deleted meanwhile, with its text.
        """
        if self.is_bound and "forms" in self.__dict__:
            return [form.instance for form in self.initial_forms]
        return super().get_queryset()

    def _look_up_once(self, name: str, forms_: list[RowForm]) -> None:
        """Let all rows share one query for what is chosen in their autocomplete field `name`."""
        rows: dict[str, models.Model] | None = None

        def chosen_rows() -> dict[str, models.Model]:
            nonlocal rows
            if rows is None:
                rows = by_id(forms_[0].fields[name].queryset, [form[name].value() for form in forms_])
            return rows

        for form in forms_:
            widget = getattr(form.fields[name].widget, "widget", None)
            if isinstance(widget, OneAutocomplete):
                widget.chosen_rows = chosen_rows

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        # Anything, not a choice of rows: one that a colleague deleted meanwhile is saved again, with its text.
        key = self._pk_field.name
        initial = form.fields[key].initial
        form.fields[key] = forms.Field(initial=initial and str(initial), required=False, widget=forms.HiddenInput)
        # The story is the one of the page; a posted one could only differ where that was deleted meanwhile.
        form.fields[self.fk.name].disabled = True

    def ordered_rows(self) -> list[models.Model]:
        """The rows that are to be kept, saved or not, in order. Only of a valid form set."""
        kept = [
            form
            for form in self.forms
            if not (self.can_delete and self._should_delete_form(form))
            and (form in self.initial_forms or form.has_changed())
        ]
        for form in kept:
            if self.unique_names & set(form.changed_data):
                # Stored as a new row: two rows that swap what must be unique could not be updated one after the other.
                form.instance.pk = None
        places = {form: form.cleaned_data.get("place") or PLACE_AT_THE_END for form in kept}
        return [form.instance for form in sorted(kept, key=places.__getitem__)]


PLACE_AT_THE_END = 10_000
# Of one kind in one story: more than anybody has written.
MOST_ROWS = 500


class BylineFormSet(RowFormSet):
    unique_names = frozenset({"contributor", "role"})


class RowInline(AutocompleteFields):
    form = RowForm
    formset = RowFormSet
    extra = 0
    template = "admin/edit_inline/stacked.html"
    classes = ("movable-rows",)

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        # A posted number of rows is only a number: a form of thousands of rows would take seconds to print.
        formset.max_num = formset.absolute_max = MOST_ROWS
        return formset

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        # Rows are part of the story: whoever may change it may change them.
        return self.admin_site.get_model_admin(self.parent_model).has_change_permission(request, obj)

    has_delete_permission = has_change_permission


class SubsectionInline(RowInline, admin.StackedInline):
    model = Subsection
    form = SubsectionForm
    fields = ("place", "heading", "figures", "body", "part_key")


class BylineInline(RowInline, admin.StackedInline):
    model = Byline
    form = BylineForm
    formset = BylineFormSet
    fields = (("contributor", "role", "place"),)
    autocomplete_fields = ("contributor",)

    def get_queryset(self, request: Any) -> models.QuerySet:
        return super().get_queryset(request).select_related("contributor")


class RelatedLinkInline(RowInline, admin.StackedInline):
    model = RelatedLink
    form = RelatedLinkForm
    fk_name = "story"
    fields = ("place", ("related_story", "url"), ("headline", "teaser"))
    autocomplete_fields = ("related_story",)

    def get_queryset(self, request: Any) -> models.QuerySet:
        return super().get_queryset(request).select_related("related_story")
