"""Named: what has a name, and perhaps another one for pages and stories in English."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.chinese import comparison_key
from articles.content import is_english


class Named(models.Model):
    """The subclass has the field `name`, in the language of the newsroom."""

    name_english = models.CharField(
        _("name in English"), max_length=100, blank=True, help_text=_("Shown on English pages.")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        # Of nothing but signs that nobody sees, such as a zero width space, a link would have no name.
        if not comparison_key(self.name_english):
            self.name_english = ""

    def name_in(self, language: str) -> str:
        """What it is called in `language`, a language code; traditional characters are converted by the page."""
        return (self.name_english if is_english(language) else "") or self.name
