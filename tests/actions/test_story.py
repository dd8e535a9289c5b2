"""Saving and deleting stories: who may, what is written, what is kept, and that nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from articles.actions import bin_story, empty_bin, publish_story, save_story
from articles.models import (
    Activity,
    Byline,
    Contributor,
    RelatedLink,
    Revision,
    Source,
    Story,
    StoryRows,
    Subsection,
    Topic,
)
from articles.search import find
from tests.builders import MONDAY, OPERATOR, a_story, story_rows

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
WHO = ("reporter", "other_reporter", "editor", "chief_editor", "outsider")


def read_again(story: Story) -> StoryRows:
    """The story as another request would read it."""
    return StoryRows.stored(Story.objects.get(pk=story.pk))


def save(rows: StoryRows, *, by: object = OPERATOR, hours: int = 1) -> Revision:
    return save_story(rows=rows, by=by, now=MONDAY + hours * HOUR)


def headings(story: Story) -> list[tuple[int, str]]:
    return list(story.subsections.values_list("position", "heading"))


# ---------------------------------------------------------------------------------------------------------------------
# Who may
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", WHO)
def test_new_story_is_for_those_who_write(cast, who):
    """Everybody with a role starts stories; an outsider writes nothing."""
    rows = story_rows()
    if who == "outsider":
        with pytest.raises(PermissionDenied):
            save(rows, by=cast.outsider)
        assert not Story.objects.exists()
        assert not Activity.objects.exists()
    else:
        save(rows, by=getattr(cast, who))
        assert Story.objects.get().created_by == getattr(cast, who)


@pytest.mark.parametrize(("who", "may"), list(zip(WHO, [True, False, True, True, False], strict=True)))
def test_saving_a_reporters_story(cast, who, may):
    """Its reporter, editors and the chief editor change it; another reporter and an outsider change nothing."""
    story = a_story("旧标题", by=cast.reporter)
    rows = read_again(story)
    rows.story.headline = "新标题"
    if may:
        save(rows, by=getattr(cast, who))
    else:
        with pytest.raises(PermissionDenied):
            save(rows, by=getattr(cast, who))
    story.refresh_from_db()
    assert story.headline == ("新标题" if may else "旧标题")
    assert story.revisions.count() == story.activities.count() == (2 if may else 1)
    assert story.created_by == cast.reporter


def test_saving_asks_the_stored_author_not_the_posted_one(cast):
    """A reporter who claims to have created another's story is refused."""
    rows = read_again(a_story(by=cast.reporter))
    rows.story.created_by = cast.other_reporter
    rows.story.headline = "改"
    with pytest.raises(PermissionDenied):
        save(rows, by=cast.other_reporter)


# ---------------------------------------------------------------------------------------------------------------------
# What a save writes
# ---------------------------------------------------------------------------------------------------------------------


def test_first_save_writes_rows_version_activity_and_index(cast):
    """One call makes the story, its version 1, an entry in the trail, and lets it be found."""
    rows = story_rows("松岭县新开专车", subsections=[("班次", "2 趟", "<p>正文</p>")])
    revision = save_story(rows=rows, by=cast.reporter, comment="初稿", now=MONDAY)
    story = Story.objects.get()
    assert (story.created_at, story.updated_at, story.updated_by) == (MONDAY, MONDAY, cast.reporter)
    assert (revision.number, revision.comment, revision.created_by, revision.created_at) == (
        1,
        "初稿",
        cast.reporter,
        MONDAY,
    )
    assert revision.content == StoryRows.stored(story).content()
    assert revision.digest == revision.content.digest
    entry = Activity.objects.get()
    assert (entry.verb, entry.user, entry.at, entry.story, entry.detail) == (
        Activity.Verb.CREATED,
        cast.reporter,
        MONDAY,
        story,
        {"version": 1},
    )
    assert list(find("专车")) == [story.pk]
    assert not story.has_publications


def test_save_that_changes_nothing_writes_nothing(cast):
    """Two saves of the same text are one version, one entry in the trail, and the first save's time."""
    story = a_story(by=cast.reporter, subsections=[("一", "", "<p>甲</p>")])
    revision = save(read_again(story), by=cast.editor)
    story.refresh_from_db()
    assert revision == story.revisions.get()
    assert story.activities.count() == 1
    assert (story.updated_at, story.updated_by) == (MONDAY, cast.reporter)


def test_save_of_html_that_cleans_to_the_same_changes_nothing():
    """An editor that writes the same text with other tags makes no version."""
    story = a_story(opening="<p>字</p>")
    rows = read_again(story)
    rows.story.opening = '<p style="color:red" id="x">字</p>'
    save(rows)
    assert story.revisions.count() == 1


