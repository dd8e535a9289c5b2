"""The desk: Django's admin, one file per noun."""

from django.conf import settings
from django.contrib import admin

from articles.admin import activity, contributor, copyright_notice, import_run, section, source, story, topic

__all__ = ["activity", "contributor", "copyright_notice", "import_run", "section", "source", "story", "topic"]

# Not the `site_name` of the context processor: the login page has its own, which is the host.
admin.site.site_header = admin.site.site_title = settings.SITE_NAME
