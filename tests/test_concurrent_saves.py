"""Two hundred pairs of people save one story each at the same moment, through the actions: nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import pytest

from articles.actions import ConflictError, Decision, save_story
from articles.content import StoryContent
from articles.merging import Merged
from articles.models import Byline, Contributor, Story, StoryRows
from tests.builders import MONDAY, OPERATOR, a_story
from tests.stale_edits import Editor, everything_in
from tests.test_concurrency import together

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["together"]

PAIRS, THREADS = 200, 8


@dataclass
class Side:
    """One of two editors who opened version 1 of a story. `asked` is what the page of conflicts showed to them."""

    story: Story
    editor: Editor
    asked: str = ""

    def save(self) -> None:
        """Save; where it is asked, keep mine, as somebody in a hurry would."""
        decisions: list[Decision] = []
        while True:
            rows, missing = StoryRows.from_content(Story.objects.get(pk=self.story.pk), self.editor.content)
            assert not missing
            try:
                saved = save_story(rows=rows, by=OPERATOR, based_on=1, decisions=decisions, now=MONDAY)
            except ConflictError as error:
                self.asked += everything_in(Merged(error.latest.content, error.merged.conflicts))
                mine = {conflict.place: "mine" for conflict in error.merged.conflicts}
                decisions.append(Decision(error.latest.number, mine))
                continue
            said = everything_in(Merged(saved.content))
            assert [text for text in self.editor.typed if text not in said] == []
            return


@pytest.fixture
def pairs() -> list[tuple[Side, Side]]:
    """Two editors for each of two hundred stories, who have typed and not saved yet."""
    people = [Contributor.objects.create(name=f"人{number}", slug=f"ren-{number}") for number in range(5)]
    targets = [a_story(f"相关{number}").pk for number in range(5)]
    text = "<p>一</p><p>二</p><p>三</p>"
    made = []
    for seed in range(PAIRS):
        story = a_story(
            f"标题{seed}",
            opening=text,
            subsections=[(f"小节{number}", "", text) for number in range(4)],
            bylines=[(people[0], Byline.Role.REPORTER)],
            related=[Story(pk=targets[0]), Story(pk=targets[1]), ("https://example.com/", "网页")],
        )
        made.append(tuple(Side(story, editor) for editor in editors(story, seed, people, targets)))
    return made


def editors(story: Story, seed: int, people: list[Contributor], targets: list[int]) -> list[Editor]:
    """Two of them, with all that they have typed."""
    random = Random(seed)  # noqa: S311, a seed makes the edits the same every time
    base: StoryContent = story.revisions.get().content
    made = [Editor(base, random, name) for name in ("她", "我")]
    for editor in made:
        editor.targets, editor.people = targets[2:], [person.pk for person in people]
        editor.edit(random.randrange(1, 15))
    return made


def test_two_hundred_pairs_of_stale_saves_lose_nothing(together, pairs):
    """Each text stands in the last version of its story, or was shown to the colleague who then decided otherwise."""

    def share(number: int) -> list[tuple[Side, Side]]:
        return pairs[number // 2 :: THREADS // 2]

    def saves(number: int) -> None:
        for pair in share(number):
            pair[number % 2].save()

    def last_contents() -> dict[int, str]:
        stories = Story.objects.filter(pk__in=[sides[0].story.pk for sides in pairs])
        return {story.pk: everything_in(Merged(story.revisions.first().content)) for story in stories}

    together([lambda number=number: saves(number) for number in range(THREADS)])

    [said] = together([last_contents])
    assert len(said) == PAIRS
    for she, i in pairs:
        found = said[she.story.pk] + she.asked + i.asked
        assert [text for text in [*she.editor.typed, *i.editor.typed] if text not in found] == []
    assert sum(bool(side.asked) for pair in pairs for side in pair) > PAIRS / 4
