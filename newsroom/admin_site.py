"""Which admin site the project has."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Django's admin, with the desk as its first page."""

    default_site = "articles.admin.site.DeskSite"

    def ready(self) -> None:
        # First the package that registers with the site: were the site asked for first, importing the package on the
        # way to it would make another one, and register everything there.
        import_module("articles.admin")
        super().ready()
