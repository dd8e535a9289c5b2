"""The admin, and the public pages at the root."""

from django.contrib import admin
from django.urls import include, path

# A form that is too long to be read is not thrown away with the refusal.
handler400 = "articles.admin.lists.edition_handed_back.refused"
# What is not there may have been mistyped.
handler404 = "articles.views.errors.not_found"

urlpatterns = [
    path("admin/language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
