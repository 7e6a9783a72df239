"""What a refused page lists, as the stories read it."""

from __future__ import annotations

import html
import re

REFUSED = (403, 404, 409, 422)


def listed(page: str) -> list[str]:
    """What the refused panel of a page lists, in its order."""
    panel = re.search(r'<section class="lp-refused.*?</section>', page, re.DOTALL)
    return [html.unescape(what) for what in re.findall(r"<li><b>(.*?)</b>", panel[0], re.DOTALL)] if panel else []
