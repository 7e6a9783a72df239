"""Finds and reads the terms documents that a person names at the terminal: files, folders, codes of products."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from lipei import products
from lipei.products.checking import Checked, checked
from lipei.terms.words import Words, both

FILE_BYTES_MAX = 2_000_000
SUFFIXES = (".yaml", ".yml", ".json")
EDITIONS_MAX = 2_000
_TERMS = re.compile(r'^(?:product|\s*"product")\s*:', re.MULTILINE)
"""A file of a folder counts as a terms document when it names a product; others that lie there are not ours to judge."""


class CannotRead(Exception):
    """What is named cannot be read; `words` says why and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def text_of(path: Path) -> str:
    """The text of a file. Raises `CannotRead` when there is none, when it is too large, or no UTF-8 text."""
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            most = FILE_BYTES_MAX
            raise CannotRead(
                Words(
                    f"{path} 超过 {most} 字节；分成几个文件",
                    f"{path} is larger than {most} bytes; split it into several files",
                )
            )
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        line = path.read_bytes()[: fault.start].count(b"\n") + 1
        raise CannotRead(
            Words(f"{path}:{line} 不是 UTF-8 文字；另存为 UTF-8", f"{path}:{line} is not UTF-8 text; save it as UTF-8")
        ) from fault
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise CannotRead(
            Words(f"{path} 读不了（{why}）；检查文件名", f"{path} cannot be read ({why}); check the name")
        ) from fault


def is_file_name(name: str) -> bool:
    """Whether the name is that of a file or folder, and not the code of a product."""
    return Path(name).suffix.lower() in SUFFIXES or "/" in name or Path(name).is_dir()


def checked_of(name: str) -> list[Checked]:
    """What is named – a file, all files of a folder, `CODE`, `CODE@EDITION` or `CODE@DATE` – checked. Raises `CannotRead`."""
    if not is_file_name(name):
        return _of_code(name)
    path = Path(name)
    if not path.is_dir():
        return [checked(text_of(path), source=name)]
    found = sorted(one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES and one.is_file())
    if len(found) > EDITIONS_MAX:
        most = EDITIONS_MAX
        raise CannotRead(
            Words(
                f"{name} 里的文件超过 {most} 个；分开检查", f"{name} holds more than {most} files; check them in parts"
            )
        )
    texts = {one: text_of(one) for one in found}
    terms = {one: text for one, text in texts.items() if _TERMS.search(text)}
    if not terms:
        raise CannotRead(
            Words(f"{name} 里没有条款文件（没有 product:）", f"{name} holds no terms document (none has product:)")
        )
    return [checked(text, source=str(one)) for one, text in terms.items()]


def _of_code(name: str) -> list[Checked]:
    code, _, which = name.partition("@")
    found = list(products.all_checked(code))
    if not found:
        codes = ", ".join(products.codes())
        raise CannotRead(
            Words(f"{name}：没有这个产品；有 {codes}", f"{name}: there is no such product; there are {codes}")
        )
    if not which:
        return found
    if len(which) == len("2026-01-01"):
        found = [one for one in found if one.edition and one.edition.document.in_force.holds(_day(name, which))]
    else:
        found = [one for one in found if Path(one.source).stem == which]
    if not found:
        raise CannotRead(Words(f"{name}：没有这一版", f"{name}: there is no such edition"))
    return found


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        what = Words("没有这一天；写成 2026-01-01", "there is no such day; write it as 2026-01-01")
        raise CannotRead(Words("{name}：{what}", "{name}: {what}").with_(name=both(name), what=what)) from fault
