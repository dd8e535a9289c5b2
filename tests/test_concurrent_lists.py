"""Several people at one story list at the same time: real threads, each with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from articles.actions import (
    Decision,
    ListConflictError,
    When,
    cancel_edition,
    end_edition,
    publish_editions,
    save_edition,
)
from articles.lists import ItemContent, ListContent
from articles.models import ListEdition, StoryList
from articles.timeline import Window, overlaps
from tests.builders import MONDAY, OPERATOR, a_story
from tests.story_lists import a_list, an_edition, item, list_content
from tests.test_concurrency import together

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["together"]

THREADS = 8
HOUR = timedelta(hours=1)


def outcome(act: Callable[..., Any], **values: Any) -> Callable[[], Any]:
    """The act, which gives the message where it is refused; anything else that is raised is a fault."""

    def run() -> Any:
        try:
            return act(by=OPERATOR, **values)
        except ValidationError as error:
            return " ".join(error.messages)

    return run


def state_of(story_list: StoryList) -> dict[str, Any]:
    """What is stored, once all are done."""
    rows = list(story_list.editions.order_by("starts_at").select_related("revision"))
    kinds = {kind: [row for row in rows if row.kind == kind and row.starts_at] for kind in ("standing", "special")}
    connection.check_constraints()
    return {
        "editions": rows,
        "overlaps": [
            pair
            for found in kinds.values()
            for pair in overlaps(Window(row.pk, row.starts_at, row.ends_at) for row in found)
        ],
        "numbers": sorted(story_list.revisions.values_list("number", flat=True)),
        "contents": [row.content for row in story_list.revisions.order_by("number")],
    }


def adding(edition: ListEdition, base: ListContent, story: int, now: Any, asked: set[str]) -> Callable[[], ListEdition]:
    """An editor who opened version 1, adds a story on top, types a title, and lets others have theirs."""
    mine = replace(base, title=f"题{story}", items=(ItemContent(key=f"new{story}", story_id=story), *base.items))

    def save() -> ListEdition:
        decisions: list[Decision] = []
        while True:
            try:
                return save_edition(
                    story_list=edition.story_list,
                    content=mine,
                    by=OPERATOR,
                    edition=edition,
                    based_on=1,
                    decisions=decisions,
                    now=now,
                )
            except ListConflictError as error:
                asked.update(conflict.place for conflict in error.conflicts)
                decisions = [Decision(error.latest.number, {"title": "theirs"})]

    return save


@pytest.mark.parametrize("planned", [True, False])
def test_eight_editors_of_one_edition_lose_nothing(together, planned):
    """Each adds a story to version 1: all eight are in the last version, whether it is planned or live."""
    stories = [a_story(f"稿{number}").pk for number in range(THREADS + 2)]
    made = a_list(item(stories[-1]), item(stories[-2]), length=20)
    edition = made.editions.get()
    if planned:
        edition = an_edition(made, title="明日", when=When(start=MONDAY + 9 * HOUR), now=MONDAY + HOUR)
        edition = save_edition(
            story_list=made,
            content=made.revisions.get(number=1).content,
            by=OPERATOR,
            edition=edition,
            now=MONDAY + HOUR,
        )
    base = made.revisions.get(number=1).content
    asked: set[str] = set()
    together([adding(edition, base, story, MONDAY + 2 * HOUR, asked) for story in stories[:THREADS]])
    assert asked == {"title"}
    [state] = together([lambda: state_of(made)])
    last = state["contents"][-1]
    assert {each.story_id for each in last.items} == set(stories)
    assert last.title.startswith("题")
    assert state["numbers"] == list(range(1, len(state["numbers"]) + 1))
    assert state["overlaps"] == []
    if planned:
        assert len(state["editions"]) == 2
    else:
        assert len(state["editions"]) == THREADS + 1
        assert state["editions"][-1].content == last


def test_of_specials_that_overlap_one_wins_and_the_others_are_told(together):
    """And the winner is named to them; specials of another hour are nobody's business."""
    made = a_list()
    acts = [
        outcome(
            save_edition,
            story_list=made,
            content=list_content(title=f"特{number}"),
            when=When(start=MONDAY + (5 + number / 10) * HOUR, end=MONDAY + 7 * HOUR, special=True),
            now=MONDAY + HOUR,
        )
        for number in range(THREADS - 1)
    ]
    apart = When(start=MONDAY + 7 * HOUR, end=MONDAY + 8 * HOUR, special=True)
    acts.append(outcome(save_edition, story_list=made, content=list_content(), when=apart, now=MONDAY + HOUR))
    done = together(acts)
    assert isinstance(done[-1], ListEdition)
    assert sum(isinstance(each, ListEdition) for each in done[:-1]) == 1
    assert all("16:00" in each for each in done[:-1] if isinstance(each, str))
    [state] = together([lambda: state_of(made)])
    assert state["overlaps"] == []
    assert len(state["editions"]) == 3


def test_everything_at_once_leaves_no_overlap(together):
    """Saved, planned, moved, ended and cancelled in one moment: some are refused in words, and the plan is right."""
    made = a_list()
    planned = an_edition(made, title="晚", when=When(start=MONDAY + 9 * HOUR), now=MONDAY + HOUR)
    special = an_edition(made, title="特", when=When(now=True, end=MONDAY + 6 * HOUR, special=True), now=MONDAY + HOUR)
    first, now = made.editions.get(starts_at=MONDAY), MONDAY + 2 * HOUR
    values = {"story_list": made, "content": list_content(title="新"), "now": now}
    done = together(
        [
            outcome(save_edition, **values, edition=first, based_on=1),
            outcome(save_edition, **values, when=When(start=MONDAY + 9 * HOUR)),
            outcome(save_edition, **values, edition=planned, when=When(start=MONDAY + 3 * HOUR)),
            outcome(save_edition, **values, edition=special),
            outcome(end_edition, edition=special, now=now),
            outcome(end_edition, edition=first, now=now, end=MONDAY + 4 * HOUR),
            outcome(cancel_edition, edition=planned, now=now),
            outcome(cancel_edition, edition=planned, now=now),
        ]
    )
    assert isinstance(done[0], ListEdition)
    [state] = together([lambda: state_of(made)])
    assert state["overlaps"] == []
    assert {first.pk, special.pk} <= {row.pk for row in state["editions"]}


def test_lists_published_together_in_either_order_do_not_wait_for_each_other_for_ever(together):
    """Two name the same lists the other way round: one publishes, the other is told."""
    rows = [a_list(name=f"表{number}", slot=f"s{number}") for number in range(4)]
    drafts = [an_edition(row, title="新", when=When()) for row in rows]
    acts = [
        outcome(publish_editions, editions=order, start=None, now=MONDAY + HOUR)
        for order in (drafts, drafts[::-1]) * (THREADS // 2)
    ]
    done = together(acts)
    assert sum(isinstance(each, list) for each in done) == 1
    [states] = together([lambda: [state_of(row) for row in rows]])
    assert [len(state["editions"]) for state in states] == [2] * len(rows)


def test_form_sent_eight_times_is_one_edition(together):
    """A button pressed again and again."""
    made = a_list()
    edition = made.editions.get()
    values = {"story_list": made, "content": list_content(title="新"), "edition": edition, "based_on": 1}
    together([outcome(save_edition, **values, now=MONDAY + HOUR)] * THREADS)
    [state] = together([lambda: state_of(made)])
    assert (len(state["editions"]), state["numbers"]) == (2, [1, 2])
