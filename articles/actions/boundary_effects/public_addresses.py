"""Where a story is on the site: the paths, from its root, of everything public that shows it or tells of it.

Left out is what no cache shows without asking again, and cannot be told from the story alone: pages of stories that
link to it, lists beside and below stories, results of searches.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from articles import moments
from articles.models import Contributor, Publication, Section, Source, StoryList, Topic
from articles.models.feed_listing import FEED_FORMATS
from articles.models.sitemap_file import file_of
from articles.script_conversion.addresses import PREFIX

_SUBJECTS = (Section, Topic, Contributor, Source)


def addresses_of_story(publication: Publication) -> Iterator[str]:
    """Of the story of `publication`, whatever of it is public: what was there before has changed as well.

    Five queries, and one more where readers can open earlier versions.
    """
    yield from in_both_scripts(publication.get_absolute_url())
    for path in _earlier_versions(publication):
        yield from in_both_scripts(path)
    for path in _overviews(publication):
        yield from in_both_scripts(path)
    yield from _in_all_formats("articles:site_feed")
    sections: list[int] = []
    for model in _SUBJECTS:
        # Every publication of the story: a new version may have left a section.
        subjects = model.objects.filter(feed_listings__publication__story=publication.story_id)
        for subject in subjects.order_by("pk").distinct():
            yield from in_both_scripts(subject.get_absolute_url())
            yield from _in_all_formats("articles:subject_feed", model._meta.model_name, subject.slug)
            if model is Section:
                sections.append(subject.pk)
    for list_id in _lists(sections):
        yield from feeds_of_list(list_id)
    yield from _sitemaps(publication.story_id)


def in_both_scripts(path: str) -> tuple[str, str]:
    """A page of text, as it is and in traditional characters."""
    return path, f"{PREFIX.rstrip('/')}{path}"


def feeds_of_list(list_id: int) -> Iterator[str]:
    return _in_all_formats("articles:list_feed", list_id)


def _in_all_formats(name: str, *args: object) -> Iterator[str]:
    for feed_format in FEED_FORMATS:
        yield reverse(name, args=[*args, feed_format])


def _earlier_versions(publication: Publication) -> Iterator[str]:
    """Also those that a withdrawal or a retraction has just closed."""
    if not settings.EARLIER_VERSIONS:
        return
    shown = Publication.objects.filter(story=publication.story_id).exclude(kind=Publication.Kind.WITHDRAWN)
    address = publication.get_absolute_url()
    for number in range(shown.count()):
        yield f"{address}version/{number + 1}/"


def _overviews(publication: Publication) -> Iterator[str]:
    """The front page, the days of the archive, the corrections."""
    day = moments.local(publication.first_live_at)
    month = [f"{day.year:04}", f"{day.month:02}"]
    yield reverse("articles:front")
    yield reverse("articles:archive")
    yield reverse("articles:archive_month", args=month)
    yield reverse("articles:archive_day", args=[*month, f"{day.day:02}"])
    yield reverse("articles:corrections")


def _lists(sections: list[int]) -> list[int]:
    """The lists of the front page and of the fronts of the sections: each may show it, by name or by a rule."""
    place = StoryList.Place
    of_sections = Q(section=None) | Q(section__in=sections)
    found = StoryList.objects.filter(Q(place=place.FRONT) | Q(of_sections, place=place.SECTION))
    return list(found.order_by("pk").values_list("pk", flat=True))


def _sitemaps(story_id: int) -> Iterator[str]:
    yield reverse("articles:sitemap_index")
    yield reverse("articles:sitemap_stories", args=[file_of(story_id)])
    yield reverse("articles:sitemap_pages")
    yield reverse("articles:sitemap_news")
