"""Why a given story is, or is not, in a list that a page shows: also one that the list does not name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.fill_rules import Pool, fill_rule
from articles.models import ListEdition, Publication
from articles.resolver.explain import ExplainedList
from articles.resolver.lists_of_page import Scope, about
from articles.resolver.why_words import StoryFacts, brief, story_facts, why_not_live

# So many other editions of the list that name the story are told.
MOST_EDITIONS = 10


@dataclass(frozen=True)
class StoryAnswer:
    """`words`: one sentence after the other. `position`: where it stands in the list; None where it does not."""

    headline: str
    words: list[str]
    position: int | None = None
    editions: list[ListEdition] = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        return self.position is not None


def why_story(
    story_id: int, of: ExplainedList, page: Sequence[ExplainedList], scope: Scope, shown: Collection[int] = ()
) -> StoryAnswer | None:
    """Why the list `of` on `page` (what `explain` answered for `scope` and `shown`) has a story or not.

    None where there is no such story. At most six queries, whatever the lists hold.
    """
    facts = story_facts([story_id], of.facts.at).get(story_id)
    if facts is None:
        return None
    editions = _other_editions(story_id, of)
    for row in of.entries:
        if row.entry.story_id == story_id:
            return StoryAnswer(facts.headline, [row.why], row.position, editions)
    words = [row.why for row in of.hidden if row.hidden.item.story_id == story_id]
    if not words:
        words = [_("it is not among the items of this edition"), _why_not_filled(facts, of, page, scope, shown)]
    return StoryAnswer(facts.headline, words, None, editions)


def _other_editions(story_id: int, of: ExplainedList) -> list[ListEdition]:
    """The editions of the list, other than the one in force, that name the story: the latest, drafts first."""
    rows = ListEdition.objects.filter(story_list=of.row.list_id, revision__items__story=story_id)
    rows = rows.exclude(pk=of.edition.pk).select_related("revision").defer("revision__stored")
    drafts = rows.filter(starts_at=None).order_by("-pk")[:MOST_EDITIONS]
    return [*drafts, *rows.exclude(starts_at=None).order_by("-starts_at")[:MOST_EDITIONS]]


def _why_not_filled(
    facts: StoryFacts, of: ExplainedList, page: Sequence[ExplainedList], scope: Scope, shown: Collection[int]
) -> str:
    """Why the fill rule of a list does not add a story that the edition does not name."""
    content, at = of.row.content, of.facts.at
    if not of.rule:
        return _("and no rule fills the free places of this list")
    pools = fill_rule(content.fill_rule).pools(about(of.row, scope, at))
    if not pools:
        return _("the rule “%(rule)s” finds nothing to look among on this page") % {"rule": of.rule}
    current = facts.current
    if current is None or not current.holds(at) or not current.is_listed:
        return why_not_live(facts, at)
    if not _is_in(current, pools):
        return _("the rule “%(rule)s” looks among other stories") % {"rule": of.rule}
    if facts.story_id == scope.story_id:
        return _("it is the story that readers are on")
    elsewhere = _elsewhere(facts.story_id, of, page)
    if not content.may_repeat and facts.story_id in shown:
        return _("it stands elsewhere on the page already")
    if not content.may_repeat and elsewhere:
        return elsewhere
    if of.missing > 0:
        return _("the rule “%(rule)s” has not come to it: it looks at the newest stories only") % {"rule": of.rule}
    filled = [row.entry.publication.first_live_at for row in of.entries if row.entry.origin == "filled"]
    if not filled:
        return _("no room: all %(count)d places are taken by items of the edition") % {"count": content.length}
    names = {"rule": of.rule, "own": brief(current.first_live_at, at), "last": brief(min(filled), at)}
    if current.first_live_at <= min(filled):
        return _("newer ones came first: it went live %(own)s, the oldest one that filled a place %(last)s") % names
    return _("others came first by the rule “%(rule)s”") % names


def _is_in(publication: Publication, pools: Sequence[Pool]) -> bool:
    """Whether a live publication stands under one of the things that a rule looks among. At most two queries."""
    if any(pool.kind == "site" for pool in pools):
        return True
    sections = [pool.id for pool in pools if pool.kind == "section"]
    topics = [pool.id for pool in pools if pool.kind == "topic"]
    return bool(
        (sections and publication.sectionlistings.filter(section__in=sections).exists())
        or (topics and publication.topiclistings.filter(topic__in=topics).exists())
    )


def _elsewhere(story_id: int, of: ExplainedList, page: Sequence[ExplainedList]) -> str:
    for other in page:
        for row in other.entries:
            if other is not of and row.entry.story_id == story_id:
                return _("hidden as a duplicate of position %(position)d of “%(list)s”") % {
                    "position": row.position,
                    "list": other.row.content.title,
                }
    return ""
