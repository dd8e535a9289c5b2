"""What two people changed in one story at the same time, put together place by place.

Contents in (the version both began with, the one stored since, the one typed), one content out, with every place both
changed differently. Nothing here knows the database or the clock.
"""

from .story import merge
from .values import Choice, Conflict, Merged, OwnText

__all__ = ["Choice", "Conflict", "Merged", "OwnText", "merge"]
