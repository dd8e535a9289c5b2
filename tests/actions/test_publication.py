"""Publishing, scheduling, withdrawing and cancelling: who may, and what readers see at every moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles import timeline
from articles.actions import cancel_publication, publish_story, save_story, withdraw_story
from articles.models import (
    Activity,
    Contributor,
    Publication,
    Revision,
    Section,
    Source,
    Story,
    StoryRows,
    Topic,
)
from tests.builders import MONDAY, OPERATOR, a_section, a_story, story_rows

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
WHO = ("reporter", "other_reporter", "editor", "chief_editor", "outsider")
CHIEF_ONLY = [(who, who == "chief_editor") for who in WHO]


def hour(number: float) -> datetime:
    return MONDAY + number * HOUR


def change(story: Story, headline: str) -> Revision:
    """The story says something else from now on."""
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    rows.story.headline = headline
    return save_story(rows=rows, by=OPERATOR, now=MONDAY)


def publish(story: Story, now: float = 0, *, at: float | None = None, until: float | None = None, **values):
    return publish_story(
        story=story,
        by=values.pop("by", OPERATOR),
        at=None if at is None else hour(at),
        until=None if until is None else hour(until),
        now=hour(now),
        **values,
    )


def withdraw(story: Story, now: float = 0, *, at: float | None = None, note: str = "", by: object = OPERATOR):
    return withdraw_story(story=story, by=by, at=None if at is None else hour(at), note=note, now=hour(now))


def cancel(publication: Publication, now: float = 0, *, by: object = OPERATOR) -> None:
    cancel_publication(publication=publication, by=by, now=hour(now))


def seen(story: Story, number: float) -> str | None:
    """The headline readers see at that hour; None when they see none."""
    live = Publication.objects.live(hour(number)).filter(story=story).with_content()
    assert len(live) <= 1
    return live[0].content.headline if live else None


def windows(story: Story) -> list[tuple[str, float, float | None]]:
    """The chain: kind, first and last hour of each window."""
    return [
        (row.kind, (row.live_from - MONDAY) / HOUR, row.live_until and (row.live_until - MONDAY) / HOUR)
        for row in story.publications.order_by("live_from")
    ]


def last_activity(story: Story) -> str:
    return story.activities.order_by("-id").first().verb


def assert_stored_chain_is_right(story: Story) -> None:
    """The stored windows are those of `timeline.chain`, they never overlap, and what hangs on them is right."""
    rows = list(story.publications.order_by("live_from"))
    chain = timeline.chain([timeline.Asked(row.pk, row.live_from, row.requested_until) for row in rows])
    stored = [timeline.Window(row.pk, row.live_from, row.live_until) for row in rows]
    assert stored == chain
    assert timeline.overlaps(stored) == []
    shown = [row.live_from for row in rows if row.kind != Publication.Kind.WITHDRAWN]
    for row in rows:
        assert row.first_live_at == min(shown)
        listed = [row.sectionlistings, row.topiclistings, row.contributorlistings]
        if row.kind == Publication.Kind.WITHDRAWN:
            assert not any(manager.exists() for manager in listed)
        else:
            assert row.sectionlistings.exists()
        for manager in listed:
            assert {listing.first_live_at for listing in manager.all()} <= {row.first_live_at}
    assert Story.objects.get(pk=story.pk).has_publications == bool(rows)


# ---------------------------------------------------------------------------------------------------------------------
# Who may
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "may"), CHIEF_ONLY)
@pytest.mark.parametrize("at", [None, 2])
def test_publishing_is_for_the_chief_editor(cast, who, may, at):
    """Now or later: a reporter's own story too goes live by the chief editor's hand only."""
    story = a_story(by=cast.reporter)
    if may:
        publication = publish(story, at=at, by=getattr(cast, who))
        assert publication.created_by == getattr(cast, who)
    else:
        with pytest.raises(PermissionDenied):
            publish(story, at=at, by=getattr(cast, who))
        assert not Publication.objects.exists()
        assert story.activities.count() == 1
        assert not Story.objects.get().has_publications


@pytest.mark.parametrize(("who", "may"), CHIEF_ONLY)
def test_withdrawing_is_for_the_chief_editor(cast, who, may):
    """Nobody else takes a page from readers."""
    story = a_story(by=cast.reporter)
    publish(story)
    if may:
        withdraw(story, 1, by=getattr(cast, who))
    else:
        with pytest.raises(PermissionDenied):
            withdraw(story, 1, by=getattr(cast, who))
    assert (seen(story, 2) is None) == may
    assert (last_activity(story) == Activity.Verb.WITHDRAWN) == may


@pytest.mark.parametrize(("who", "may"), CHIEF_ONLY)
@pytest.mark.parametrize("what", ["publication", "withdrawal"])
def test_cancelling_is_for_the_chief_editor(cast, who, may, what):
    """Calling off a change is as weighty as planning it."""
    story = a_story(by=cast.reporter)
    publish(story)
    planned = publish(story, at=5) if what == "publication" else withdraw(story, at=5)
    if may:
        cancel(planned, 1, by=getattr(cast, who))
    else:
        with pytest.raises(PermissionDenied):
            cancel(planned, 1, by=getattr(cast, who))
    assert Publication.objects.filter(pk=planned.pk).exists() == (not may)
    assert (last_activity(story) == Activity.Verb.CANCELLED) == may


def test_publishing_alone_does_not_allow_to_withdraw(cast):
    """Each right is asked for by itself."""
    from django.contrib.auth.models import Permission

    cast.editor.user_permissions.add(Permission.objects.get(codename="publish_story"))
    editor = type(cast.editor).objects.get(pk=cast.editor.pk)
    story = a_story()
    publish(story, by=editor)
    with pytest.raises(PermissionDenied):
        withdraw(story, 1, by=editor)
    with pytest.raises(PermissionDenied):
        cancel(withdraw(story, 1, at=3), 2, by=editor)


# ---------------------------------------------------------------------------------------------------------------------
# Publishing
# ---------------------------------------------------------------------------------------------------------------------


def test_draft_is_not_seen():
    """A saved story is nobody's to read."""
    assert seen(a_story(), 1000) is None


