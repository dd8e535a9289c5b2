"""What nobody should send, and the forms it is sent to."""

from __future__ import annotations

from django.contrib.admin.sites import site as admin_site

HUGE = "9" * 30
SURROGATE = b"\xed\xa0\x80"
FORMS = ["story", "section", "topic", "contributor", "source", "copyrightnotice", "sitepage"]


def model_of(noun: str) -> type:
    return next(model for model in admin_site._registry if model._meta.model_name == noun)
