"""The choices somebody made on the page of conflicts, as they are posted: read, carried along, filled in again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from articles.actions import Decision
from articles.admin.autocomplete import is_id
from articles.html import storable
from articles.merging import Choice, OwnText

# Names of posted fields; a place follows the first two.
CHOICE, OWN = "_choice:", "_own:"
DECIDED, NUMBER, CHOICES_BEFORE = "_decided", "_decided_for", "_choices_before"
# More colleagues than can overtake one form.
_MOST_DECISIONS = 50


@dataclass(frozen=True)
class PostedChoices:
    """`form_fields` are the fields of the story form, the others what was chosen and written on pages of conflicts.

    `decisions` are those of earlier pages and, last, that of the page posted now. `drafts` holds (choice, own text) by
    place, from all of them and from before somebody went back to the form.
    """

    form_fields: Sequence[tuple[str, str]] = ()
    decisions: tuple[Decision, ...] = ()
    drafts: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def as_json(self, decisions: Sequence[Decision]) -> str:
        """Decisions as a hidden field carries them."""
        return json.dumps(
            [[each.number, {place: _pair(choice) for place, choice in each.choices.items()}] for each in decisions]
        )

    def as_drafts(self) -> str:
        """All that was chosen or written so far as a hidden field carries it; "" for nothing."""
        return json.dumps(dict(self.drafts)) if self.drafts else ""


def posted_choices(request: HttpRequest) -> PostedChoices:
    """What `request` carries. Whatever a crafted form sends counts as nothing chosen."""
    ours = (DECIDED, NUMBER, CHOICES_BEFORE, "_back_to_form", "_merge", "csrfmiddlewaretoken")
    form_fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ours and not name.startswith((CHOICE, OWN))
        for value in values
    ]
    decisions = list(_decisions(request.POST.get(DECIDED, "")))
    drafts = _pairs(_loaded(request.POST.get(CHOICES_BEFORE, "")))
    for decision in decisions:
        drafts |= {place: _pair(choice) for place, choice in decision.choices.items()}
    now: dict[str, tuple[str, str]] = {}
    for prefix, index in ((CHOICE, 0), (OWN, 1)):
        for name in request.POST:
            if name.startswith(prefix):
                place = name.removeprefix(prefix)
                pair = list(now.get(place, ("", "")))
                pair[index] = storable(request.POST[name])
                now[place] = (pair[0], pair[1])
    if is_id(number := request.POST.get(NUMBER, "")):
        decisions.append(Decision(int(number), _choices(now)))
    return PostedChoices(form_fields, tuple(decisions), drafts | now)


def _decisions(text: str) -> list[Decision]:
    loaded = _loaded(text)
    if not isinstance(loaded, list):
        return []
    pairs = [each for each in loaded[:_MOST_DECISIONS] if isinstance(each, list) and len(each) == 2 and is_id(each[0])]
    return [Decision(int(number), _choices(_pairs(choices))) for number, choices in pairs]


def _pairs(loaded: Any) -> dict[str, tuple[str, str]]:
    """The (choice, own text) pairs of what was loaded; what has another shape is left out."""
    if not isinstance(loaded, dict):
        return {}
    return {
        storable(place): (pair[0], storable(pair[1]))
        for place, pair in loaded.items()
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
    }


def _choices(pairs: Mapping[str, tuple[str, str]]) -> dict[str, Choice]:
    choices: dict[str, Choice] = {}
    for place, (choice, own) in pairs.items():
        if choice == "own":
            choices[place] = OwnText(own)
        elif choice in {"mine", "theirs", "both"}:
            choices[place] = choice
    return choices


def _pair(choice: Choice) -> tuple[str, str]:
    return ("own", choice.text) if isinstance(choice, OwnText) else (choice, "")


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
