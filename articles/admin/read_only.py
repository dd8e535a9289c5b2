"""Records that are written by actions and only read in the admin."""

from typing import Any

from django.http import HttpRequest

from articles.admin.desk_admin import DeskAdmin


class ReadOnlyAdmin(DeskAdmin):
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
