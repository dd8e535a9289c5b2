"""A write that only the database stops."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction


def refuses(write: Callable[[], object], constraint: str) -> None:
    """The write fails in the database, and by this constraint. SQLite names columns for unique constraints."""

    def write_and_commit() -> None:
        with transaction.atomic():
            write()
            # Deferred constraints are checked at commit, which a test does not reach; this checks them now.
            connection.check_constraints()

    with pytest.raises(IntegrityError) as refused:
        write_and_commit()
    assert constraint in str(refused.value) or "UNIQUE constraint failed" in str(refused.value)
