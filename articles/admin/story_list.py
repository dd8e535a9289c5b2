"""The list of stories: what each row says, and the filters and search beside it. Costs the same in any archive."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from articles import moments, search
from articles.actions.activity import name_of
from articles.admin.bounded_paginator import BoundedPaginator
from articles.admin.desk_admin import DeskAdmin
from articles.admin.story_filters import ChangedFilter, ReviewFilter, SectionFilter, StatusFilter, WhoFilter
from articles.html import storable
from articles.models import Publication, Revision, Story
from articles.templatetags.news import moment_short
from articles.workflow import review_stages


def _changed_column() -> str:
    """The heading of a column of times names their zone once."""
    return _("last changed (%s)") % moments.zone_name()


FILTER_PARAMETERS = {
    *ChangedFilter.parameters,
    *(one.parameter_name for one in (StatusFilter, ReviewFilter, SectionFilter, WhoFilter)),
}


class StoryListAdmin(DeskAdmin):
    """The half of `StoryAdmin` that shows many stories."""

    list_display = ("headline_and_link", "status", "section", "last_changed_by", "last_changed")
    list_display_links = None
    list_filter = (StatusFilter, ReviewFilter, ChangedFilter, SectionFilter, WhoFilter)
    list_select_related = ("section", "updated_by")
    search_fields = ("headline",)
    search_help_text = gettext_lazy("Words of the story, its people or its source; two characters are enough.")
    sortable_by = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_max_show_all = 0
    paginator = BoundedPaginator
    list_per_page = 50

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        newest = Revision.objects.filter(story=OuterRef("pk")).order_by("-number")
        changelist.result_list = changelist.result_list.annotate(
            latest_digest=Subquery(newest.values("digest")[:1])
        ).prefetch_related(
            Prefetch("publications", Publication.objects.select_related("revision").defer("revision__stored"))
        )
        for story in changelist.result_list:
            story.seen_at = request.at
        return changelist

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the filters above take: any other lookup could read the whole archive, or what the list hides."""
        return lookup in FILTER_PARAMETERS

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        words = storable(search_term).strip()
        if not words:
            return queryset, False
        # Read here, because a subquery would be searched for twice: to count and to show. The order is no index's, or
        # PostgreSQL would rather read the archive in it than sort what was found.
        # Whoever chooses a story may type the initials of its headline, whoever looks through the list its words.
        is_choice = request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"
        ids = search.find_typed(words, limit=search.LIMIT) if is_choice else list(search.find(words))
        found = queryset.filter(pk__in=ids)
        return found.order_by(Coalesce("updated_at", "updated_at").desc(), "-pk"), False

    @admin.display(description=gettext_lazy("headline"))
    def headline_and_link(self, story: Story) -> str:
        address = reverse("admin:articles_story_change", args=[story.pk])
        kicker = format_html('<span class="kicker">{}</span> ', story.kicker) if story.kicker else ""
        return format_html('{}<a href="{}">{}</a>', kicker, address, story.headline)

    @admin.display(description=gettext_lazy("status"))
    def status(self, story: Story) -> str:
        publications = list(story.publications.all())
        current = next((row for row in publications if row.holds(story.seen_at)), None)
        planned = next((row for row in publications if row.live_from > story.seen_at), None)
        parts = [_brief_status(current, publications, story)]
        if review_stages() and story.review != Story.Review.DRAFT and not current:
            parts.append(story.get_review_display())
        if planned:
            parts.append(format_html(_("next: {}"), moment_short(planned.live_from, story.seen_at)))
        shown = [row for row in publications if row == current or row.live_from > story.seen_at]
        shown = [row for row in shown if row.kind != Publication.Kind.WITHDRAWN]
        if shown and all(row.revision.digest != story.latest_digest for row in shown):
            parts.append(_("unpublished changes"))
        return format_html("{}" + " · {}" * (len(parts) - 1), *parts)

    @admin.display(description=gettext_lazy("last changed by"))
    def last_changed_by(self, story: Story) -> str:
        return name_of(story.updated_by)

    @admin.display(description=lazy(_changed_column, str)())
    def last_changed(self, story: Story) -> str:
        return moment_short(story.updated_at, story.seen_at)


def _brief_status(current: Publication | None, publications: list[Publication], story: Story) -> str:
    if current is None:
        ended = any(row.live_from <= story.seen_at for row in publications)
        return _("taken down") if ended else pgettext("status", "scheduled") if publications else _("draft")
    if current.kind == Publication.Kind.WITHDRAWN:
        return _("withdrawn")
    return _("retracted") if current.is_retraction else _("live")
