"""SearchEntry: what the search index knows of one story. Written by `articles.search` only."""

from django.db import models


class SearchEntry(models.Model):
    story = models.OneToOneField("Story", models.CASCADE, primary_key=True, related_name="search_entry")
    # Folded text (comparable letter by letter with a folded query), and its tokens separated by spaces.
    text = models.TextField()
    tokens = models.TextField()
    # The initials of its headlines, a line each: what tells a find by initials from a mere likeness of their tokens.
    initials = models.TextField(default="")

    def __str__(self) -> str:
        return f"search entry of story {self.story_id}"
