"""The site as the launcher serves it: each web process ends with the one that started it, so that no orphan keeps
the port."""

from __future__ import annotations

import os
import warnings

from lipei.launch.children import STARTED_BY, tie_to

if STARTED_BY in os.environ:
    tie_to(int(os.environ[STARTED_BY]))
from lipei.site.asgi import application

# whitenoise answers with the file itself, which Django reads in a thread: small files of ours, nothing a person could put right.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

__all__ = ["application"]
