"""Applying the table of roles to Django's groups."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from articles.workflow import ROLES


@transaction.atomic
def make_roles() -> dict[str, Group]:
    """Create or refresh one group per role, with exactly the permissions of the table. Returns them by role name.

    Raises LookupError when the table names a permission that no model has.
    """
    known = {
        f"{row.content_type.app_label}.{row.codename}": row
        for row in Permission.objects.select_related("content_type").filter(
            content_type__app_label__in=["articles", "auth"]
        )
    }
    groups = {}
    for role, names in ROLES.items():
        codenames = {name if "." in name else f"articles.{name}" for name in names}
        if missing := sorted(codenames - known.keys()):
            raise LookupError(f"The role {role!r} names unknown permissions: {', '.join(missing)}")
        groups[role], _created = Group.objects.get_or_create(name=role)
        groups[role].permissions.set(known[codename] for codename in codenames)
    return groups
