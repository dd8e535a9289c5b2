"""Making a story list: where it stands, for what, and how it begins."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.actions import ListError, make_story_list
from articles.admin.autocomplete import OneAutocomplete, is_id
from articles.fill_rules import FILL_RULES
from articles.lists import Display, ListContent
from articles.lists.differences import DISPLAY_LABELS
from articles.models import Section, StoryList

Place = StoryList.Place

# What a list of each place mostly is, so that whoever makes one only has to name it. Tuned to what pages have room for.
DEFAULTS: dict[str, dict[str, Any]] = {
    Place.FRONT: {"slot": "main", "length": 6, "display": Display.CARDS.value, "fill_rule": "latest"},
    Place.SECTION: {"slot": "main", "length": 6, "display": Display.TEASERS.value, "fill_rule": "latest"},
    Place.BESIDE: {"slot": "main", "length": 10, "display": Display.HEADLINES.value, "fill_rule": "latest"},
    Place.BELOW: {"slot": "related", "length": 3, "display": Display.TEASERS.value, "fill_rule": "more_like_this"},
}
_SCOPES = ("section", "topic", "story")
_OF_CONTENT = ("title", "order", "length", "display", "fill_rule", "may_repeat")


class ScopeField(forms.ModelChoiceField):
    """Refuses what cannot be an id before the database is asked, and says that the row was deleted meanwhile."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("This does not exist any more. Choose another one, or none."),
    }

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and not is_id(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class StoryListForm(forms.ModelForm):
    """A list and its first edition, which begins empty."""

    title = forms.CharField(
        label=gettext_lazy("title"), max_length=100, help_text=gettext_lazy("Readers see it over the list.")
    )
    length = forms.IntegerField(label=gettext_lazy("entries"), widget=forms.NumberInput(attrs={"min": 1, "max": 50}))
    display = forms.ChoiceField(label=gettext_lazy("display"), choices=list(DISPLAY_LABELS.items()))
    fill_rule = forms.ChoiceField(
        label=gettext_lazy("fill free places with"), choices=[(rule.name, rule.label) for rule in FILL_RULES]
    )
    order = forms.IntegerField(
        label=gettext_lazy("order on the page"),
        initial=100,
        help_text=gettext_lazy("Small numbers stand above large ones."),
        widget=forms.NumberInput(attrs={"min": 0, "max": 9999}),
    )
    may_repeat = forms.BooleanField(
        label=gettext_lazy("may repeat stories that stand elsewhere on the page"), required=False
    )

    class Meta:
        model = StoryList
        fields = ("name", "place", "slot", *_SCOPES)

    def __init__(self, *args: Any, by: Any, admin_site: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["place"].label = _("where on the site")
        for name in _SCOPES:
            column = StoryList._meta.get_field(name)
            rows = column.remote_field.model._default_manager.all()
            rows = rows.on_the_desk() if name == "story" else rows
            self.fields[name] = ScopeField(
                rows, label=column.verbose_name, required=False, widget=OneAutocomplete(column, admin_site)
            )
            self.fields[name].widget.choices = self.fields[name].choices
        if limit := permissions.section_limit(by):
            self._offer_sections(limit)
        self.fields["fill_section"] = ScopeField(
            Section.objects.all(),
            label=_("fill from section"),
            required=False,
            help_text=_("Without one: from the section of the page."),
            widget=OneAutocomplete(StoryList._meta.get_field("section"), admin_site),
        )
        self.fields["fill_section"].widget.choices = self.fields["fill_section"].choices

    def _offer_sections(self, limit: Collection[int]) -> None:
        """Say which sections somebody who is limited to some may make a list for; an only one is chosen already."""
        sections = list(Section.objects.filter(pk__in=limit))
        names = ", ".join(section.name for section in sections)
        self.fields["section"].help_text = _("You may make lists of these sections: %s.") % names
        if len(sections) == 1:
            self.fields["section"].initial = sections[0]

    @property
    def content(self) -> ListContent:
        """What the first edition holds: how the list is shown, and no item yet."""
        section = self.cleaned_data["fill_section"]
        values = {name: self.cleaned_data[name] for name in _OF_CONTENT}
        return ListContent(**values, fill_section_id=section.pk if section else None)

    def make(self) -> StoryList | None:
        """The list; None where something is refused, which then stands at its field."""
        try:
            return make_story_list(story_list=self.instance, content=self.content, by=self.by)
        except ListError as error:
            for problem in error.problems:
                self.add_error(problem.field if problem.field in self.fields else None, str(problem.message))
        except PermissionDenied as error:
            self.add_error("section", str(error))
        except ValidationError as error:
            self.add_error(None, error)
        # What a refused save has left in the instance is none.
        self.instance.pk = None
        return None

    @property
    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """The fields as the page shows them: (heading, what it is about, bound fields)."""
        return [
            ("", "", [self["name"], self["place"], self["slot"]]),
            (
                _("Only on some pages"),
                _("At most one of these. Without one the list is for all pages of its place."),
                [self[name] for name in _SCOPES],
            ),
            (
                _("How readers see it"),
                _("All of this can be changed with every edition."),
                [self[name] for name in ("title", "length", "display", "order")],
            ),
            (
                _("Free places"),
                _("Where editors have chosen fewer stories than the list has places."),
                [self[name] for name in ("fill_rule", "fill_section", "may_repeat")],
            ),
        ]


class ListMaking:
    """The part of the lists' desk that makes a list."""

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None) -> HttpResponse:
        """The form of a new list; `?place=` begins it with what lists of that place mostly are."""
        if not permissions.can_make_lists(request.user):
            raise PermissionDenied
        place = request.GET.get("place", "")
        usual = Place.SECTION if permissions.section_limit(request.user) else Place.FRONT
        place = place if place in DEFAULTS else usual.value
        initial = {"place": place, **DEFAULTS[place]}
        posted = request.POST if request.method == "POST" else None
        form = StoryListForm(posted, initial=initial, by=request.user, admin_site=self.admin_site)
        if posted is not None and form.is_valid() and (made := form.make()):
            self.message_user(request, _("“%s” is made. It holds nothing yet.") % made, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:articles_storylist_change", args=[made.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("New story list"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
            "defaults": {str(name): values for name, values in DEFAULTS.items()},
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/storylist/list_form.html", context)
