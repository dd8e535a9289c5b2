"""Tests with real processes. What needs a PostgreSQL of its own is collected by the PostgreSQL step only."""

from django.conf import settings

IS_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
collect_ignore = [] if IS_POSTGRESQL else ["test_database_restart.py"]
