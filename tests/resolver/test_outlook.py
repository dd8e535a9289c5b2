"""The outlook answers at every moment of a span what the page answers then."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError

from articles.actions import When, publish_story, reschedule_publication, save_story, withdraw_story
from articles.fill_rules import FILL_RULES
from articles.models import Story, Topic
from articles.resolver import Scope, resolve
from articles.resolver.outlook import outlook, signature
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.story_lists import a_list, an_edition, item

pytestmark = pytest.mark.django_db

HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
NOW, END = MONDAY + 20 * HOUR, MONDAY + 44 * HOUR


def hour(number: float):
    return MONDAY + number * HOUR


def agree(places, scope: Scope, start=NOW, end=END, shown=()) -> int:
    """Page and outlook say the same at, and just before, every boundary; how many moments were compared."""
    seen = outlook(places, scope, start, end, shown)
    tried = sorted({start, *seen.moments, *(moment - TICK for moment in seen.moments), end})
    for moment in tried:
        answer = [row.chosen for row in resolve(places, scope, moment, shown)]
        found = seen.at(moment)
        assert signature(found) == signature(answer), moment
        told = [[(each.item.key, each.why, each.moment) for each in row.hidden] for row in found]
        assert told == [[(each.item.key, each.why, each.moment) for each in row.hidden] for row in answer], moment
    return len(tried)


def test_edition_that_begins_at_the_very_end_is_in_force_there():
    """The span holds its last moment: what begins then has not left a gap."""
    first, second = a_publication("甲"), a_publication("乙")
    made = a_list(first)
    an_edition(made, second, when=When(start=END), now=NOW)
    assert agree("front", Scope()) >= 3
    [change] = outlook("front", Scope(), NOW, END).changes()
    assert [entry.story_id for entry in change.after[0].entries] == [second.story_id]


def test_place_left_by_a_story_that_ends_is_filled_from_further_back():
    """Four of the newest end in the span: the older ones that take their places are looked at from the start."""
    rows = [a_story(f"稿{number}") for number in range(9)]
    for number, row in enumerate(rows):
        until = hour(30 + number / 2) if number >= 5 else None
        publish_story(story=row, by=OPERATOR, now=hour(number), until=until)
    a_list(length=3, fill_rule="latest")
    agree("front", Scope())
    last = outlook("front", Scope(), NOW, END).at(END)[0].story_ids
    assert last == [rows[4].pk, rows[3].pk, rows[2].pk]


def test_story_that_moves_to_another_section_fills_there():
    """Its next version stands under sports: it leaves the list of the news when that one goes live."""
    news, sports = a_section(), a_section("体育", "sports")
    kept, moved = a_publication("留", at=MONDAY), a_publication("移", at=hour(1))
    rows = story_rows("移", story=Story.objects.get(pk=moved.story_id), section=sports)
    save_story(rows=rows, by=OPERATOR, now=hour(2))
    publish_story(story=rows.story, by=OPERATOR, at=hour(30), change="minor", now=hour(2))
    for number, section in enumerate((news, sports)):
        a_list(name=section.name, place="section", scope=section, slot=f"s{number}", fill_rule="latest")
        agree("section", Scope(section_id=section.pk))
    seen = {
        section: [outlook("section", Scope(section_id=section.pk), NOW, END).at(at)[0].story_ids for at in (NOW, END)]
        for section in (news, sports)
    }
    assert seen[news] == [[moved.story_id, kept.story_id], [kept.story_id]]
    assert seen[sports] == [[], [moved.story_id]]


def test_story_withdrawn_inside_its_window_is_replaced_and_the_count_stays():
    """The list keeps its length as long as there is anything to fill it with."""
    rows = [a_publication(f"稿{number}", at=hour(number)) for number in range(5)]
    withdraw_story(story=rows[1].story, by=OPERATOR, at=hour(30), note="撤", now=hour(10))
    a_list(rows[0], item(rows[1], ends_at=hour(40)), length=3, fill_rule="latest", now=hour(5))
    agree("front", Scope())
    found = [resolve("front", Scope(), at)[0].story_ids for at in (hour(30) - TICK, hour(30))]
    assert found == [[rows[number].story_id for number in numbers] for numbers in ((0, 1, 4), (0, 4, 3))]


def test_embargo_moved_later_moves_what_follows_it():
    """Shown from an hour after it goes live until three hours after: both move, and nobody touches the list."""
    story = a_story("禁发")
    planned = publish_story(story=story, by=OPERATOR, at=hour(24), now=MONDAY)
    a_list(item(story, starts_after=60, ends_after=180))

    def changes():
        agree("front", Scope())
        return [(change.moment - MONDAY) / HOUR for change in outlook("front", Scope(), NOW, END).changes()]

    assert changes() == [25, 27]
    reschedule_publication(publication=planned, at=hour(30), by=OPERATOR, now=hour(1))
    assert changes() == [31, 33]


def test_retracted_story_leaves_lists_while_its_page_stays():
    """Named or filled: lists do not lead to what the newsroom takes back."""
    first, second = a_publication("甲"), a_publication("乙")
    for publication in (first, second):
        publish_story(story=publication.story, by=OPERATOR, at=hour(30), change="retraction", note="收回", now=hour(10))
    a_list(first, fill_rule="latest", now=hour(5))
    agree("front", Scope())
    assert [len(resolve("front", Scope(), at)[0].entries) for at in (hour(30) - TICK, hour(30))] == [2, 0]


def test_special_enclosed_by_a_standing_edition_and_one_that_outlasts_it():
    """Over the whole of one standing edition and the begin of the next: each counts again where the special ends."""
    rows = [a_publication(f"稿{number}") for number in range(4)]
    made = a_list(rows[0])
    an_edition(made, rows[1], when=When(start=hour(24), end=hour(26)), now=hour(1))
    an_edition(made, rows[2], when=When(start=hour(30)), now=hour(1))
    an_edition(made, rows[3], when=When(start=hour(25), end=hour(31), special=True), now=hour(1))
    agree("front", Scope())
    seen = outlook("front", Scope(), NOW, END)
    at = [seen.at(hour(number)) for number in (23, 24, 25, 30, 31)]
    assert [row[0].story_ids for row in at] == [[rows[number].story_id] for number in (0, 1, 3, 3, 2)]
    assert [row.starts_at for row in seen.lists_in_span()] == sorted(row.starts_at for row in seen.lists_in_span())


def test_gap_lets_the_list_of_the_section_above_show():
    """Where the narrow list holds nothing, the wider one of its slot does."""
    first, second = a_publication("全站"), a_publication("栏目")
    a_list(first, name="全站", place="section")
    made = a_list(second, name="要闻", place="section", scope=a_section())
    an_edition(made, second, when=When(start=hour(24), end=hour(26)), now=hour(1), title="新")
    scope = Scope(section_id=a_section().pk)
    agree("section", scope)
    found = [resolve("section", scope, hour(number))[0].story_ids for number in (25, 26)]
    assert found == [[second.story_id], [first.story_id]]


@pytest.mark.parametrize("seed", range(8))
def test_outlook_of_any_newsroom_answers_as_its_pages_do(seed):
    """Stories that come, go, change section and are withdrawn; lists of every scope and rule; specials and gaps."""
    random = Random(seed)  # noqa: S311, a seed makes the newsroom the same every time
    sections = [a_section("要闻", "news"), a_section("体育", "sports")]
    topics = [Topic.objects.create(name=name, slug=f"t{number}") for number, name in enumerate("甲乙丙")]
    stories = [a_newsrooms_story(random, number, sections, topics) for number in range(14)]
    page = Scope(section_id=sections[0].pk, topic_ids=tuple(topic.pk for topic in topics[:2]), story_id=stories[0].pk)
    for number, scope in enumerate([None, None, *sections, topics[0], stories[0]]):
        rule = random.choice(FILL_RULES).name
        values = {"fill_rule": rule, "length": random.randint(1, 4), "may_repeat": random.random() < 0.2}
        made = a_list(
            *some_items(random, stories),
            name=f"表{number}",
            place=random.choice(["beside", "below"]),
            slot=f"s{number % 4}" if scope else f"u{number}",
            scope=scope,
            now=hour(1),
            **values,
        )
        for _edition in range(3):
            start = hour(random.randint(15, 40))
            special = random.random() < 0.5
            end = start + random.randint(1, 8) * HOUR if special or random.random() < 0.3 else None
            try:
                when = When(start=start, end=end, special=special)
                an_edition(made, *some_items(random, stories), when=when, now=hour(12), **values)
            except ValidationError:
                continue
    assert agree(["beside", "below"], page, shown=[stories[1].pk]) > 10


def a_newsrooms_story(random: Random, number: int, sections, topics) -> Story:
    """A story with whatever becomes of it."""
    story = a_story(f"稿{number}", section=random.choice(sections), topics=random.sample(topics, random.randint(0, 3)))
    begin = hour(random.randint(2, 35))
    until = begin + random.randint(1, 20) * HOUR if random.random() < 0.3 else None
    publish_story(story=story, by=OPERATOR, at=begin, until=until, now=hour(1))
    if random.random() < 0.4 and until is None:
        rows = story_rows(f"稿{number}改", story=story, section=random.choice(sections), topics=topics[:2])
        save_story(rows=rows, by=OPERATOR, now=hour(1))
        later = begin + random.randint(1, 9) * HOUR
        change = random.choice(["minor", "correction", "retraction"])
        publish_story(
            story=story, by=OPERATOR, at=later, change=change, note="" if change == "minor" else "改", now=hour(1)
        )
    elif random.random() < 0.3:
        withdraw_story(story=story, by=OPERATOR, at=begin + HOUR / 2, note="撤", now=hour(1))
    return story


def some_items(random: Random, stories: list[Story]) -> list:
    """Items with windows of every kind."""
    chosen = random.sample(stories, random.randint(0, 4))
    return [
        item(
            story,
            pinned=place if random.random() < 0.2 and place == 1 else None,
            starts_after=random.choice([None, None, 0, 90]),
            ends_at=random.choice([None, None, hour(random.randint(18, 45))]),
        )
        for place, story in enumerate(chosen, start=1)
    ]