def test_publishing_now_shows_the_story_from_now_on():
    """Not a tick earlier, and until further notice."""
    story = a_story("一")
    publication = publish(story, 2)
    assert [seen(story, moment) for moment in (0, 1.99, 2, 9999)] == [None, None, "一", "一"]
    assert (publication.live_from, publication.live_until, publication.first_live_at) == (hour(2), None, hour(2))
    assert publication.kind == Publication.Kind.PUBLISHED
    assert publication.slug == story.slug
    assert last_activity(story) == Activity.Verb.PUBLISHED
    assert_stored_chain_is_right(story)


def test_saving_after_publishing_changes_nothing_for_readers():
    """Readers read versions, not rows."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    assert seen(story, 1) == "一"


def test_publishing_later_shows_the_story_from_then_on():
    """Nothing has to happen at that moment: the window says it all."""
    story = a_story("一")
    publish(story, at=5)
    assert [seen(story, moment) for moment in (0, 4.99, 5)] == [None, None, "一"]
    assert last_activity(story) == Activity.Verb.SCHEDULED
    assert Story.objects.get().has_publications


def test_scheduled_version_is_the_one_of_the_decision():
    """What is written after scheduling does not go live by itself."""
    story = a_story("一")
    publish(story, at=5)
    change(story, "二")
    assert seen(story, 6) == "一"


def test_an_older_version_can_be_published():
    """Going back is publishing the version from before."""
    story = a_story("一")
    first = story.revisions.get()
    change(story, "二")
    publish(story)
    publish(story, 1, revision=first)
    assert [seen(story, moment) for moment in (0, 1)] == ["二", "一"]


def test_publishing_until_ends_then():
    """From the end on nothing is seen, and what was live before does not come back."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    publish(story, 1, until=3)
    assert [seen(story, moment) for moment in (0, 1, 2.99, 3, 9)] == ["一", "二", "二", None, None]
    assert_stored_chain_is_right(story)


