"""`manage.py make_search_index`: the search index of every story, made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from articles import search
from articles.management.progress import progress_bar


class Command(BaseCommand):
    help = "Index every story anew. Saving keeps the index right; this is for after a restore or an upgrade says so."

    def handle(self, *args: Any, **options: Any) -> None:
        with progress_bar(self.stderr, "stories") as progress:
            count = search.rebuild(progress)
        self.stdout.write(f"Search index: {count} stories.")
