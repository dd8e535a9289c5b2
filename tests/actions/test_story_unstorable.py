"""What cannot be stored is left out, cut, or refused by name before anything is written."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.actions import save_story
from articles.models import Activity, Byline, Contributor, RelatedLink, Revision, Story, StoryRows, Subsection
from articles.search import find
from tests.builders import MONDAY, OPERATOR, a_story, story_rows
from tests.saving import save

pytestmark = pytest.mark.django_db


def test_unstorable_characters_are_left_out_of_every_text():
    """NUL, controls and lone surrogates would fail on one database or the other; the text around them stays."""
    nasty = " 标\x00题\ud800\x07 "
    person = Contributor.objects.create(name="林晓", slug="lin-xiao")
    rows = story_rows(
        nasty,
        subsections=[(nasty, nasty, f"<p>{nasty}</p>")],
        bylines=[(person, "reporter")],
        related=[("https://example.com/", nasty)],
        **dict.fromkeys(["kicker", "subtitle", "short_headline", "summary", "dateline"], nasty),
    )
    save_story(rows=rows, by=OPERATOR, comment=nasty, now=MONDAY)
    story = Story.objects.get()
    assert story.headline == story.kicker == story.summary == "标题"
    assert story.subsections.get().heading == story.related_links.get().headline == "标题"
    assert story.revisions.get().content == StoryRows.stored(story).content()
    assert story.revisions.get().comment == "标题"
    assert list(find("标题")) == [story.pk]


@pytest.mark.parametrize("headline", ["", "   ", "\u3000", "\x00", "\ud800"])
def test_story_without_a_headline_is_refused(headline):
    """Blanks and characters that vanish are no headline: a page without a title would go live."""
    with pytest.raises(ValidationError) as refused:
        save(story_rows(headline))
    assert "headline" in refused.value.message_dict
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"headline": "长" * 5000},
        {"kicker": "长" * 5000},
        {"language": "xx"},
        {"original_url": "javascript:alert(1)"},
        {"original_url": "https://example.com/" + "x" * 600},
        {"slug": "a" * 500},
        {"slug": "no/slug"},
    ],
    ids=lambda values: f"{next(iter(values))}={next(iter(values.values()))[:24]}",
)
def test_value_that_does_not_fit_is_refused_by_name(values):
    """Every value the database would refuse, or a reader be harmed by, is named before anything is written."""
    with pytest.raises(ValidationError) as refused:
        save(story_rows(**values))
    assert set(refused.value.message_dict) == set(values)
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        Subsection(heading=""),
        Subsection(heading=" \x00"),
        Subsection(heading="长" * 5000),
        RelatedLink(),
        RelatedLink(url="https://example.com/"),
        RelatedLink(url="javascript:alert(1)", headline="x"),
        Byline(contributor_id=1, role="pope"),
    ],
    ids=["no heading", "blank heading", "long heading", "no target", "no headline", "no address", "no role"],
)
def test_row_that_does_not_fit_is_refused(row):
    """A subsection without heading, a link without target or headline, an unknown role: nothing is written."""
    rows = story_rows()
    rows.subsections = [row] if isinstance(row, Subsection) else []
    rows.related_links = [row] if isinstance(row, RelatedLink) else []
    rows.bylines = [row] if isinstance(row, Byline) else []
    with pytest.raises(ValidationError):
        save(rows)
    assert not Story.objects.exists()


def test_long_comment_is_cut():
    """The comment on a version has room for 200 characters; more is no reason to lose a save."""
    save_story(rows=story_rows(), by=OPERATOR, comment="长" * 500, now=MONDAY)
    assert Revision.objects.get().comment == "长" * 200


def test_person_with_a_very_long_name_can_save(cast):
    """Django allows names longer than the trail has room for."""
    cast.reporter.first_name, cast.reporter.last_name = "a" * 150, "b" * 150
    cast.reporter.save()
    a_story(by=cast.reporter)
    assert Activity.objects.get().user_name == "a" * 150
