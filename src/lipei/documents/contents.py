"""Which files may come in, judged by their content and never by their name: PDF, JPEG and PNG up to 10 MB. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import puremagic

from lipei.filing.refusal import Missing
from lipei.terms.words import Words

BYTES_MAX = 10 * 1024 * 1024
PIXELS_MAX = 80_000_000
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
CONTENT_PURPOSE = "document.content:{sha256}"
"""What a stored file is sealed for: its own digest, so that no content can be put in the place of another."""
_LOOK_BYTES = 4096
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALLOWED = Words("可以交 PDF、JPEG 或 PNG。", "PDF, JPEG and PNG can be handed in.")


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is: its type, or what stands in the way of taking it in."""

    content_type: str
    faults: tuple[Missing, ...]


def look_at(content: bytes, *, field: str = "content") -> Look:
    """The type of a file by its content, with every fault: empty, too large, another type, cut off, too many pixels."""
    faults: list[Missing] = []
    if not content:
        return Look("", (Missing(Words("文件是空的", "The file is empty"), do=Words("请重新选择文件。", "Choose the file again."), field=field),))
    if len(content) > BYTES_MAX:
        faults.append(_too_large(field=field))
    kind = _type_of(content)
    if kind == "":
        faults.append(_not_allowed(content, field=field))
    elif not faults and not _is_whole(content, kind):
        faults.append(Missing(Words("文件不完整，后面缺了一段", "The file is cut off; its end is missing"),
                              do=Words("请重新扫描或重新下载后再交。", "Scan or download it again and hand it in."), field=field))
    elif _pixels(content, kind) > PIXELS_MAX:
        faults.append(Missing(Words(f"图片超过 {PIXELS_MAX // 1_000_000} 百万像素", f"The picture has more than {PIXELS_MAX // 1_000_000} megapixels"),
                              do=Words("请用手机的普通模式再拍一张。", "Take it again in the phone's ordinary mode."), field=field))
    return Look(kind, tuple(faults))


def _too_large(*, field: str) -> Missing:
    return Missing(Words("文件超过 10 MB，最多 10 MB", "The file is larger than 10 MB, which is the most"),
                   do=Words("请分成几个文件交，或扫描得小一些。", "Hand it in as several files, or scan it smaller."), field=field)


def _not_allowed(content: bytes, *, field: str) -> Missing:
    ending = _ending_of(content)
    shown = Words(f"这个文件是 {ending} 类型，不能收", f"This file is of type {ending} and cannot be taken in") if ending else Words(
        "认不出这个文件的类型，不能收", "The type of this file is not known; it cannot be taken in")
    return Missing(shown, why=_ALLOWED, do=Words("请打印成 PDF，或拍照后再交。", "Print it to PDF, or photograph it."), field=field)


def _ending_of(content: bytes) -> str:
    try:
        return str(puremagic.from_string(content[:_LOOK_BYTES])).lstrip(".").upper()
    except puremagic.PureError:
        return ""


def _type_of(content: bytes) -> str:
    """Our own look at the first bytes; the library must not see another type in them (a page that only carries a PDF)."""
    own = PDF if content.startswith(b"%PDF-") else JPEG if content.startswith(b"\xff\xd8\xff") else PNG if content.startswith(b"\x89PNG\r\n\x1a\n") else ""
    try:
        found = str(puremagic.from_string(content[:_LOOK_BYTES], mime=True))
    except puremagic.PureError:
        return own
    return own if found in ("", own, "image/jpg", "image/pjpeg") else ""


def _is_whole(content: bytes, kind: str) -> bool:
    tail = content[-2048:]
    return {PDF: b"%%EOF" in tail, JPEG: b"\xff\xd9" in tail, PNG: b"IEND" in tail}[kind]


def _pixels(content: bytes, kind: str) -> int:
    if kind == PNG:
        return int.from_bytes(content[16:20], "big") * int.from_bytes(content[20:24], "big")
    return _jpeg_pixels(content) if kind == JPEG else 0


def _jpeg_pixels(content: bytes) -> int:
    """Width × height from the first frame header; 0 when there is none."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in _JPEG_FRAMES:
            return int.from_bytes(content[at + 5 : at + 7], "big") * int.from_bytes(content[at + 7 : at + 9], "big")
        at += 2 + max(length, 2)
    return 0
