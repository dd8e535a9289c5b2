"""The one place that asks what time it is. Everything else takes the moment as an argument."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()
