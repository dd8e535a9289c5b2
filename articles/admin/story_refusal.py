"""How an action leaves the story form in mid-way, so that its transaction is undone and the text stays."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse


class Preview(Exception):
    """Leaves the form's transaction with the page to show; nothing is stored."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


class Refused(Exception):
    """Leaves the form's transaction with what an action refused; the form then shows it, with everything typed."""

    def __init__(self, error: ValidationError) -> None:
        self.error = error
