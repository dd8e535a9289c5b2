"""StoryRows: what the rows say becomes the StoryContent, nothing more and nothing less."""

from __future__ import annotations

import pytest
from django.db import models

from articles.content import Credit, Reference, RelatedLinkContent, StoryContent
from articles.models import Contributor, Source, Story, StoryRows, Topic
from tests.builders import a_section, a_story

pytestmark = pytest.mark.django_db

# Columns of a story that are about the work on it and no part of what it says.
BESIDE_CONTENT = {
    "id",
    "created_at",
    "updated_at",
    "created_by",
    "updated_by",
    "has_publications",
    "review",
    "waiting_for",
    "binned_at",
    "binned_by",
    "import_key",
}


def test_every_story_field_is_in_the_content_or_named_as_not():
    """A new column cannot be forgotten in the content: this list or StoryContent has to name it."""
    columns = {
        field.name for field in Story._meta.get_fields() if isinstance(field, models.Field) and not field.auto_created
    }
    columns |= {"id"}
    said = {name for name in StoryContent.__dataclass_fields__ if hasattr(Story, name)}
    assert columns - said == BESIDE_CONTENT


def test_rows_become_content_in_their_order():
    """Everything a story can have arrives, in order, with references as they are called now."""
    person = Contributor.objects.create(name="林晓", slug="lin-xiao")
    topics = [Topic.objects.create(name=name, slug=name) for name in ("b", "a")]
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    target = a_story("目标")
    story = a_story(
        "标题",
        subsections=[("一", "1 2", "<p>甲</p>"), ("二", "", "乙")],
        bylines=[(person, "reporter"), (person, "translator")],
        related=[target, ("https://example.com/", "外")],
        topics=list(reversed(topics)),
        source=source,
        opening="<p>开<script>x</script></p>",
    )
    content = StoryRows.stored(story).content()
    assert content == story.revisions.get().content
    assert [(part.heading, part.figures, part.body) for part in content.subsections] == [
        ("一", "1 2", "<p>甲</p>"),
        ("二", "", "<p>乙</p>"),
    ]
    assert content.byline == tuple(
        Credit(contributor_id=person.pk, name="林晓", slug="lin-xiao", role=role) for role in ("reporter", "translator")
    )
    assert content.related_links == (
        RelatedLinkContent(story_id=target.pk),
        RelatedLinkContent(url="https://example.com/", headline="外"),
    )
    assert [topic.id for topic in content.topics] == sorted(topic.pk for topic in topics)
    assert content.section == Reference(id=a_section().pk, name="要闻", slug="news")
    assert content.source == Reference(id=source.pk, name="新华社", slug="xinhua")
    assert content.opening == "<p>开</p>"


def test_stored_rows_cost_a_fixed_number_of_queries(django_assert_num_queries):
    """One and thirty subsections, people and links are read with the same four queries."""
    people = [Contributor.objects.create(name=str(number), slug=str(number)) for number in range(30)]
    for count in (1, 30):
        story = a_story(
            f"标题{count}",
            subsections=[("x", "", "")] * count,
            bylines=[(person, "reporter") for person in people[:count]],
            related=[("https://example.com/", "x")] * count,
        )
        story = Story.objects.select_related("section", "source").get(pk=story.pk)
        with django_assert_num_queries(4):
            StoryRows.stored(story).content()
