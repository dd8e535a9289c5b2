"""Preview links on the desk: making, listing and revoking them, on a page of its own and in a dialog of the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import actions, permissions
from articles.admin.autocomplete import is_id
from articles.admin.story_status import time_left
from articles.models import PreviewLink, Revision, Story
from articles.templatetags.news import moment

# What a story has in a year; older ones are in the activities.
_SHOWN = 50


class PreviewLinkForm(forms.Form):
    meant_for = forms.CharField(
        label=gettext_lazy("for whom (optional)"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("It stands on the page: whoever passes the link on is known by it."),
    )
    lifetime = forms.ChoiceField(
        label=gettext_lazy("how long"),
        choices=PreviewLink.Lifetime.choices,
        initial=PreviewLink.Lifetime.DAY,
        widget=forms.RadioSelect,
    )


@dataclass(frozen=True)
class ListedLink:
    link: PreviewLink
    state: SafeString | str
    address: str
    works: bool


class StoryPreviewLinks:
    """The part of `StoryAdmin` that shares previews."""

    def preview_links_urls(self) -> list:
        view = self.admin_site.admin_view(self.preview_links_view)
        return [path("<path:object_id>/preview/links/", view, name="articles_story_preview_links")]

    def preview_links_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The links of a story, and the form that makes another. `?version=` is the version that one will show."""
        story = self.get_object(request, object_id)
        if story is None or not permissions.can_share_preview(request.user, story):
            raise PermissionDenied
        revision = _wanted_revision(story, request.GET.get("version", ""))
        form = PreviewLinkForm(request.POST if "_make" in request.POST else None)
        refused: list[str] = []
        if request.method == "POST":
            try:
                made = _make_or_revoke(request, story, revision, form)
            except ValidationError as error:
                refused = error.messages
            else:
                return HttpResponseRedirect(_address_of(request, revision, made))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview links: %s") % story,
            "opts": self.opts,
            "object": story,
            "revision": revision,
            "latest_number": story.revisions.values_list("number", flat=True).first(),
            "form": form,
            "refused": refused,
            "links": _listed_links(story, request.at),
            "made": request.GET.get("made", ""),
        }
        return TemplateResponse(
            request, "admin/articles/story/preview_links.html", context, headers={"Cache-Control": "no-store"}
        )


def _wanted_revision(story: Story, number: str) -> Revision | None:
    """The version with that number, the latest without one; None where a story was never saved."""
    revisions = story.revisions.select_related("created_by").defer("stored")
    # Version numbers are a shorter integer than ids.
    return (
        revisions.filter(number=number).first() if is_id(number) and len(number) < 10 else None
    ) or revisions.first()


def _make_or_revoke(
    request: HttpRequest, story: Story, revision: Revision | None, form: PreviewLinkForm
) -> PreviewLink | None:
    """What the posted form asks for; the link it made. Raises ValidationError."""
    if "_make" in request.POST:
        if revision is None or not form.is_valid():
            raise ValidationError([] if form.errors else _("Save the story first."))
        return actions.make_preview_link(revision=revision, by=request.user, **form.cleaned_data)
    wanted = request.POST.get("_revoke", "")
    links = PreviewLink.objects.select_related("revision").filter(revision__story=story)
    link = links.filter(pk=wanted).first() if is_id(wanted) else None
    if link is None:
        raise ValidationError(_("There is no such link."))
    actions.revoke_preview_link(link=link, by=request.user)
    return None


def _address_of(request: HttpRequest, revision: Revision | None, made: PreviewLink | None) -> str:
    version = f"version={revision.number}" if revision else ""
    return f"{request.path}?{version}{f'&made={made.pk}' if made else ''}"


def _listed_links(story: Story, at: datetime) -> list[ListedLink]:
    """The latest links of the story, newest first. One query, and those for the rights of whoever made them."""
    links = (
        PreviewLink.objects.filter(revision__story=story)
        .select_related("revision", "created_by")
        .defer("revision__stored")
        .order_by("-created_at", "-pk")[:_SHOWN]
    )
    makers: dict[int, Any] = {}
    listed = []
    for link in links:
        # One object for each, because it remembers its rights.
        link.revision.story = story
        link.created_by = makers.setdefault(link.created_by_id, link.created_by)
        works = permissions.link_opens(link, at)
        address = settings.SITE_URL + link.get_absolute_url() if works else ""
        listed.append(ListedLink(link, _state(link, at, works=works), address, works))
    return listed


def _state(link: PreviewLink, at: datetime, *, works: bool) -> SafeString | str:
    if works:
        return format_html(_("Works until {} ({})."), moment(link.expires_at), time_left(link.expires_at, at))
    if link.revoked_at is not None:
        return format_html(_("Revoked {}."), moment(link.revoked_at))
    if link.expires_at <= at:
        return format_html(_("Ended {}."), moment(link.expires_at))
    return _("It opens nothing: whoever made it may not share this story any more.")