def test_publishing_twice_is_once(cast):
    """A button pressed twice makes one publication and one entry in the trail."""
    story = a_story()
    first = publish(story, 1)
    again = publish(story, 2, by=cast.chief_editor)
    assert again == first == Publication.objects.get()
    assert story.activities.filter(verb=Activity.Verb.PUBLISHED).count() == 1


@pytest.mark.parametrize("values", [{"note": "更正了标题"}, {"until": 9}, {"note": "更正了标题", "until": 9}])
def test_publishing_the_same_twice_is_once(values):
    """Also with a note or an end: readers would otherwise be told of two corrections."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    assert publish(story, 1, **values) == publish(story, 2, **values)
    assert story.publications.count() == 2


def test_publishing_again_without_an_end_takes_the_end_away():
    """The same text, but from now on until further notice."""
    story = a_story("一")
    publish(story, until=5)
    publish(story, 1)
    assert seen(story, 6) == "一"


def test_publishing_twice_in_one_moment_is_once():
    """Two requests in the same microsecond leave one publication: the later version."""
    story = a_story("一")
    publish(story, 1)
    change(story, "二")
    publish(story, 1)
    assert windows(story) == [("published", 1, None)]
    assert seen(story, 1) == "二"
    assert_stored_chain_is_right(story)


def test_publishing_a_note_is_a_correction():
    """With a note for readers the next publication of a story that was public is a correction; the first never is."""
    story = a_story("一")
    assert publish(story, note="首次").kind == Publication.Kind.PUBLISHED
    change(story, "二")
    assert publish(story, 1, note="更正了标题").kind == Publication.Kind.CORRECTED
    change(story, "三")
    assert publish(story, 2).kind == Publication.Kind.PUBLISHED
    assert [row.note for row in story.publications.order_by("live_from")] == ["首次", "更正了标题", ""]


def test_publishing_the_same_text_with_a_note_is_a_correction_too():
    """A note says something by itself, so it is not taken for a second press of the button."""
    story = a_story("一")
    publish(story)
    assert publish(story, 1, note="说明").kind == Publication.Kind.CORRECTED


def test_publishing_after_a_withdrawal_brings_the_story_back():
    """At its old address, which carries the date of the first publication."""
    story = a_story("一")
    first = publish(story)
    withdraw(story, 2)
    back = publish(story, 4)
    assert [seen(story, moment) for moment in (1, 3, 5)] == ["一", None, "一"]
    assert back.first_live_at == first.first_live_at == hour(0)
    assert back.get_absolute_url() == first.get_absolute_url()


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"at": 1}, "publish_at"),
        ({"at": 5, "until": 5}, "publish_until"),
        ({"at": 5, "until": 4}, "publish_until"),
        ({"until": 2}, "publish_until"),
        ({"note": "长" * 501}, "note"),
    ],
)
def test_unfit_publication_is_refused_by_name(values, key):
    """A moment that has passed, an end before the beginning, a note too long: named, and nothing is written."""
    story = a_story()
    with pytest.raises(ValidationError) as refused:
        publish(story, 2, **values)
    assert set(refused.value.message_dict) == {key}
    assert not Publication.objects.exists()
    assert story.activities.count() == 1


def test_publishing_without_a_section_is_refused():
    """Readers would find the story nowhere."""
    rows = story_rows()
    rows.story.section = None
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    with pytest.raises(ValidationError) as refused:
        publish(rows.story)
    assert set(refused.value.message_dict) == {"section"}


def test_publishing_a_version_of_another_story_is_refused():
    """A crafted version number shows nobody another draft."""
    story, other = a_story("甲"), a_story("秘密")
    with pytest.raises(ValidationError):
        publish(story, revision=other.revisions.get())
    assert not Publication.objects.exists()


def test_note_is_stored_without_what_databases_refuse():
    """NUL and lone surrogates in a note are left out."""
    story = a_story()
    publish(story)
    assert publish(story, 1, note=" 更\x00正\ud800 ").note == "更正"
    assert withdraw(story, 2, note="撤\x00下").note == "撤下"


def test_publishing_is_undone_as_a_whole(monkeypatch):
    """When the trail cannot be written, nothing is published, planned, withdrawn or called off."""

    def fail(**values):
        raise RuntimeError("trail")

    story = a_story()
    publish(story)
    planned = publish(story, at=5)
    before = windows(story)
    monkeypatch.setattr("articles.actions.publication.log_activity", fail)
    for act in (
        lambda: publish(story, 1, note="更正"),
        lambda: publish(story, 1, at=3),
        lambda: withdraw(story, 1),
        lambda: cancel(planned, 1),
    ):
        with pytest.raises(RuntimeError, match="trail"):
            act()
        assert windows(story) == before
    assert Publication.objects.filter(pk=planned.pk).exists()


# ---------------------------------------------------------------------------------------------------------------------
# Several at once
# ---------------------------------------------------------------------------------------------------------------------


def a_planned_week() -> tuple[Story, list[Publication]]:
    """一 live from 0, 二 from 2, 三 from 4 until 5, 四 from 8."""
    story = a_story("一")
    planned = [publish(story)]
    for headline, at, until in (("二", 2, None), ("三", 4, 5), ("四", 8, None)):
        change(story, headline)
        planned.append(publish(story, at=at, until=until))
    return story, planned


def test_several_scheduled_take_turns():
    """Each until the next or its own end."""
    story, _planned = a_planned_week()
    assert windows(story) == [("published", 0, 2), ("published", 2, 4), ("published", 4, 5), ("published", 8, None)]
    assert [seen(story, moment) for moment in (1, 2, 4, 5, 7.9, 8)] == ["一", "二", "三", None, None, "四"]
    assert_stored_chain_is_right(story)


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (1, ["一", "一", "三", None, "四"]),
        (2, ["一", "二", "二", "二", "四"]),
        (3, ["一", "二", "三", None, None]),
    ],
)
def test_cancelling_one_leaves_the_others_right(index, expected):
    """What it would have ended goes on, and the rest stays as asked for."""
    story, planned = a_planned_week()
    cancel(planned[index], 1)
    assert [seen(story, moment) for moment in (1, 3, 4.5, 7, 9)] == expected
    assert_stored_chain_is_right(story)


def test_cancelling_gives_an_earlier_end_back():
    """An end asked for, and cut short by a later publication, holds again when that one is cancelled."""
    story = a_story("一")
    publish(story, until=6)
    planned = publish(story, at=3)
    cancel(planned, 1)
    assert windows(story) == [("published", 0, 6)]


def test_publishing_at_the_moment_of_another_replaces_it():
    """The later decision holds; there are never two."""
    story, planned = a_planned_week()
    change(story, "新")
    publish(story, 1, at=4)
    assert [seen(story, moment) for moment in (3, 4, 5, 8)] == ["二", "新", "新", "四"]
    assert not Publication.objects.filter(pk=planned[2].pk).exists()
    assert_stored_chain_is_right(story)


def test_publishing_now_leaves_what_is_scheduled():
    """A correction now does not call off tomorrow."""
    story, _planned = a_planned_week()
    change(story, "改")
    publish(story, 1)
    assert [seen(story, moment) for moment in (0, 1, 2)] == ["一", "改", "二"]


def test_cancelling_the_only_scheduled_publication_leaves_a_draft():
    """The story is a draft again, and may be deleted."""
    story = a_story()
    cancel(publish(story, at=5), 1)
    assert windows(story) == []
    assert not Story.objects.get().has_publications
    assert last_activity(story) == Activity.Verb.CANCELLED


def test_cancelling_the_first_moves_the_address_to_the_next():
    """When what was to be first is called off, the story first goes live with the next; its lists follow."""
    story = a_story("一")
    first, second = publish(story, at=5), publish(story, at=48)
    assert second.first_live_at == hour(5)
    cancel(first, 1)
    second.refresh_from_db()
    assert second.first_live_at == hour(48)
    assert second.sectionlistings.get().first_live_at == hour(48)
    assert_stored_chain_is_right(story)


def test_publishing_earlier_moves_the_address_back():
    """A story scheduled for Friday and published today has today's address on Friday too."""
    story = a_story("一")
    later = publish(story, at=48)
    publish(story, 1)
    later.refresh_from_db()
    assert later.first_live_at == hour(1)
    assert_stored_chain_is_right(story)


