"""Addresses of the public pages."""

from django.urls import path, re_path

from articles import views

app_name = "articles"

# The id is what finds the story; at most eighteen digits, so that it always fits the database's integers.
STORY = r"^(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<slug>[-a-zA-Z0-9_]+)-(?P<story_id>\d{1,18})/"
FEED = r"feed\.(?P<format>rss|atom|json)$"

urlpatterns = [
    path("", views.front, name="front"),
    path("section/<slug:slug>/", views.section, name="section"),
    path("topic/<slug:slug>/", views.topic, name="topic"),
    path("contributor/<slug:slug>/", views.contributor, name="contributor"),
    path("source/<slug:slug>/", views.source, name="source"),
    path("archive/", views.archive, name="archive"),
    re_path(r"^archive/(?P<year>\d{4})/(?P<month>\d{2})/$", views.archive, name="archive_month"),
    re_path(r"^archive/(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})/$", views.archive_day, name="archive_day"),
    path("corrections/", views.corrections, name="corrections"),
    path("search/", views.search, name="search"),
    path("page/<slug:slug>/", views.site_page, name="site_page"),
    # For machines
    path("feeds/", views.feeds, name="feeds"),
    re_path(rf"^{FEED}", views.site_feed, name="site_feed"),
    re_path(
        rf"^(?P<subject>section|topic|contributor|source)/(?P<slug>[-a-zA-Z0-9_]+)/{FEED}",
        views.subject_feed,
        name="subject_feed",
    ),
    re_path(rf"^list/(?P<list_id>\d{{1,18}})/{FEED}", views.list_feed, name="list_feed"),
    path("sitemap.xml", views.sitemap_index, name="sitemap_index"),
    re_path(r"^sitemap-stories-(?P<number>\d{1,12})\.xml$", views.sitemap_stories, name="sitemap_stories"),
    path("sitemap-pages.xml", views.sitemap_pages, name="sitemap_pages"),
    path("sitemap-news.xml", views.sitemap_news, name="sitemap_news"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path(".well-known/tdmrep.json", views.tdmrep_json, name="tdmrep_json"),
    re_path(r"^style-(?P<digest>[0-9a-f]{12})\.css$", views.stylesheet, name="stylesheet"),
    re_path(r"^logo-(?P<appearance>light|dark)-(?P<digest>[0-9a-f]{12})\.png$", views.logo, name="logo"),
    path("health/", views.health, name="health"),
    path("preview/<str:signed>/", views.preview, name="preview"),
    # Everything else under at/ is another moment of the page behind it: see views/time_machine.py.
    path("at/", views.travel, name="travel"),
    path("at/share/", views.share_moment, name="share_moment"),
    re_path(rf"{STORY}$", views.story, name="story"),
    re_path(rf"{STORY}qr\.svg$", views.story_qr, name="story_qr"),
    re_path(rf"{STORY}version/(?P<number>[1-9]\d{{0,8}})/$", views.version, name="version"),
]