def test_save_of_a_change_makes_the_next_version():
    """Numbers count up, old versions stay as they were, going back to an old text is a new version."""
    story = a_story("一")
    for number, headline in enumerate(["二", "三", "一"], start=2):
        rows = read_again(story)
        rows.story.headline = headline
        assert save(rows, hours=number).number == number
    versions = story.revisions.order_by("number")
    assert [version.number for version in versions] == [1, 2, 3, 4]
    assert [version.content.headline for version in versions] == ["一", "二", "三", "一"]
    assert versions[0].digest == versions[3].digest


def test_change_of_the_address_alone_is_a_version():
    """Readers see it, so it is part of what is approved."""
    story = a_story()
    rows = read_again(story)
    rows.story.slug = "zhuan-che"
    revision = save(rows)
    assert (revision.number, revision.content.slug) == (2, "zhuan-che")


def test_address_stays_when_the_headline_changes():
    """The slug is made on the first save; links to the story outlive its headline."""
    story = a_story("松岭专车")
    rows = read_again(story)
    rows.story.headline = "完全不同"
    save(rows)
    story.refresh_from_db()
    assert story.slug == "song-ling-zhuan-che"


@pytest.mark.parametrize("headline", ["🎉", "！！！", "مرحبا"])
def test_address_is_never_empty(headline):
    """A headline without a letter that can be written in an address still has one."""
    assert a_story(headline).slug


def test_stored_rich_text_is_clean():
    """The working rows hold clean HTML too: the editor shows them in a page that allows inline script."""
    hostile = "<p>字<script>alert(1)</script></p>"
    story = a_story(opening=hostile, subsections=[("一", "", hostile)])
    assert Story.objects.get(pk=story.pk).opening == story.subsections.get().body == "<p>字</p>"
    rows = read_again(story)
    rows.subsections[0].body = "<p>词<iframe src='x'></iframe></p>"
    save(rows)
    assert story.subsections.get().body == "<p>词</p>"


def test_save_keeps_what_was_published_meanwhile():
    """A story read before it was published, and saved after, is still known to have publications."""
    story = a_story()
    rows = read_again(story)
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    rows.story.headline = "改"
    save(rows)
    assert Story.objects.get(pk=story.pk).has_publications


def test_save_keeps_author_and_time_of_creation(cast):
    """Who created a story, and when, is not for a form to change."""
    story = a_story(by=cast.reporter)
    rows = read_again(story)
    rows.story.headline, rows.story.created_by, rows.story.created_at = "改", cast.editor, MONDAY + HOUR
    save(rows, by=cast.editor)
    story.refresh_from_db()
    assert (story.created_by, story.created_at) == (cast.reporter, MONDAY)


def test_save_is_undone_as_a_whole(monkeypatch):
    """When the last step fails, neither row nor version nor trail is left."""

    def fail(*args):
        raise RuntimeError("index")

    story = a_story("旧", subsections=[("一", "", "")])
    rows = read_again(story)
    rows.story.headline = "新"
    rows.subsections = []
    monkeypatch.setattr("articles.search.add", fail)
    with pytest.raises(RuntimeError, match="index"):
        save(rows)
    story.refresh_from_db()
    assert (story.headline, headings(story)) == ("旧", [(1, "一")])
    assert story.revisions.count() == story.activities.count() == 1


# ---------------------------------------------------------------------------------------------------------------------
# Rows and their order
# ---------------------------------------------------------------------------------------------------------------------


def a_story_of_rows(names: str = "甲乙丙丁") -> Story:
    return a_story(
        subsections=[(name, "", f"<p>{name}</p>") for name in names],
        bylines=[(Contributor.objects.create(name=name, slug=name), "reporter") for name in names],
        related=[(f"https://example.com/{name}", name) for name in names],
    )


def names_of(story: Story) -> list[str]:
    """The rows of each kind, by name and in order; positions are counted from one."""
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    kinds = {
        "subsections": [row.heading for row in rows.subsections],
        "bylines": [row.contributor.name for row in rows.bylines],
        "related": [row.headline for row in rows.related_links],
    }
    for stored in (rows.subsections, rows.bylines, rows.related_links):
        assert [row.position for row in stored] == list(range(1, len(stored) + 1))
    assert len({tuple(kind) for kind in kinds.values()}) == 1, kinds
    return kinds["subsections"]


@pytest.mark.parametrize("order", [[3, 2, 1, 0], [1, 0, 2, 3], [3, 0, 1, 2], [0, 2], [3], []])
def test_rows_are_stored_in_the_order_given(order):
    """Turned round, swapped, moved, or taken away: rows keep their identity and get positions without gaps."""
    story = a_story_of_rows()
    rows = read_again(story)
    kept = [rows.subsections[index].pk for index in order]
    for name in ("subsections", "bylines", "related_links"):
        setattr(rows, name, [getattr(rows, name)[index] for index in order])
    save(rows)
    assert names_of(story) == ["甲乙丙丁"[index] for index in order]
    assert list(story.subsections.values_list("pk", flat=True)) == kept


