"""The admin, and the public pages at the root."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
