"""What two editors do to one story at the same time: random edits, each typed text of which can be recognised."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from random import Random

from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent
from articles.html import CleanHtml
from articles.merging import Merged

TEXT_FIELDS = ("headline", "summary", "original_title", "dateline")


def paragraphs(*texts: str) -> CleanHtml:
    return CleanHtml("\n".join(f"<p>{text}</p>" for text in texts))


def a_base() -> StoryContent:
    """A story of four subsections of three paragraphs each, two people, two topics and three links."""
    return StoryContent(
        headline="松岭县新开两趟务工专车",
        slug="song-ling-xian",
        summary="两趟专车。",
        opening=paragraphs("开头一。", "开头二。", "开头三。"),
        subsections=tuple(
            SubsectionContent(
                key=f"k{number}",
                heading=f"小节{number}",
                figures=f"{number} 趟",
                body=paragraphs(*(f"小节{number}第{part}段。" for part in (1, 2, 3))),
            )
            for number in (1, 2, 3, 4)
        ),
        byline=(credit(1, "reporter"), credit(2, "responsible_editor")),
        section=reference(1),
        topics=(reference(1), reference(2)),
        source=reference(3),
        related_links=(
            RelatedLinkContent(story_id=7, headline="相关七"),
            RelatedLinkContent(story_id=8),
            RelatedLinkContent(url="https://example.com/a", headline="网页"),
        ),
    )


def credit(person: int, role: str) -> Credit:
    return Credit(contributor_id=person, name=f"人{person}", slug=f"ren-{person}", role=role)


def reference(number: int) -> Reference:
    return Reference(id=number, name=f"名{number}", slug=f"ming-{number}")


def everything_in(merged: Merged) -> str:
    """All the text of a merge, the content and what stands beside it in conflict, to look for what was typed."""
    conflicts = [
        [[asdict(part) for part in value] if isinstance(value, tuple) else value for value in sides]
        for sides in ((conflict.base, conflict.theirs, conflict.mine) for conflict in merged.conflicts)
    ]
    return json.dumps([merged.content.to_json(), conflicts], ensure_ascii=False, default=asdict)


class Editor:
    """Edits a content at random; `typed` are the texts that must be found again."""

    # Ids of stories and contributors to choose from: few, so that both editors choose the same now and then.
    targets: Sequence[int] = (20, 21, 22)
    people: Sequence[int] = (1, 2, 3, 4, 5)

    def __init__(self, content: StoryContent, random: Random, name: str, *, key: str | None = None) -> None:
        self.content, self.random, self.name = content, random, name
        # Whose version is stored already has keys for new subsections; whose form is still open has none.
        self.key = key
        self.written: list[str] = []

    @property
    def typed(self) -> list[str]:
        """The typed texts that the editor's own later edits have left standing."""
        own = everything_in(Merged(self.content))
        return [text for text in self.written if text in own]

    def edit(self, times: int) -> Editor:
        edits = (
            *(self.edit_field, self.edit_opening, self.edit_subsection, self.edit_subsection, self.edit_link),
            *(self.add_subsection, self.delete_subsection, self.move_subsection),
            *(self.add_link, self.delete_link, self.move_link, self.change_byline),
        )
        for _time in range(times):
            self.random.choice(edits)()
        return self

    def text(self) -> str:
        self.written.append(f"〔{self.name}{len(self.written)}〕")
        return self.written[-1]

    def body(self, html: CleanHtml) -> CleanHtml:
        blocks = html.split("\n") if html else []
        place = self.random.randrange(len(blocks) + 1)
        match self.random.choice(["change", "insert", "delete", "move"]):
            case "insert":
                blocks.insert(place, f"<p>{self.text()}</p>")
            case "change" if blocks:
                blocks[place - 1] = f"<p>{self.text()}</p>"
            case "delete" if blocks:
                blocks.pop(place - 1)
            case "move" if blocks:
                blocks.insert(place - 1, blocks.pop())
        return CleanHtml("\n".join(blocks))

    def place(self, parts: list) -> int:
        """Rather early in the list, where the other editor is, too."""
        return min(self.random.randrange(len(parts)) for _try in range(2))

    def change(self, **values: object) -> None:
        self.content = replace(self.content, **values)

    def edit_field(self) -> None:
        self.change(**{self.random.choice(TEXT_FIELDS): self.text()})

    def edit_opening(self) -> None:
        self.change(opening=self.body(self.content.opening))

    def _shuffled(self, name: str, do: str) -> None:
        parts = list(getattr(self.content, name))
        if parts:
            part = parts.pop(self.place(parts))
            if do == "move":
                parts.insert(self.random.randrange(len(parts) + 1), part)
            self.change(**{name: tuple(parts)})

    def _replaced(self, name: str, **values: object) -> None:
        parts = list(getattr(self.content, name))
        place = self.place(parts)
        parts[place] = replace(parts[place], **values)
        self.change(**{name: tuple(parts)})

    def _added(self, name: str, part: object) -> None:
        parts = list(getattr(self.content, name))
        parts.insert(self.random.randrange(len(parts) + 1), part)
        self.change(**{name: tuple(parts)})

    def edit_subsection(self) -> None:
        if not self.content.subsections:
            return
        if (field := self.random.choice(["heading", "figures", "body", "body"])) != "body":
            self._replaced("subsections", **{field: self.text()})
            return
        parts = list(self.content.subsections)
        place = self.place(parts)
        parts[place] = replace(parts[place], body=self.body(parts[place].body))
        self.change(subsections=tuple(parts))

    def add_subsection(self) -> None:
        key = "" if self.key is None else f"{self.key}{len(self.written)}"
        part = SubsectionContent(key=key, heading=self.text(), body=paragraphs(self.text()))
        self._added("subsections", part)

    def delete_subsection(self) -> None:
        self._shuffled("subsections", "delete")

    def move_subsection(self) -> None:
        self._shuffled("subsections", "move")

    def edit_link(self) -> None:
        if self.content.related_links:
            self._replaced("related_links", **{self.random.choice(["headline", "teaser"]): self.text()})

    def add_link(self) -> None:
        target = self.random.choice(self.targets)
        self._added("related_links", RelatedLinkContent(story_id=target, headline=self.text()))

    def delete_link(self) -> None:
        self._shuffled("related_links", "delete")

    def move_link(self) -> None:
        self._shuffled("related_links", "move")

    def change_byline(self) -> None:
        known = {(held.contributor_id, held.role) for held in self.content.byline}
        added = credit(self.random.choice(self.people), "photographer")
        if (added.contributor_id, added.role) in known:
            self._shuffled("byline", self.random.choice(["delete", "move"]))
        else:
            self._added("byline", added)
