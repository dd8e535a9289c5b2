"""Topics."""

from django.contrib import admin

from articles.admin.permanent_address import PermanentAddressAdmin
from articles.models import Topic


@admin.register(Topic)
class TopicAdmin(PermanentAddressAdmin):
    list_display = ("name", "slug")
    fields = ("name", "name_english", "slug", "description")
