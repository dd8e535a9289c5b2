"""People who work on stories."""

from django.contrib import admin

from articles.admin.permanent_address import PermanentAddressAdmin
from articles.models import Contributor


@admin.register(Contributor)
class ContributorAdmin(PermanentAddressAdmin):
    list_display = ("name", "job_title", "user")
    list_select_related = ("user",)
    fields = ("name", "name_english", "slug", "job_title", "biography", "user")
    raw_id_fields = ("user",)
