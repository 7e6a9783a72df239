"""Small real files for our stories: a whole PDF, a JPEG and a PNG, and how each can be wrong."""

from __future__ import annotations

import zlib

A_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" \
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
A_JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes.fromhex("ffc0000b080010001001011100") + b"\xff\xd9"


def a_png(width: int = 8, height: int = 8) -> bytes:
    """A whole PNG of the size, all white."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    rows = zlib.compress(b"".join(b"\0" + b"\xff" * 8 for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def a_pdf(words: str) -> bytes:
    """A whole PDF that differs by its words."""
    return A_PDF.replace(b"trailer", b"% " + words.encode() + b"\ntrailer")
