"""How a list fills the places that its items leave free. To add a rule: one file here, one word in FILL_RULES."""

from articles.fill_rules.fill_rule import About, Candidate, FillRule, Pool
from articles.fill_rules.latest import LATEST
from articles.fill_rules.more_like_this import MORE_LIKE_THIS
from articles.fill_rules.most_read import MOST_READ
from articles.fill_rules.nothing import NOTHING
from articles.fill_rules.same_topic import SAME_TOPIC

# In the order of the form.
FILL_RULES: tuple[FillRule, ...] = (NOTHING, LATEST, SAME_TOPIC, MORE_LIKE_THIS, MOST_READ)

__all__ = ["FILL_RULES", "About", "Candidate", "FillRule", "Pool", "fill_rule"]


def fill_rule(name: str) -> FillRule:
    """The rule of that name; the one that fills nothing for a name that is no more."""
    return next((rule for rule in FILL_RULES if rule.name == name), NOTHING)
