"""The filters of the list of stories, each answered from an index however large the archive is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.admin.autocomplete import is_id
from articles.admin.bounded_paginator import BoundedPaginator
from articles.models import Publication, Section, Story
from articles.workflow import review_stages


class StatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("draft", _("Never published")),
            ("live", _("Live")),
            ("scheduled", _("Scheduled")),
            ("retracted", _("Retracted")),
            ("withdrawn", _("Withdrawn")),
            ("bin", _("In the bin")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        if self.value() == "bin":
            return queryset.exclude(binned_at=None)
        queryset = queryset.on_the_desk()
        publications = Publication.objects.order_by()
        match self.value():
            case "draft":
                # Not `=False`, which becomes NOT has_publications: SQLite finds no index for that.
                return queryset.filter(has_publications__in=[False])
            case "live":
                # Most stories are: each is looked at in its turn until the page is full.
                return queryset.filter(Exists(publications.live(request.at).filter(story=OuterRef("pk"))))
            case "scheduled":
                return _only(queryset, publications.upcoming(request.at))
            case "retracted":
                retracted = publications.corrections(request.at).filter(change=Publication.Change.RETRACTION)
                return _only(queryset, retracted.live(request.at))
            case "withdrawn":
                withdrawn = publications.current(request.at).filter(kind=Publication.Kind.WITHDRAWN)
                return _only(queryset, withdrawn.order_by("-live_from"))
        return queryset


class ReviewFilter(admin.SimpleListFilter):
    """Only where the newsroom has review."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        stages = [(stage.key, format_lazy(_("waits for: {stage}"), stage=stage.label)) for stage in review_stages()]
        states = [(state.value, state.label) for state in (Story.Review.SENT_BACK, Story.Review.APPROVED)]
        return [*stages, *states] if stages else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        value = self.value()
        if value in {stage.key for stage in review_stages()}:
            return queryset.filter(waiting_for=value)
        if value in {Story.Review.SENT_BACK, Story.Review.APPROVED}:
            return queryset.filter(review=value)
        return queryset


def _only(queryset: QuerySet[Story], publications: QuerySet[Publication]) -> QuerySet[Story]:
    """The stories of few among many publications: their ids are read first, or PostgreSQL goes through all stories."""
    return queryset.filter(pk__in=list(publications.values_list("story_id", flat=True)[: BoundedPaginator.MOST]))


class SectionFilter(admin.SimpleListFilter):
    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in Section.objects.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        value = self.value() or ""
        return queryset.filter(section=value) if is_id(value) else queryset


class WhoFilter(admin.SimpleListFilter):
    title = _("who")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("Last changed by me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        return queryset.filter(updated_by=request.user) if self.value() == "me" else queryset


class ChangedFilter(admin.ListFilter):
    """When the story was last changed: today, this week, this month, or a range of days in the newsroom's zone."""

    title = _("last changed")
    template = "admin/articles/story/changed_filter.html"
    parameters = ("changed", "changed_from", "changed_until")

    def __init__(self, request: HttpRequest, params: dict, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.parameters:
            if name in params:
                value = params.pop(name)
                self.used_parameters[name] = value[-1] if isinstance(value, list) else value
        self.today = timezone.localdate(request.at)
        self.other_parameters = list(request.GET.items())

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str]:
        return list(self.parameters)

    def choices(self, changelist: Any) -> list[dict[str, Any]]:
        chosen = self.used_parameters.get("changed", "")
        ranged = bool(self._day("changed_from") or self._day("changed_until"))
        names = [("", _("Any date")), ("today", _("Today")), ("week", _("This week")), ("month", _("This month"))]
        return [
            {
                "selected": chosen == value and not (ranged and not value),
                "query_string": changelist.get_query_string(
                    {"changed": value} if value else {}, remove=[*self.parameters, "p"]
                ),
                "display": name,
            }
            for value, name in names
        ]

    def range_fields(self) -> dict[str, Any]:
        """What the template's range form shows, and the other parameters it keeps."""
        kept = [(name, value) for name, value in self.other_parameters if name not in {*self.parameters, "p"}]
        return {
            "from": self.used_parameters.get("changed_from", ""),
            "until": self.used_parameters.get("changed_until", ""),
            "kept": kept,
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        first, last = self._days()
        if first:
            queryset = queryset.filter(updated_at__gte=_midnight(first))
        if last:
            queryset = queryset.filter(updated_at__lt=_midnight(last + timedelta(days=1)))
        return queryset

    def _days(self) -> tuple[date | None, date | None]:
        match self.used_parameters.get("changed"):
            case "today":
                return self.today, None
            case "week":
                return self.today - timedelta(days=self.today.weekday()), None
            case "month":
                return self.today.replace(day=1), None
        return self._day("changed_from"), self._day("changed_until")

    def _day(self, name: str) -> date | None:
        """The day typed, or None for anything that is no day of this product's years."""
        try:
            day = date.fromisoformat(self.used_parameters.get(name, ""))
        except ValueError:
            return None
        return day if 1900 <= day.year <= 9000 else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
