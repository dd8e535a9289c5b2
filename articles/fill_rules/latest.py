"""The newest stories of the section, or of the whole site where there is none."""

from django.utils.translation import gettext_lazy as _

from articles.fill_rules.fill_rule import About, FillRule, Pool, newest_first


def _pools(about: About) -> tuple[Pool, ...]:
    return (Pool("section", about.section_id) if about.section_id is not None else Pool("site"),)


LATEST = FillRule("latest", _("the latest of the section"), _pools, newest_first)
