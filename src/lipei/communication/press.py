"""The press: a laid-out page (plain data) becomes a PDF, the same bytes for the same page, day and faces.

Typst sets the page. The data travels as JSON, never as markup, so a name may hold `#` or `*` and prints as written.
The PDF is PDF/A-3a with PDF/UA-1 tags: it keeps, and a screen reader can read it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import pypdfium2
import typst

from lipei.terms.words import Words, both

PAGES = Path(__file__).parent / "letters" / "pages"
STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
DATA_MAX = 5_000_000  # bytes of JSON; a calculation of two thousand items needs about one
SERIF = ("Noto Serif SC", "Noto Serif CJK SC")
SANS = ("Noto Sans SC", "Noto Sans CJK SC")
BOLD = 700
_ONE_AT_A_TIME = Lock()  # neither the typesetter nor the page counter may be entered by two threads at once

_UNSHOWN = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')
_ESCAPED = re.compile(r"^\\u\{(?P<code>[0-9a-f]+)\}")


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed letter: the PDF, its SHA-256, its pages, and whether bold faces were there to print it."""

    pdf: bytes
    sha256: str
    pages: int
    is_bold: bool


class PressFault(Exception):
    """The page could not be printed; `words` say why and what to do."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)


class MissingGlyph(PressFault):
    """No installed face has this character: the letter is held, for no letter leaves with an empty box."""

    def __init__(self, character: str) -> None:
        self.character = character
        shown = character if character.isprintable() and not character.isspace() else "□"
        super().__init__(
            Words(
                "字体里没有“{it}”（{code}）这个字，信没有印出。请装上 fonts-noto-cjk 字体后重印，或先手写补上",
                "no installed typeface has “{it}” ({code}); the letter was not printed. "
                "Install the fonts-noto-cjk typefaces and print again",
            ).with_(it=both(shown), code=both(f"U+{ord(character):04X}"))
        )


class MissingFace(PressFault):
    """No Chinese typeface was found at all."""

    def __init__(self) -> None:
        super().__init__(
            Words(
                "没有找到中文字体，信印不出来。请运行 make setup，或用 LIPEI_FONTS 写明字体文件夹",
                "no Chinese typeface was found, so no letter can be printed. "
                "Run `make setup`, or name the folder in LIPEI_FONTS",
            )
        )


def font_folders() -> tuple[Path, ...]:
    """The folders searched for typefaces: `LIPEI_FONTS` first, then the wheel's, the set-up's, the cache's, Debian's."""
    named = [Path(part) for part in os.environ.get("LIPEI_FONTS", "").split(os.pathsep) if part]
    wheel = find_spec("pylopdf_fonts_zh_cn")
    shipped = [Path(wheel.origin).parent] if wheel is not None and wheel.origin else []
    cache = Path(os.environ.get("LIPEI_CACHE") or Path.home() / ".cache" / "lipei") / "fonts"
    places = [*named, *shipped, Path(__file__).parents[1] / "fonts", cache, Path("/usr/share/fonts/opentype/noto")]
    return tuple(dict.fromkeys(place for place in places if place.is_dir()))


@dataclass(frozen=True, slots=True)
class Faces:
    """The typefaces found: families in order of preference for text and for bold, serif and sans."""

    fonts: typst.Fonts
    families: Mapping[str, list[str]]
    is_bold: bool


def faces_in(folders: tuple[Path, ...]) -> Faces:
    """The typefaces in `folders`. Raises `MissingFace` when none of them is Chinese."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(f) for f in folders])
    weights = {(font.family, font.weight) for font in fonts.fonts()}
    there = {family for family, _ in weights}
    serif = [family for family in SERIF if family in there]
    sans = [family for family in SANS if family in there]
    if not serif and not sans:
        raise MissingFace
    bold = {family for family, weight in weights if weight == BOLD}
    plain = {"serif": serif or sans, "sans": sans or serif}
    strong = {f"{name}_bold": sorted(order, key=lambda f: f not in bold) for name, order in plain.items()}
    return Faces(fonts=fonts, families={**plain, **strong}, is_bold=strong["serif_bold"][0] in bold)


@lru_cache(maxsize=4)
def _faces(folders: tuple[Path, ...]) -> Faces:
    return faces_in(folders)


@lru_cache(maxsize=16)
def _compiler(template: str, folders: tuple[Path, ...]) -> typst.Compiler:
    page = PAGES / f"{template}.typ"
    if not page.is_file():
        raise LookupError(f"no page called {template!r}; there are {sorted(p.stem for p in PAGES.glob('*.typ'))}")
    return typst.Compiler(str(page), root=str(PAGES), font_paths=_faces(folders).fonts, ignore_system_fonts=True)


def print_letter(
    template: str, data: Mapping[str, Any], *, at: datetime, folders: tuple[Path, ...] | None = None
) -> Printed:
    """The PDF of `data` set by the page `template`; `at` (with time zone) is the time written into it.

    Raises `MissingGlyph`, `MissingFace`, or `PressFault` for data over `DATA_MAX` bytes; `ValueError` for a naive `at`.
    """
    if at.tzinfo is None:
        raise ValueError("the time of printing needs a time zone")
    where = font_folders() if folders is None else folders
    faces = _faces(where)
    written = json.dumps({**data, "faces": faces.families}, ensure_ascii=False, sort_keys=True)
    if len(written.encode()) > DATA_MAX:
        raise PressFault(
            Words(
                "这封信的内容太多，印不出来；请把明细另作附件",
                "this letter is too long to print; put the details into an attachment",
            )
        )
    with _ONE_AT_A_TIME:
        pdf = _set(_compiler(template, where), written, at)
        pages = _pages(pdf)
    return Printed(pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), pages=pages, is_bold=faces.is_bold)


def _set(compiler: typst.Compiler, written: str, at: datetime) -> bytes:
    try:
        pdf = compiler.compile(
            format="pdf", pdf_standards=list(STANDARDS), timestamp=int(at.timestamp()), sys_inputs={"data": written}
        )
    except typst.TypstError as error:
        raise _fault(error) from error
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave several files for one PDF")
    return pdf


def _fault(error: typst.TypstError) -> PressFault:
    unshown = _UNSHOWN.search(error.message)
    if unshown is None:
        return PressFault(
            Words("这封信的版面出错，没有印出：{it}", "the page could not be set and was not printed: {it}").with_(
                it=both(error.message)
            )
        )
    escaped = _ESCAPED.match(unshown["text"])
    return MissingGlyph(chr(int(escaped["code"], 16)) if escaped else unshown["text"][0])


def _pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
