"""`python -m lipei.demo`: tells the demonstration; the launcher starts it beside the site."""

from __future__ import annotations

import sys

from lipei.demo.cli import main

if __name__ == "__main__":
    sys.exit(main())
