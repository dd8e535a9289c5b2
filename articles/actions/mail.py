"""The mail of a digest: what it says, and handing it to the mail server of the settings."""

from __future__ import annotations

from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Digest, Notification
from articles.moments import in_words

# So many lines are enough to know that one should look; the desk shows them all.
LINES = 50


def mail_is_set_up() -> bool:
    """Whether there is a mail server to hand mails to (EMAIL_URL)."""
    return "default" in settings.MAILERS


def digest_message(digest: Digest) -> EmailMultiAlternatives:
    """The mail: sentences, moments and links, in the site's language; nothing else of any story. Two queries."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = list(digest.notifications.order_by("at", "pk")[:LINES])
        total = digest.notifications.count()
        title = ngettext(
            "%(site)s: %(count)d thing you have not seen", "%(site)s: %(count)d things you have not seen", total
        ) % {"site": settings.SITE_NAME, "count": total}
        values = {
            "title": title,
            "lines": [(in_words(row.at), row.sentence, _link(row)) for row in rows],
            "more": total - len(rows),
            "desk": _absolute("admin:index"),
            "preferences": _absolute("admin:desk_preferences"),
        }
        message = EmailMultiAlternatives(
            subject=title,
            body=_plain(values),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[digest.user.email],
            headers={"Message-ID": message_id(digest), "List-Unsubscribe": f"<{values['preferences']}>"},
        )
        message.attach_alternative(render_to_string("articles/digest.html", values), "text/html")
    return message


def message_id(digest: Digest) -> str:
    """The same for the same digest, however often it is sent; the moment tells databases that began again apart."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<digest-{digest.pk}-{digest.made_at:%Y%m%d%H%M%S}@{host}>"


def send(message: EmailMultiAlternatives) -> None:
    """Hand the mail over. Raises what the mail server makes of it: OSError, smtplib.SMTPException and others."""
    if django.VERSION >= (6, 1):
        message.send(using="default")
        return
    # Django 5.2 knows nothing of MAILERS: the same backend, called with the same options.
    mailer = settings.MAILERS["default"]
    import_string(mailer["BACKEND"])(**mailer.get("OPTIONS", {})).send_messages([message])


def _plain(values: dict) -> str:
    # One line each: a headline of several could pass for lines of the mail's own.
    parts = [f"{when}  {' '.join(sentence.split())}\n{link}" for when, sentence, link in values["lines"]]
    if values["more"]:
        parts.append(ngettext("… and %d more.", "… and %d more.", values["more"]) % values["more"])
    parts.append(f"{_('The desk')}: {values['desk']}")
    parts.append(f"{_('You can switch these mails off in your settings')}: {values['preferences']}")
    return "\n\n".join(parts) + "\n"


def _link(row: Notification) -> str:
    if row.kind == "list_problems":
        return _absolute("admin:articles_storylist_problems")
    return _absolute("admin:articles_story_change", row.story_id) if row.story_id else _absolute("admin:index")


def _absolute(name: str, *arguments: int) -> str:
    return settings.SITE_URL + reverse(name, args=arguments)
