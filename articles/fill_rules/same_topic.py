"""The newest stories under any topic of the page."""

from django.utils.translation import gettext_lazy as _

from articles.fill_rules.fill_rule import About, FillRule, Pool, newest_first


def _pools(about: About) -> tuple[Pool, ...]:
    return tuple(Pool("topic", topic) for topic in about.topic_ids)


SAME_TOPIC = FillRule("same_topic", _("the latest on the same topic"), _pools, newest_first)