@pytest.mark.parametrize("what", ["publication", "withdrawal"])
@pytest.mark.parametrize("late", [0, 1])
def test_cancelling_what_has_begun_is_refused(what, late):
    """From the moment it is live on: readers have seen it."""
    story = a_story()
    publish(story)
    change(story, "二")
    planned = publish(story, at=5) if what == "publication" else withdraw(story, at=5)
    with pytest.raises(ValidationError):
        cancel(planned, 5 + late)
    assert Publication.objects.filter(pk=planned.pk).exists()


def test_cancelling_twice_is_refused():
    """The second of two editors is told that it is done."""
    story = a_story()
    planned = publish(story, at=5)
    stale = Publication.objects.get(pk=planned.pk)
    cancel(planned, 1)
    with pytest.raises(ValidationError):
        cancel(stale, 1)
    assert story.activities.filter(verb=Activity.Verb.CANCELLED).count() == 1


# ---------------------------------------------------------------------------------------------------------------------
# Withdrawing
# ---------------------------------------------------------------------------------------------------------------------


def test_withdrawing_takes_the_story_from_readers():
    """From now on its page holds the note and nothing of the text."""
    story = a_story("一")
    publish(story)
    publication = withdraw(story, 3, note="事实有误")
    assert [seen(story, moment) for moment in (2.99, 3, 99)] == ["一", None, None]
    current = Publication.objects.current(hour(5)).get(story=story)
    assert current == publication
    assert (current.kind, current.note, current.slug) == ("withdrawn", "事实有误", story.slug)
    assert last_activity(story) == Activity.Verb.WITHDRAWN
    assert_stored_chain_is_right(story)


