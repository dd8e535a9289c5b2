"""Addresses of the public pages."""

from django.urls import path, re_path

from articles import views

app_name = "articles"

urlpatterns = [
    path("", views.front, name="front"),
    path("section/<slug:slug>/", views.section, name="section"),
    path("topic/<slug:slug>/", views.topic, name="topic"),
    path("contributor/<slug:slug>/", views.contributor, name="contributor"),
    path("health/", views.health, name="health"),
    path("preview/<str:signed>/", views.preview, name="preview"),
    # Everything else under at/ is another moment of the page behind it: see views/time_machine.py.
    path("at/", views.travel, name="travel"),
    path("at/share/", views.share_moment, name="share_moment"),
    # The id is what finds the story; at most eighteen digits, so that it always fits the database's integers.
    re_path(
        r"^(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<slug>[-a-zA-Z0-9_]+)-(?P<story_id>\d{1,18})/$",
        views.story,
        name="story",
    ),
    re_path(
        r"^(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<slug>[-a-zA-Z0-9_]+)-(?P<story_id>\d{1,18})/"
        r"version/(?P<number>[1-9]\d{0,8})/$",
        views.version,
        name="version",
    ),
]
