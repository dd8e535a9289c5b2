"""What an effect is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from articles.models.boundary import Boundary


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that happens at a boundary. `name` is kept in the database and never changes.

    `perform(boundary, now)` does it, or raises any exception to be called again later. Inside the database
    (`outside=False`) it runs in the transaction that also marks it done: it happens exactly once. What reaches outside
    runs without a transaction, so that nobody waits for another machine while it holds a lock; killed in the middle, it
    happens again, and has to be such that twice is as good as once.
    """

    name: str
    perform: Callable[[Boundary, datetime], None]
    outside: bool = False