def test_withdrawing_cancels_everything_later():
    """Otherwise a scheduled change would bring the story back."""
    story, _planned = a_planned_week()
    withdraw(story, 1)
    assert windows(story) == [("published", 0, 1), ("withdrawn", 1, None)]
    assert_stored_chain_is_right(story)


def test_withdrawing_later_leaves_what_comes_before():
    """A planned withdrawal keeps what is planned until then, and can be called off."""
    story, _planned = a_planned_week()
    withdrawal = withdraw(story, 1, at=4.5)
    assert [seen(story, moment) for moment in (2, 4, 4.5, 9)] == ["二", "三", None, None]
    cancel(withdrawal, 2)
    assert [seen(story, moment) for moment in (4.5, 5)] == ["三", None]
    assert_stored_chain_is_right(story)


def test_withdrawing_in_the_moment_of_a_change_takes_its_place():
    """At the start of what was to follow: the story ends with what was live until then."""
    story, _planned = a_planned_week()
    withdraw(story, 1, at=2)
    assert windows(story) == [("published", 0, 2), ("withdrawn", 2, None)]
    assert_stored_chain_is_right(story)


def test_withdrawing_what_went_live_this_very_moment():
    """Published by mistake and withdrawn in the same moment: nobody reads it, and it may come back later."""
    story = a_story("一")
    publish(story, 1)
    withdraw(story, 1)
    assert [seen(story, moment) for moment in (1, 2)] == [None, None]
    publish(story, 5)
    assert seen(story, 5) == "一"


@pytest.mark.parametrize("at", [None, 3])
def test_withdrawing_what_is_not_live_is_refused(at):
    """Neither a draft, nor something to come, nor something withdrawn can be taken from readers."""
    story = a_story()
    for prepare in (lambda: None, lambda: publish(story, at=9), lambda: (publish(story), withdraw(story, 1))):
        prepare()
        before = windows(story)
        with pytest.raises(ValidationError) as refused:
            withdraw(story, 2, at=at)
        assert set(refused.value.message_dict) == {"withdraw_at"}
        assert windows(story) == before


