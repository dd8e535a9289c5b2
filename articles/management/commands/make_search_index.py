"""`manage.py make_search_index`: the search indexes of every story and every publication, made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from articles import search
from articles.management.progress import progress_bar
from articles.search.published import rebuild_published


class Command(BaseCommand):
    help = (
        "Index every story and publication anew. Saving and publishing keep the indexes right; this is for after a "
        "restore or an upgrade says so."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with progress_bar(self.stderr, "stories") as progress:
            stories = search.rebuild(progress)
        with progress_bar(self.stderr, "publications") as progress:
            publications = rebuild_published(progress)
        self.stdout.write(f"Search index: {stories} stories, {publications} publications.")
