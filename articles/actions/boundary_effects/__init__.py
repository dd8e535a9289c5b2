"""What happens at the boundaries of publications. To add an effect: one file here, one word in EFFECTS, one test."""

from articles.actions.boundary_effects.effect import Effect
from articles.actions.boundary_effects.notify import NOTIFY
from articles.actions.boundary_effects.purge_cache import PURGE_CACHE
from articles.actions.boundary_effects.recheck import RECHECK

# In this order. The last one waits for another machine.
EFFECTS: tuple[Effect, ...] = (NOTIFY, RECHECK, PURGE_CACHE)

__all__ = ["EFFECTS", "Effect"]
