"""What the story form says before it is saved: as posted, valid or not, with where on the page each part stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from articles.admin.autocomplete import is_id
from articles.admin.story_rows import MOST_ROWS, PLACE_AT_THE_END
from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent

_TEXTS = "headline slug kicker subtitle short_headline summary opening".split()
_TEXTS += "original_url original_title original_author language dateline digital_source_type".split()
# A box that is not ticked is not posted.
_TICKED = ("noindex", "noarchive")


@dataclass(frozen=True)
class StoryOnForm:
    """A story as its form shows it. `subsections` and `related_links` are the rows' numbers on the page, in order."""

    content: StoryContent
    subsections: tuple[int, ...] = ()
    related_links: tuple[int, ...] = ()

    @classmethod
    def saved(cls, content: StoryContent) -> StoryOnForm:
        """A story whose form has just been opened: its rows are numbered in order."""
        return cls(content, tuple(range(len(content.subsections))), tuple(range(len(content.related_links))))

    def anchor(self, place: str) -> str:
        """The id of the element at which what was found at `place` (see `preflight.Problem`) can be mended."""
        kind, _colon, rest = place.partition(":")
        if kind == "byline":
            return "bylines-group"
        if kind == "related" and rest.isdigit() and 0 < int(rest) <= len(self.related_links):
            link = self.content.related_links[int(rest) - 1]
            return f"id_related_links-{self.related_links[int(rest) - 1]}-{'url' if link.url else 'related_story'}"
        if kind == "subsection":
            key, _colon, field = rest.partition(":")
            for number, (row, part) in enumerate(zip(self.subsections, self.content.subsections, strict=True), start=1):
                if key in {part.key, f"#{number}"}:
                    return f"id_subsections-{row}-{field}"
        return f"id_{place}"


def story_as_posted(post: QueryDict, keys: Mapping[int, str]) -> StoryOnForm:
    """The story in the fields of a posted form, saved by nobody. Never raises, whatever was posted.

    `keys` are those of the stored subsections, by id. References carry ids and roles only, not what they are called.
    """
    subsections = _rows(post, "subsections", ("heading", "figures", "body"))
    bylines = _rows(post, "bylines", ("contributor", "role"))
    links = _rows(post, "related_links", ("related_story", "url", "headline", "teaser"))
    content = StoryContent(
        **{name: post.get(name, "") for name in _TEXTS},
        **{name: name in post for name in _TICKED},
        section=_reference(post.get("section", "")),
        source=_reference(post.get("source", "")),
        subsections=tuple(
            SubsectionContent(
                key=keys.get(int(row["id"]), "") if is_id(row["id"]) else "",
                heading=row["heading"],
                figures=row["figures"],
                body=row["body"],
            )
            for row in subsections
        ),
        byline=tuple(
            Credit(contributor_id=int(row["contributor"]), name="", slug="", role=row["role"])
            for row in bylines
            if is_id(row["contributor"])
        ),
        related_links=tuple(
            RelatedLinkContent(
                story_id=int(row["related_story"]) if is_id(row["related_story"]) else None,
                url=row["url"],
                headline=row["headline"],
                teaser=row["teaser"],
            )
            for row in links
        ),
    )
    return StoryOnForm(content, _numbers(subsections), _numbers(links))


def _rows(post: QueryDict, group: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a group that are to be kept, in the order of their places. A blank new row is none."""
    total = post.get(f"{group}-TOTAL_FORMS", "")
    rows = []
    for number in range(min(int(total), MOST_ROWS) if is_id(total) else 0):
        row = {name: post.get(f"{group}-{number}-{name}", "") for name in ("id", "place", *names)}
        filled = any(row[name].strip() for name in names if name != "role")
        if f"{group}-{number}-DELETE" not in post and (filled or is_id(row["id"])):
            rows.append({**row, "number": number})
    return sorted(rows, key=lambda row: (int(row["place"]) if is_id(row["place"]) else 0) or PLACE_AT_THE_END)


def _numbers(rows: Iterable[dict[str, Any]]) -> tuple[int, ...]:
    return tuple(row["number"] for row in rows)


def _reference(value: str) -> Reference | None:
    return Reference(id=int(value), name="", slug="") if is_id(value) else None
