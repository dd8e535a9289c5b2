"""What search engines are told of a page: directives of the robots meta element and of X-Robots-Tag (Google)."""

from __future__ import annotations

# Previews of pictures may be large; everything else is as each search engine does it.
OPEN = "max-image-preview:large"
CLOSED = "noindex"


def directives(*, noindex: bool = False, noarchive: bool = False) -> str:
    """One line of directives. `noindex`: not to be found at all; `noarchive`: found, and no copy is shown."""
    found = CLOSED if noindex else OPEN
    return f"{found}, noarchive" if noarchive else found
