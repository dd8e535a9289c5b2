#!/usr/bin/env python3
"""The one way in: a demo, the tests, Django's commands. Needs Python 3.11 or newer and nothing else.

    python3 run.py                  the demo newsroom on http://127.0.0.1:8000/ (the same as: run.py demo)
    python3 run.py manage COMMAND   Django's manage.py, with everything it needs installed
    python3 run.py test             all checks and tests (run.py test --help says how to select some)
    python3 run.py lock             write requirements.txt and requirements-dev.txt anew

Packages go into .venv (NEWSROOM_VENV names another directory). The work is done in newsroom/bootstrap/; this file stays
simple enough for an old Python to read it and say what is missing.
"""

import sys

NEEDED = (3, 11)


def too_old(version):
    """What to tell someone whose Python is `version`, such as (3, 9, 2); None if it is new enough."""
    if tuple(version[:2]) >= NEEDED:
        return None
    return (
        "Newsroom needs Python %d.%d or newer, and this is Python %d.%d. Install a newer one (on Debian and Ubuntu: "
        "apt install python3 python3-venv; elsewhere: from python.org) and start run.py with it, "
        "for example: python3.%d run.py" % (NEEDED + tuple(version[:2]) + (NEEDED[1],))
    )


def main():
    sentence = too_old(sys.version_info)
    if sentence:
        sys.exit(sentence)
    from newsroom.bootstrap import commands

    return commands.main(sys.argv[1:], __doc__)


if __name__ == "__main__":
    sys.exit(main())
