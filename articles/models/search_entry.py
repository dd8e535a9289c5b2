"""SearchEntry: what the search index knows of one story. Written by `articles.search` only."""

from django.db import models


class SearchEntry(models.Model):
    story = models.OneToOneField("Story", models.CASCADE, primary_key=True, related_name="search_entry")
    # Folded text (comparable letter by letter with a folded query), and its tokens separated by spaces.
    text = models.TextField()
    tokens = models.TextField()

    def __str__(self) -> str:
        return f"search entry of story {self.story_id}"
