"""Codes a machine reads from paper: Code 128 for custody numbers, QR for the status page; both as SVG text.

Code 128 after ISO/IEC 15417, set B throughout (any printable ASCII) with set C for runs of digits of even length.
"""

from __future__ import annotations

import io

import segno

HEIGHT = 40  # modules
START_B, START_C, TO_B, TO_C, STOP = 104, 105, 100, 99, 106
DIGITS_WORTH_SET_C = 4  # shorter runs cost more in switching than they save

_PATTERNS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 "
    "113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 "
    "212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 "
    "113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 "
    "241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 "
    "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 "
    "211232 2331112"
)
_WIDTHS = tuple(_PATTERNS.split())  # bar and space widths of the symbols 0 to 106


def _digits_at(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end].isdigit():
        end += 1
    return (end - start) // 2 * 2


def symbols(text: str) -> list[int]:
    """The Code 128 symbol values of `text` with start, checksum and stop. Raises `ValueError` outside printable ASCII."""
    if not text or any(not 32 <= ord(letter) < 127 for letter in text):
        raise ValueError(f"Code 128 set B holds printable ASCII only: {text!r}")
    values: list[int] = []
    position, in_c = 0, False
    while position < len(text):
        run = _digits_at(text, position)
        wants_c = run >= (2 if in_c else DIGITS_WORTH_SET_C)
        if not values:
            values.append(START_C if wants_c else START_B)
        elif wants_c != in_c:
            values.append(TO_C if wants_c else TO_B)
        in_c = wants_c
        values.append(int(text[position : position + 2]) if in_c else ord(text[position]) - 32)
        position += 2 if in_c else 1
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], start=1))) % 103
    return [*values, check, STOP]


def code128_svg(text: str) -> str:
    """The bars of `text` as an SVG, one unit a module; the page leaves the white of ten modules on each side."""
    x, bars = 0, []
    for symbol in symbols(text):
        for place, width in enumerate(_WIDTHS[symbol]):
            if place % 2 == 0:
                bars.append(f'<rect x="{x}" y="0" width="{width}" height="{HEIGHT}"/>')
            x += int(width)
    size = f'viewBox="0 0 {x} {HEIGHT}" width="{x}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} preserveAspectRatio="none">{"".join(bars)}</svg>'


def qr_svg(text: str) -> str:
    """A QR code of `text` (error correction Q, quiet zone of two modules) as an SVG."""
    out = io.BytesIO()
    segno.make(text, error="q", micro=False, boost_error=False).save(out, kind="svg", border=2, xmldecl=False, nl=False)
    return out.getvalue().decode("ascii")
