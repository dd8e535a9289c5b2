"""A process that saves and publishes one story after the other, and does one again when the database went away.

Prints `done N` once the transaction of story N is committed; says `again N` when it could not know.
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
django.setup()

from django.db import DatabaseError, InterfaceError, connection, transaction  # noqa: E402

from articles.actions import publish_story, save_story  # noqa: E402
from articles.models import Section, Story, StoryRows  # noqa: E402
from articles.permissions import Operator  # noqa: E402

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROUNDS = 4


@transaction.atomic
def publish(number: int, headline: str, now: datetime) -> None:
    by = Operator("publisher")
    story = Story.objects.filter(import_key=f"restart:{number}").first() or Story(import_key=f"restart:{number}")
    rows = StoryRows.stored(story) if story.pk else StoryRows(story)
    rows.story.headline, rows.story.section = headline, Section.objects.get()
    save_story(rows=rows, by=by, now=now)
    publish_story(story=rows.story, by=by, note="改" if story.has_publications else "", override="test", now=now)


def until_done(number: int, turn: int) -> None:
    for _attempt in range(200):
        try:
            publish(number, f"稿件{number}第{turn}稿", START + timedelta(hours=turn))
        except (DatabaseError, InterfaceError):
            connection.close()
            print(f"again {number}", flush=True)
            time.sleep(0.1)
        else:
            print(f"done {number}", flush=True)
            return
    sys.exit("The database never came back.")


for turn in range(ROUNDS):
    for number in range(int(sys.argv[1])):
        until_done(number, turn)
