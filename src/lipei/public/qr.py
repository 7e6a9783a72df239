"""QR codes for screens: as large as their place, without lengths of their own."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_MODULES = 2


def qr_for_screen(address: str) -> SafeString:
    """A QR code of an address of ours (error correction M) as an SVG that fills its place."""
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(border=QUIET_MODULES, omitsize=True, dark="#1a2226"))