def test_new_row_between_old_ones_takes_its_place():
    """A row added in the middle moves the others on."""
    story = a_story(subsections=[("一", "", ""), ("三", "", "")])
    rows = read_again(story)
    rows.subsections.insert(1, Subsection(heading="二"))
    save(rows)
    assert headings(story) == [(1, "一"), (2, "二"), (3, "三")]


def test_row_that_somebody_else_deleted_meanwhile_keeps_its_text():
    """What was typed into a row is not lost because a colleague removed the row."""
    story = a_story(subsections=[("一", "", "<p>甲</p>"), ("二", "", "<p>乙</p>")])
    mine = read_again(story)
    theirs = read_again(story)
    theirs.subsections = theirs.subsections[:1]
    save(theirs, hours=1)
    mine.subsections[1].heading = "二，改过"
    save(mine, hours=2)
    assert headings(story) == [(1, "一"), (2, "二，改过")]
    assert story.revisions.first().content.subsections[1].body == "<p>乙</p>"


@pytest.mark.parametrize("kind", ["subsections", "bylines", "related_links"])
def test_crafted_key_of_another_storys_row_steals_nothing(kind):
    """A form that names a row of another story makes a row of its own and leaves that one alone."""
    victim = a_story_of_rows("甲乙")
    before = StoryRows.stored(victim).content()
    thief = a_story("别的")
    rows = read_again(thief)
    stolen = list(getattr(StoryRows.stored(victim), kind))[:1]
    setattr(rows, kind, stolen)
    save(rows)
    assert StoryRows.stored(victim).content() == before
    assert getattr(thief, kind).count() == 1
    assert getattr(victim, kind).count() == 2


def test_story_deleted_for_ever_meanwhile_becomes_a_story_again(cast):
    """What was typed is not lost because the bin was emptied: rows, version and index start anew."""
    story = a_story("草稿", by=cast.reporter, subsections=[("一", "", "<p>甲</p>")])
    rows = read_again(story)
    bin_story(story=story, by=cast.chief_editor, now=MONDAY)
    empty_bin(by=OPERATOR, now=MONDAY)
    rows.story.headline = "草稿，改过"
    revision = save(rows, by=cast.reporter)
    found = Story.objects.get()
    assert (found.headline, headings(found), revision.number) == ("草稿，改过", [(1, "一")], 1)
    assert list(find("改过")) == [found.pk]


def test_story_in_the_bin_is_not_changed(cast):
    """Whoever saves it is told where it is."""
    story = a_story("草稿", by=cast.reporter)
    rows = read_again(story)
    bin_story(story=story, by=cast.chief_editor, now=MONDAY)
    rows.story.headline = "改过"
    with pytest.raises(PermissionDenied, match=r"bin|回收站"):
        save(rows, by=cast.reporter)
    assert Story.objects.get().headline == "草稿"


def test_topics_are_replaced():
    """The list of topics is what the form says."""
    topics = [Topic.objects.create(name=name, slug=name) for name in "abc"]
    story = a_story(topics=topics[:2])
    rows = read_again(story)
    rows.topics = topics[1:]
    save(rows)
    assert set(story.topics.all()) == set(topics[1:])
    assert {topic.id for topic in story.revisions.first().content.topics} == {topics[1].pk, topics[2].pk}


def test_three_hundred_related_links_are_stored_and_turned_round():
    """A form with 300 links is slow for nobody and loses none."""
    story = a_story(related=[(f"https://example.com/{number}", str(number)) for number in range(300)])
    rows = read_again(story)
    rows.related_links.reverse()
    save(rows)
    assert list(story.related_links.values_list("headline", flat=True)) == [
        str(number) for number in range(299, -1, -1)
    ]
    assert list(story.related_links.values_list("position", flat=True)) == list(range(1, 301))


# ---------------------------------------------------------------------------------------------------------------------
# What cannot be stored
# ---------------------------------------------------------------------------------------------------------------------


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


# ---------------------------------------------------------------------------------------------------------------------
# Deleting, and what surrounds a story being deleted
# ---------------------------------------------------------------------------------------------------------------------


def test_stories_survive_the_people_who_made_them(cast):
    """Deleting a login leaves stories, versions and trail; the trail still says the name."""
    story = a_story(by=cast.reporter)
    get_user_model().objects.filter(pk=cast.reporter.pk).delete()
    story.refresh_from_db()
    assert story.created_by is None
    assert story.revisions.get().created_by is None
    assert Activity.objects.get().user_name == "Lin"


@pytest.mark.parametrize("noun", ["section", "source", "contributor"])
def test_things_a_story_refers_to_cannot_be_deleted(noun):
    """A section, source or person in use is protected."""
    person = Contributor.objects.create(name="林晓", slug="lin-xiao")
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    story = a_story(source=source, bylines=[(person, "reporter")])
    thing = {"section": story.section, "source": source, "contributor": person}[noun]
    with pytest.raises(Exception, match="protected"), transaction.atomic():
        thing.delete()
    connection.check_constraints()
    assert Story.objects.filter(pk=story.pk).exists()
