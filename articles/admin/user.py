"""The people of the newsroom: administrators give them logins and roles, and never more than that.

Whoever looks after people has the right to do so from a role. Rights that no role of the table gives (a superuser's, a
group's of its own, single ones) are a superuser's to give, and somebody who has them is a superuser's to look after:
otherwise a new password would hand an administrator what the role does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.desk_admin import AutocompleteFields, DeskAdmin
from articles.admin.read_only import ReadOnlyAdmin
from articles.models import DeskProfile
from articles.permissions import can_look_after_people
from articles.templatetags.news import moment
from articles.workflow import ROLES

admin.site.unregister([User, Group])

# What the roles of the table are called on the desk; their groups are called as in the table.
ROLE_NAMES = {
    "reporter": _("reporter"),
    "photo editor": _("photo editor"),
    "editor": _("editor"),
    "list editor": _("list editor"),
    "chief editor": _("chief editor"),
    "administrator": _("administrator"),
}


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(ROLE_NAMES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() in ROLE_NAMES else queryset


class DeskProfileInline(AutocompleteFields, admin.StackedInline):
    model = DeskProfile
    can_delete = False
    autocomplete_fields = ("sections",)
    fields = ("sections", "wants_digest")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        # The limit is part of what somebody may do.
        return ("sections",) if _is_own(request, obj) and not request.user.is_superuser else ()

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or _may_change(request, obj))

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_add_permission(request, obj) and (obj is None or _may_change(request, obj))


@admin.register(User)
class UserAdmin(DeskAdmin, DjangoUserAdmin):
    inlines = (DeskProfileInline,)
    list_display = ("username", "name", "roles", "limited_to", "is_active", "signed_in")
    list_filter = ("is_active", RoleFilter)
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    show_full_result_count = False
    filter_horizontal = ()
    readonly_fields = ("signed_in",)
    sortable_by = ("username", "is_active")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or _may_change(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody is deleted: what a person wrote and decided keeps its name. A login is switched off instead."""
        return False

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> tuple:
        # The whole name in one field: Django would put a Chinese family name last. Older logins may have it in two.
        name = ("first_name", "last_name") if obj and obj.last_name else ("first_name",)
        names = (_("Name and mail"), {"fields": (*name, "email")})
        rights = ["is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            rights.append("is_superuser")
        what = (_("What this person may do"), {"fields": rights})
        if obj is None:
            login = {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2")}
            return ((None, login), names, (what[0], {"fields": ["groups"]}))
        # Whoever only reads about somebody does not need the beginnings of a password's hash.
        password = ("password",) if self.has_change_permission(request, obj) else ()
        return ((None, {"fields": ("username", *password)}), names, what, (None, {"fields": ("signed_in",)}))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        fields = self.readonly_fields
        if _is_own(request, obj):
            # Nobody locks oneself out, and nobody gives a role to oneself.
            fields = (*fields, "is_active", "is_staff", "is_superuser")
            if not request.user.is_superuser:
                fields = (*fields, "groups")
        return fields

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "first_name":
            field.label = _("full name")
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=ROLES).order_by("pk")
            kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.label, field.help_text = _("roles"), _("None: may sign in, and do nothing.")
            field.label_from_instance = _role_name
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        limits = Prefetch("desk_profile", DeskProfile.objects.prefetch_related("sections"))
        return super().get_queryset(request).prefetch_related("groups", limits)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            # Without it nobody gets to the desk.
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        # Only roles were there to choose from: other groups somebody is in are kept.
        others = list(form.instance.groups.exclude(name__in=ROLES))
        super().save_related(request, form, formsets, change)
        form.instance.groups.add(*others)

    @admin.display(description=_("full name"))
    def name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        roles = [_role_name(group) for group in user.groups.all()]
        return _join([*roles, gettext("superuser")] if user.is_superuser else roles)

    @admin.display(description=_("limited to"))
    def limited_to(self, user: User) -> str:
        profile = getattr(user, "desk_profile", None)
        return _join(section.name for section in profile.sections.all()) if profile else ""

    @admin.display(description=_("last signed in"), ordering="last_login")
    def signed_in(self, user: User) -> str:
        return moment(user.last_login) or "—"


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin, DjangoGroupAdmin):
    """The roles, to read: their table is `articles/workflow.py`, and `make_roles` writes it."""


def _role_name(group: Group) -> str:
    return str(ROLE_NAMES.get(group.name, group.name))


def _join(words: Iterable[str]) -> str:
    return gettext(", ").join(words) or "—"


def _is_own(request: HttpRequest, person: User | None) -> bool:
    return person is not None and person.pk == request.user.pk


def _may_change(request: HttpRequest, person: User) -> bool:
    """Whether the user of the request may change `person`. At most two queries for one user object."""
    if not can_look_after_people(request.user):
        return False
    if request.user.is_superuser:
        return True
    if not hasattr(person, "has_foreign_rights"):
        groups = person.groups.exclude(name__in=ROLES).filter(permissions__isnull=False)
        person.has_foreign_rights = person.is_superuser or person.user_permissions.exists() or groups.exists()
    return not person.has_foreign_rights
