"""`manage.py make_roles`: one group per role, with the permissions of the table in `articles/workflow.py`."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.actions import make_roles


class Command(BaseCommand):
    help = "Create or refresh the groups of the newsroom's roles. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for role, group in make_roles().items():
            self.stdout.write(f"{role}: {group.permissions.count()} permissions")
