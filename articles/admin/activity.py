"""The audit trail, newest first."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.bounded_paginator import BoundedPaginator
from articles.admin.read_only import ReadOnlyAdmin
from articles.models import Activity
from articles.templatetags.news import moment


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ("when", "user_name", "verb", "subject")
    list_filter = ("verb",)
    list_select_related = ("story",)
    sortable_by = ()
    paginator = BoundedPaginator

    @admin.display(description=_("when"))
    def when(self, activity: Activity) -> str:
        return moment(activity.at)
