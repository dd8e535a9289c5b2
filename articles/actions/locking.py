"""The lock every change of a story begins with."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.models import Story


def lock_story(story_id: int, *, with_key: bool = False) -> Story:
    """The story's row, locked until the transaction ends. Raises ValidationError when it was deleted for ever.

    Without its key, stories that link to this one can be saved meanwhile.
    """
    story = Story.objects.select_for_update(no_key=not with_key).filter(pk=story_id).first()
    if story is None:
        raise ValidationError(_("This story was deleted."))
    return story
