"""What is told once an edition is saved: when readers see it, and what was taken over from a colleague."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.actions.list_times import are_taken_over, times_in_words, times_of
from articles.admin.lists.edition_conflict import taken_over
from articles.admin.lists.edition_form import EditionForm
from articles.models import ListEdition, ListRevision
from articles.templatetags.news import moment

# More sentences than anybody reads in a message; the versions of the list show the rest.
_MOST_TOLD = 8


def say_what_was_saved(request: HttpRequest, form: EditionForm, saved: ListEdition) -> None:
    """Say what became of the form, which was saved as `saved`."""
    at = request.at
    messages.success(request, _when_readers_see_it(saved, at))
    if are_taken_over(form.when, form.times_before, saved, at):
        words = _("A colleague changed meanwhile when readers see this edition; that was taken over: %s.")
        messages.warning(request, words % times_in_words(times_of(saved)))
    content = ListRevision.objects.get(pk=saved.revision_id).content
    if taken := taken_over(form.content, content, at):
        words = _("A colleague saved meanwhile; this was taken over: %s")
        messages.info(request, words % " ".join(taken[:_MOST_TOLD]))


def _when_readers_see_it(saved: ListEdition, at: Any) -> Any:
    if saved.is_draft:
        return _("Saved as a draft.")
    if not saved.has_begun(at):
        return format_html(_("Saved. Readers see the list {}."), moment(saved.starts_at))
    specials = saved.story_list.editions.holding(at).filter(kind=ListEdition.Kind.SPECIAL)
    special = None if saved.is_special else specials.first()
    if special is not None:
        return format_html(_("Saved. Readers see it when the special ends {}."), moment(special.ends_at))
    return _("Saved. Readers see the list now.")