def test_withdrawing_what_was_never_public_is_refused():
    """A withdrawal in the moment a story was to go live would tell readers of a story they were never to know of."""
    story = a_story()
    publish(story, at=5)
    with pytest.raises(ValidationError) as refused:
        withdraw(story, 1, at=5)
    assert set(refused.value.message_dict) == {"withdraw_at"}
    assert windows(story) == [("published", 5, None)]


def test_withdrawing_in_the_past_is_refused():
    """The past was read already."""
    story = a_story()
    publish(story)
    with pytest.raises(ValidationError) as refused:
        withdraw(story, 2, at=1)
    assert set(refused.value.message_dict) == {"withdraw_at"}


def test_withdrawing_with_too_long_a_note_is_refused():
    """The note has room for 500 characters on either database."""
    story = a_story()
    publish(story)
    with pytest.raises(ValidationError) as refused:
        withdraw(story, 1, note="长" * 501)
    assert set(refused.value.message_dict) == {"note"}
    assert seen(story, 1)


def test_cancelling_the_publication_calls_its_withdrawal_off():
    """A page that says "withdrawn" under a story that never was public would betray it; a later plan stays."""
    story = a_story("一")
    first = publish(story, at=5)
    withdraw(story, at=6)
    later = publish(story, at=8)
    cancel(first, 1)
    assert windows(story) == [("published", 8, None)]
    later.refresh_from_db()
    assert later.first_live_at == hour(8)
    assert_stored_chain_is_right(story)


def test_cancelling_a_publication_keeps_the_withdrawal_of_what_was_public():
    """A withdrawal planned for a story that is public stays when a change in between is called off."""
    story = a_story("一")
    publish(story)
    middle = publish(story, at=5, note="更正")
    withdraw(story, at=8)
    cancel(middle, 1)
    assert windows(story) == [("published", 0, 8), ("withdrawn", 8, None)]


def test_correction_of_what_was_called_off_is_no_correction():
    """When nothing was public before it, the page corrects nothing."""
    story = a_story("一")
    first = publish(story, at=5)
    change(story, "二")
    second = publish(story, at=8, note="更正")
    assert second.kind == Publication.Kind.CORRECTED
    cancel(first, 1)
    second.refresh_from_db()
    assert second.kind == Publication.Kind.PUBLISHED


# ---------------------------------------------------------------------------------------------------------------------
# Where it is listed
# ---------------------------------------------------------------------------------------------------------------------


def test_publication_is_listed_under_all_its_things():
    """Section and its parent, each topic, each person once however many roles; by the version that is published."""
    parent = a_section("体育", "sports")
    child = a_section("足球", "football", parent=parent)
    topics = [Topic.objects.create(name=name, slug=name) for name in "ab"]
    person = Contributor.objects.create(name="林晓", slug="lin-xiao")
    story = a_story(section=child, topics=topics, bylines=[(person, "reporter"), (person, "photographer")])
    publication = publish(story)
    assert {row.section for row in publication.sectionlistings.all()} == {parent, child}
    assert {row.topic for row in publication.topiclistings.all()} == set(topics)
    assert [row.contributor for row in publication.contributorlistings.all()] == [person]
    assert_stored_chain_is_right(story)


def test_moved_story_is_listed_where_each_version_was():
    """The version from before stays under its section, for who looks at the past."""
    news, sports = a_section(), a_section("体育", "sports")
    story = a_story()
    before = publish(story)
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    rows.story.section = sports
    save_story(rows=rows, by=OPERATOR, now=hour(1))
    after = publish(story, 2)
    assert [row.section for row in before.sectionlistings.all()] == [news]
    assert [row.section for row in after.sectionlistings.all()] == [sports]


def test_cancelled_publication_is_listed_nowhere():
    """Its rows go with it, and protect no section."""
    story = a_story(section=a_section("临时", "temporary"))
    cancel(publish(story, at=5), 1)
    assert not Section.objects.get(slug="temporary").listings.exists()


