"""PublicationText: what the readers' search knows of one publication. Written by `articles.search` only."""

from django.db import models

from articles.models.story_order import StoryOrderQuerySet


class PublicationText(models.Model):
    """There is one for each publication that lists lead to: none for withdrawals and retractions."""

    publication = models.OneToOneField("Publication", models.CASCADE, primary_key=True, related_name="search_text")
    # Without an index, so that no database walks through all of these in this order to find a rare word.
    first_live_at = models.DateTimeField()
    # Folded text (comparable letter by letter with a folded query), and its tokens separated by spaces.
    text = models.TextField()
    tokens = models.TextField()

    objects = StoryOrderQuerySet.as_manager()

    def __str__(self) -> str:
        return f"search text of publication {self.publication_id}"
