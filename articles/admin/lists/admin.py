"""Story lists on the desk, put together from one small class per subject."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from articles import permissions
from articles.admin.desk_admin import DeskAdmin
from articles.admin.lists.edition_page import ListEditions
from articles.admin.lists.explain import ListReasons
from articles.admin.lists.history import ListHistory
from articles.admin.lists.list_form import ListMaking
from articles.admin.lists.list_page import ListPage
from articles.admin.lists.overview import ListOverview
from articles.admin.lists.problems import ListProblems
from articles.admin.lists.story_search import StorySearch
from articles.admin.lists.timeline import TimelineOfLists
from articles.admin.lists.together import ListTogether
from articles.models import StoryList


@admin.register(StoryList)
class ListDesk(
    ListOverview,
    ListPage,
    ListMaking,
    ListHistory,
    ListTogether,
    StorySearch,
    ListEditions,
    ListProblems,
    TimelineOfLists,
    ListReasons,
    DeskAdmin,
):
    def has_view_permission(self, request: HttpRequest, obj: StoryList | None = None) -> bool:
        return permissions.can_see_lists(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.can_make_lists(request.user)

    def has_change_permission(self, request: HttpRequest, obj: StoryList | None = None) -> bool:
        if obj is None:
            return permissions.can_edit_some_lists(request.user) or permissions.can_make_lists(request.user)
        return permissions.can_edit_list(request.user, obj) or permissions.can_make_lists(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: StoryList | None = None) -> bool:
        # What readers had stays answerable: a list is ended, never deleted.
        return False

    def get_urls(self) -> list:
        return [
            *self.story_search_urls(),
            *self.together_urls(),
            *self.edition_urls(),
            *self.problems_urls(),
            *self.timeline_urls(),
            *self.explain_urls(),
            *super().get_urls(),
        ]
