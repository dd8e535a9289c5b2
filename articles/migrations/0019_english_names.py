"""What pages in English call sections, topics, people and sources; and copyright notices in English."""

from django.db import migrations, models

_NAMED = ("section", "topic", "contributor", "source")


def _text(verbose_name, max_length):
    return models.CharField(verbose_name, max_length=max_length, blank=True, help_text="Shown on English pages.")


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_story_order")]

    operations = [
        *(migrations.AddField(name, "name_english", _text("name in English", 100)) for name in _NAMED),
        migrations.AddField(
            "source", "name_english_key", models.CharField(editable=False, max_length=100, null=True, unique=True)
        ),
        migrations.AddField(
            "copyrightnotice",
            "text_english",
            models.TextField("notice in English", blank=True, help_text="Shown on English pages."),
        ),
        migrations.AddField("copyrightnotice", "holder_english", _text("copyright holder in English", 120)),
        migrations.AddField("copyrightnotice", "usage_terms_english", _text("usage terms in English", 300)),
    ]
