"""Paging for lists that grow for ever."""

from functools import cached_property

from django.core.paginator import Paginator


class BoundedPaginator(Paginator):
    """Counts no further than `MOST`, so that counting and the deepest page cost the same in any archive.

    What lies beyond is found by filters and search, not by leafing through.
    """

    MOST = 5_000

    @cached_property
    def count(self) -> int:
        return self.object_list[: self.MOST].count()
