"""The stories most read. Nothing counts readers yet, so it fills nothing; lists that choose it will be filled then."""

from django.utils.translation import gettext_lazy as _

from articles.fill_rules.fill_rule import FillRule

MOST_READ = FillRule(
    "most_read",
    _("the most read (nothing is counted yet)"),
    pools=lambda about: (),
    rank=lambda candidates, about: [],
)
