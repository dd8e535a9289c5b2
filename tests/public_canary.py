"""A site in use, and on it one story full of a canary word, in any state a story can be in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from articles.actions import bin_story, publish_story, save_story, withdraw_story
from articles.models import Contributor, Publication, SitePage, Source, Story, StoryList, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, story_rows
from tests.public_addresses import SUBJECTS, WORD, address_of, public_addresses
from tests.story_lists import a_list

HOUR = timedelta(hours=1)
NOW = MONDAY + 6 * HOUR


def places() -> dict[str, Any]:
    """What stories are listed under."""
    person, _new = Contributor.objects.get_or_create(slug=SUBJECTS["contributor"], defaults={"name": "林一"})
    topic, _new = Topic.objects.get_or_create(slug=SUBJECTS["topic"], defaults={"name": "春运"})
    names = {"name": "新华社", "name_key": "新华社"}
    source, _new = Source.objects.get_or_create(slug=SUBJECTS["source"], defaults=names)
    section = a_section(slug=SUBJECTS["section"])
    return {"section": section, "topics": [topic], "bylines": [(person, "reporter")], "source": source}


def a_draft(word: str = WORD, **values: Any) -> Story:
    """A story with `word` in each of its texts, under all the places; its address has it too."""
    texts = "kicker subtitle short_headline summary dateline original_title original_author".split()
    rows = story_rows(
        f"{word}标题",
        opening=f"<p>{word}开头</p>",
        subsections=[(f"{word}小节", f"{word} 2", f"<p>{word}正文</p>")],
        related=[("https://example.org/", f"{word}链接")],
        **dict.fromkeys(texts, word),
        **places(),
        **values,
    )
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    return rows.story


@dataclass
class Site:
    """A site read at NOW: beside the story of the canary one that is live, everywhere the other could be."""

    story: Story
    neighbour: Publication
    story_list: StoryList

    def addresses(self) -> list[tuple[str, str]]:
        publication = self.story.publications.order_by("live_from").first()
        return public_addresses(address_of(publication, self.story.pk, self.story.slug), self.story_list)


def a_site(state: str, **values: Any) -> Site:
    """The site with the canary's story in `state`; `values` are fields of it."""
    neighbour = a_publication("旁边的报道", **places())
    SitePage.objects.create(title="关于", slug="about", live_from=MONDAY)
    story = a_draft(**values)
    story_list = a_list(story, neighbour)
    if state == "scheduled":
        publish_story(story=story, by=OPERATOR, at=NOW + HOUR, now=MONDAY)
    elif state not in {"draft", "binned"}:
        until = NOW - HOUR if state == "taken_down" else None
        publish_story(story=story, by=OPERATOR, until=until, now=MONDAY)
    if state == "withdrawn":
        withdraw_story(story=story, by=OPERATOR, note="不实", now=NOW - HOUR)
    if state == "binned":
        bin_story(story=story, by=OPERATOR, now=NOW - HOUR)
    return Site(story, neighbour, story_list)
