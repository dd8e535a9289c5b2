"""Why an item of a list is not shown, in words: what `choose` says (`Why`), and what is known of the item's story."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import F, OuterRef, Subquery
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from articles import moments
from articles.lists import Chosen, Hidden, ItemContent, Why
from articles.models import Publication, Story


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """What is known of a story at a moment: `current` is what holds then (or held last), `coming` what begins next.

    `headline` is what lists call it then; for one that was never public the headline of the working copy.
    """

    story_id: int
    headline: str
    in_bin: bool = False
    current: Publication | None = None
    coming: Publication | None = None


@dataclass(frozen=True)
class WhyFacts:
    """What `why_in_words` has to know: what all lists of the page show at `at`, and the stories that were asked for."""

    at: datetime
    lists: Sequence[Chosen] = ()
    stories: Mapping[int, StoryFacts] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[int, Chosen]:
        return {chosen.key: chosen for chosen in self.lists}

    @cached_property
    def _list_of(self) -> dict[int, Chosen]:
        return {id(hidden): chosen for chosen in self.lists for hidden in chosen.hidden}

    def list_of(self, hidden: Hidden) -> Chosen | None:
        """The list that does not show `hidden`."""
        return self._list_of.get(id(hidden))

    def headline(self, item: ItemContent) -> str:
        """What an item is called: by its own headline, or its story's."""
        story = self.stories.get(item.story_id) if item.story_id is not None else None
        return item.headline or (story.headline if story else "") or item.url or _("a story that is gone")


def why_facts(lists: Sequence[Chosen], at: datetime, others: Collection[int] = ()) -> WhyFacts:
    """The facts about everything that `lists` hide at `at`, and about the stories `others`. Two queries."""
    wanted = {hidden.item.story_id for chosen in lists for hidden in chosen.hidden} | set(others)
    return WhyFacts(at, lists, story_facts(wanted - {None}, at))


def story_facts(ids: Iterable[int], at: datetime) -> dict[int, StoryFacts]:
    """What is known of each of these stories at `at`. At most two queries, none without an id."""
    ids = list(ids)
    if not ids:
        return {}
    of_story = Publication.objects.filter(story=OuterRef("pk"))
    begun = of_story.filter(live_from__lte=at).order_by("-live_from").values("pk")
    coming = of_story.filter(live_from__gt=at).order_by("live_from").values("pk")
    stories = Story.objects.filter(pk__in=ids).order_by()
    rows = list(
        stories.annotate(begun_id=Subquery(begun[:1]), coming_id=Subquery(coming[:1])).values(
            "pk", "headline", "short_headline", "binned_at", "begun_id", "coming_id"
        )
    )
    wanted = {row[name] for row in rows for name in ("begun_id", "coming_id")} - {None}
    told = Publication.objects.annotate(
        told_headline=F("revision__stored__headline"), told_short=F("revision__stored__short_headline")
    )
    publications = told.defer("findings").in_bulk(wanted) if wanted else {}
    found = {}
    for row in rows:
        current, following = publications.get(row["begun_id"]), publications.get(row["coming_id"])
        source = current or following
        headline = (source.told_short or source.told_headline) if source else row["short_headline"] or row["headline"]
        found[row["pk"]] = StoryFacts(row["pk"], headline, row["binned_at"] is not None, current, following)
    return found


def why_in_words(hidden: Hidden, facts: WhyFacts) -> str:
    """Why an item is not shown at `facts.at`, as a sentence without a full stop, in the active language.

    Times are the newsroom's clock; the page that shows them names its zone. Where `facts` do not know the item's list
    or its story, the sentence says less.
    """
    if hidden.why == Why.NOT_LIVE:
        return why_not_live(facts.stories.get(hidden.item.story_id), facts.at)
    if hidden.why == Why.NOT_YET:
        return _("its window begins %(moment)s") % {"moment": brief(hidden.moment, facts.at)}
    if hidden.why == Why.ENDED:
        return _("its window ended %(moment)s") % {"moment": brief(hidden.moment, facts.at)}
    if hidden.why == Why.ITSELF:
        return _("it is the story that readers are on")
    if hidden.why == Why.ON_PAGE:
        return _("it stands elsewhere on the page already")
    if hidden.why == Why.DUPLICATE:
        return _duplicate(hidden, facts)
    return _no_room(hidden, facts)


def why_not_live(story: StoryFacts | None, at: datetime) -> str:
    """Why lists do not lead to a story at `at`."""
    if story is None:
        return _("the story is gone: it was deleted")
    current, coming = story.current, story.coming
    if current is None and coming is None:
        return _("it is in the bin") if story.in_bin else _("it is a draft: not published, not scheduled")
    if current is None:
        return _("it goes live %(moment)s") % {"moment": brief(coming.live_from, at)}
    if not current.holds(at):
        why = _("it came down %(moment)s") % {"moment": brief(current.live_until, at)}
    elif not current.shows:
        why = _("it was withdrawn %(moment)s") % {"moment": brief(current.live_from, at)}
    elif current.is_retraction:
        why = _("it was retracted %(moment)s") % {"moment": brief(current.live_from, at)}
    else:
        return _("it is live, and lists may lead to it")
    if coming is not None and coming.is_listed:
        words = _("%(why)s; it is public again from %(moment)s")
        return words % {"why": why, "moment": brief(coming.live_from, at)}
    return why


def _duplicate(hidden: Hidden, facts: WhyFacts) -> str:
    other = facts.by_key.get(hidden.list_key)
    if other is None or hidden.position is None:
        return _("it stands in another list of the page already")
    if other is facts.list_of(hidden):
        return _("it stands at position %(position)d of this list already") % {"position": hidden.position}
    return _("hidden as a duplicate of position %(position)d of “%(list)s”") % {
        "position": hidden.position,
        "list": other.content.title,
    }


def _no_room(hidden: Hidden, facts: WhyFacts) -> str:
    own = facts.list_of(hidden)
    if own is None:
        return _("no room: the places of the list are taken")
    if hidden.item.pinned is not None and hidden.item.pinned <= own.content.length:
        words = _("another item is pinned to position %(position)d")
        return words % {"position": hidden.item.pinned}
    return _("no room: the list shows %(count)d") % {"count": own.content.length}


def brief(moment: datetime, at: datetime) -> str:
    """A moment as it is said at `at`: the time alone on the same day, else with the date, in another year in full."""
    local = moments.local(moment)
    if local.date() == moments.local(at).date():
        return format_date(local, "H:i")
    return moments.in_brief(moment, at)
