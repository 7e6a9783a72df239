"""The site as the launcher serves it: each web process ends with the one that started it, so that no orphan keeps
the port."""

from __future__ import annotations

import os

from lipei.launch.children import STARTED_BY, tie_to

if STARTED_BY in os.environ:
    tie_to(int(os.environ[STARTED_BY]))

from lipei.site.asgi import application

__all__ = ["application"]
