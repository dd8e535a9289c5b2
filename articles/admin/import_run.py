"""What was imported, with the reports."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.bounded_paginator import BoundedPaginator
from articles.admin.read_only import ReadOnlyAdmin
from articles.models import ImportRun
from articles.templatetags.news import moment


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ("file_name", "when", "user", "created", "updated", "skipped", "failed")
    list_select_related = ("user",)
    sortable_by = ()
    paginator = BoundedPaginator
    fields = ("file_name", "format", "encoding", "when", "user", "created", "updated", "skipped", "failed", "readable")
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).defer("raw")

    @admin.display(description=_("when"))
    def when(self, run: ImportRun) -> str:
        return moment(run.at)

    @admin.display(description=_("report"))
    def readable(self, run: ImportRun) -> str:
        return format_html("<pre>{}</pre>", json.dumps(run.report, ensure_ascii=False, indent=2))