def test_things_that_list_a_publication_cannot_be_deleted():
    """A topic or person that published stories are listed under stays, even when no working copy names it any more."""
    topic = Topic.objects.create(name="t", slug="t")
    story = a_story(topics=[topic])
    publish(story)
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    rows.topics = []
    save_story(rows=rows, by=OPERATOR, now=hour(1))
    with pytest.raises(Exception, match="protected"):
        topic.delete()


def test_source_of_a_published_version_is_kept():
    """The notice under a published story is found by its source."""
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    story = a_story(source=source)
    assert publish(story).content.source.id == source.pk


# ---------------------------------------------------------------------------------------------------------------------
# Any sequence of decisions
# ---------------------------------------------------------------------------------------------------------------------

LAST = 6
moments = st.integers(0, LAST)
decisions = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), moments, st.none() | moments, st.none() | moments),
        st.tuples(st.just("withdraw"), moments, st.none() | moments, st.none()),
        st.tuples(st.just("cancel"), moments, st.integers(0, 5), st.none()),
    ),
    max_size=8,
)


def decide(story: Story, number: int, decision: tuple, now: int) -> None:
    """Do it as an editor would at `now`; what is refused is refused."""
    what, _when, first, second = decision
    try:
        if what == "publish":
            change(story, f"版本{number}")
            publish(story, now, at=first, until=second)
        elif what == "withdraw":
            withdraw(story, now, at=first)
        elif planned := list(story.publications.upcoming(hour(now))):
            cancel(planned[first % len(planned)], now)
    except ValidationError:
        pass


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(decisions)
@example([("publish", 1, None, None), ("withdraw", 1, None, None), ("publish", 3, None, None)])
@example([("publish", 0, 1, None), ("withdraw", 0, 2, None), ("publish", 0, 3, None), ("cancel", 0, 0, None)])
@example([("publish", 0, 2, 4), ("publish", 0, 3, None), ("cancel", 1, 1, None), ("cancel", 1, 0, None)])
def test_readers_see_the_timeline_and_a_past_that_stays(db, decisions):
    """After any decisions readers see what `timeline.live` says, and no decision changes what was seen before it."""
    story = a_story("版本0")
    past: dict[float, str | None] = {}
    now = 0
    for number, decision in enumerate(sorted(decisions, key=lambda decision: decision[1]), start=1):
        # What was seen before the present moment.
        for half in range(2 * now, 2 * decision[1]):
            past[half / 2] = seen(story, half / 2)
        now = decision[1]
        decide(story, number, decision, now)
        assert {moment: seen(story, moment) for moment in past} == past
        rows = {row.pk: row for row in story.publications.all()}
        if rows:
            chain = timeline.chain(timeline.Asked(row.pk, row.live_from, row.requested_until) for row in rows.values())
            for half in range(2 * LAST + 2):
                window = timeline.live(chain, hour(half / 2))
                row = rows[window.key] if window else None
                visible = row.content.headline if row and row.kind != Publication.Kind.WITHDRAWN else None
                assert seen(story, half / 2) == visible
        first_shown = story.publications.exclude(kind="withdrawn").order_by("live_from").first()
        first_of_all = story.publications.order_by("live_from").first()
        if first_of_all and first_of_all.kind == "withdrawn":
            # Only what was live for no time at all: published and withdrawn in one moment.
            assert first_of_all.live_from <= hour(now)
        elif first_shown:
            assert_stored_chain_is_right(story)
        assert Story.objects.get(pk=story.pk).has_publications == bool(rows)


def test_publications_word_means_the_same_as_the_window():
    """`live(at)` in SQL and `holds(at)` in Python agree at and around each boundary."""
    story, _planned = a_planned_week()
    for row in story.publications.all():
        for boundary in filter(None, (row.live_from, row.live_until)):
            for at in (boundary - TICK, boundary, boundary + TICK):
                assert (row in Publication.objects.live(at)) == row.holds(at)
