"""FeedListing: a publication in the feeds it belongs to, by when readers were told; endings of stories among them.

Pages list what is live by the moment it first went live. A feed tells what happened: corrections come again, and so do
withdrawals and retractions, under the id the story has always had.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from articles.models.publication import in_window
from articles.models.story_order import story_of_publication
from articles.story_order import LAST_TOLD_FIRST

# What a publication has a feed by; the feed of the whole site needs no listing.
FEED_SUBJECTS = ("section", "topic", "contributor", "source")
# By the ending of their addresses.
FEED_FORMATS = ("rss", "atom", "json")


def _subject(name: str) -> Q:
    return Q(**{f"{other}__isnull": other != name for other in FEED_SUBJECTS})


class FeedListingQuerySet(models.QuerySet["FeedListing"]):
    def current(self, at: datetime) -> FeedListingQuerySet:
        """Those whose publication holds at `at`, withdrawals among them."""
        return self.filter(in_window(at, "publication__"))

    def latest_first(self) -> FeedListingQuerySet:
        """In the order of their indexes: what began last comes first."""
        return self.order_by("-live_from", "-publication_id")

    def last_told_first(self) -> FeedListingQuerySet:
        """In the order of feeds, which is that of other indexes: what readers were told of last comes first."""
        return self.order_by(*LAST_TOLD_FIRST)


class FeedListing(models.Model):
    publication = models.ForeignKey("Publication", models.CASCADE, related_name="feed_listings")
    live_from = models.DateTimeField()
    told_at = models.DateTimeField()
    story = story_of_publication()
    section = models.ForeignKey("Section", models.PROTECT, null=True, related_name="feed_listings")
    topic = models.ForeignKey("Topic", models.PROTECT, null=True, related_name="feed_listings")
    contributor = models.ForeignKey("Contributor", models.PROTECT, null=True, related_name="feed_listings")
    source = models.ForeignKey("Source", models.PROTECT, null=True, related_name="feed_listings")

    objects = FeedListingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=[name, *order],
                name=f"{prefix}_by_{name}",
                condition=Q(**{f"{name}__isnull": False}),
            )
            for prefix, order in (("feed", ("-live_from", "-publication")), ("told", ("-told_at", "-story")))
            for name in FEED_SUBJECTS
        ]
        constraints = [
            models.CheckConstraint(
                condition=_subject("section") | _subject("topic") | _subject("contributor") | _subject("source"),
                name="feed_listing_has_one_subject",
            ),
            *(
                models.UniqueConstraint(
                    fields=["publication", name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"in_a_feed_once_by_{name}",
                )
                for name in FEED_SUBJECTS
            ),
        ]
