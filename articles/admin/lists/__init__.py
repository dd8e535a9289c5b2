"""Story lists on the desk: what they hold, when, and why."""
