"""Stories in English, and what stands around them named in English."""

from __future__ import annotations

from datetime import datetime

from articles.actions import publish_story, save_story
from articles.models import Contributor, CopyrightNotice, Publication, Section, Source, Story, StoryRows, Topic
from tests.builders import OPERATOR, a_publication, a_section
from tests.publishing import hour


def name_in_english(story: Story | None = None, *, now: datetime | None = None) -> None:
    """Give everything a name in English, and `story` a version that has them."""
    for model in (Section, Topic, Contributor, Source):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(name_english=row.slug.replace("-", " ").title())
    CopyrightNotice.objects.update(text_english="All rights.", holder_english="Press", usage_terms_english="To read.")
    if story:
        save_story(rows=StoryRows.stored(story), by=OPERATOR, now=now or hour(1))
        publish_story(story=story, by=OPERATOR, change="minor", now=now or hour(1))


def an_english_story(**values) -> Publication:
    """A story under a section inside another one, with a person, a topic and a source; all named in Chinese alone."""
    section = a_section("县区", "county", parent=a_section())
    source = Source.objects.create(name="松岭日报", name_key="松岭日报", slug="songling")
    words = {"text": "版权所有", "holder": "松岭日报社", "usage_terms": "仅供阅读"}
    CopyrightNotice.objects.create(source=source, feeds="full", effective_from=hour(-1), **words)
    topic = Topic.objects.create(name="就业", slug="jobs")
    person = Contributor.objects.create(name="林晓禾", slug="lin-xiaohe", job_title="记者")
    return a_publication(
        "Two coaches",
        language="en",
        section=section,
        topics=[topic],
        bylines=[(person, "reporter"), (person, "responsible_editor")],
        source=source,
        **values,
    )
