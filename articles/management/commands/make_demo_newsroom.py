"""`manage.py make_demo_newsroom`: sections, people, sources, about fifty stories and their lists, to look around in."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from articles import clock, demo_newsroom
from articles.actions import make_demo_newsroom
from articles.management.progress import progress_bar

# Known to everybody who reads this, so only for a site on one's own machine.
DEMO_PASSWORD = "newsroom-demo"  # noqa: S105 - printed on purpose


class Command(BaseCommand):
    help = (
        "Fill the site with the demo newsroom, dated relative to now. Running it again changes nothing. "
        "The demo logins have a known password only with DEBUG=1 or DEMO=1; elsewhere they get a random one, "
        "printed once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        demo = demo_newsroom.read()
        password = DEMO_PASSWORD if settings.ON_OWN_MACHINE else secrets.token_urlsafe(12)
        with progress_bar(self.stderr, "demo stories") as progress:
            outcome = make_demo_newsroom(demo, now=clock.now(), password=password, progress=progress)
        self.stdout.write(f"Demo newsroom: {outcome.created} stories created, {outcome.present} were there already.")
        if outcome.lists:
            self.stdout.write(f"{outcome.lists} story lists made, with what is planned for them.")
        known = settings.ON_OWN_MACHINE or outcome.new_logins
        if known:
            names = [
                login.username
                for login in demo.logins
                if settings.ON_OWN_MACHINE or login.username in outcome.new_logins
            ]
            self.stdout.write(f"Demo logins at {settings.SITE_URL}/admin/ (password {password}): {', '.join(names)}")
