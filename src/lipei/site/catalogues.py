"""The screens' words in Chinese: one catalogue a room, merged and compiled to what Django reads; and what is missing in them.

English stands in the code and the templates as msgid. `locale/zh_Hans/<room>.po` holds the Chinese. `python -m lipei.site.catalogues`
compiles; `--check` also names every word without Chinese, every entry no longer used, and every contradiction; `--missing`
prints the missing entries as a catalogue to be filled in.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel.messages import Catalog, Message, mofile, pofile
from babel.messages.extract import extract
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import template as marks
from django.utils.translation import trim_whitespace

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
CHINESE = LOCALE / "zh_Hans"
COMPILED = CHINESE / "LC_MESSAGES" / "django.mo"

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
PLACE = re.compile(r"%\(\w+\)[sd]")

Key = tuple[str, str]
"""Context and msgid (the singular): what one word is known by."""

FaultKind = Literal["untranslated", "unused", "contradicting", "places", "fuzzy"]


@dataclass(frozen=True, slots=True)
class Found:
    """A word that code or a template shows: where, in which context, with which plural."""

    msgid: str
    context: str
    plural: str
    place: str

    @property
    def key(self) -> Key:
        """What the word is known by."""
        return self.context, self.msgid


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the catalogues, and where."""

    kind: FaultKind
    msgid: str
    place: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.msgid!r} ({self.place})"


# ---------- what is shown ----------


def shown(package: Path = PACKAGE) -> list[Found]:
    """Every word that templates and modules of the package show, in the order of the files."""
    found: list[Found] = []
    for path in sorted(package.rglob("*.html")):
        found += in_template(path.read_text(encoding="utf-8"), place=_short(path, package))
    for path in sorted(package.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            found += in_module(path.read_bytes(), place=_short(path, package))
    return found


def _short(path: Path, package: Path) -> str:
    return str(path.relative_to(package))


def in_module(source: bytes, *, place: str) -> Iterator[Found]:
    """Words that a Python module hands to gettext and its family."""
    for line, message, _, context in extract("python", BytesIO(source), KEYWORDS):
        singular, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
        yield Found(singular, context or "", plural, f"{place}:{line}")


def in_template(source: str, *, place: str) -> Iterator[Found]:
    """Words of `{% translate %}`, `{% blocktranslate %}` and `_("…")` in a template, as Django itself will ask for them."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type == TokenType.BLOCK and marks.block_re.match(token.contents):
            yield _block(token, tokens, place)
        elif token.token_type == TokenType.BLOCK and token.contents == "comment":
            _skip(tokens)
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            yield from _inline(token, place)


def _skip(tokens: Iterator[Token]) -> None:
    for token in tokens:
        if token.contents == "endcomment":
            return


def _inline(token: Token, place: str) -> Iterator[Found]:
    where = f"{place}:{token.lineno}"
    said = marks.inline_re.match(token.contents) if token.token_type == TokenType.BLOCK else None
    if said:
        yield Found(_unquoted(said[1]), _unquoted(said[3] or ""), "", where)
    for constant in marks.constant_re.findall(token.contents):
        yield Found(_unquoted(constant), "", "", where)


def _unquoted(text: str) -> str:
    return text[1:-1].replace("%", "%%") if text else ""


def _block(opening: Token, tokens: Iterator[Token], place: str) -> Found:
    """One `blocktranslate` with its plural: variables become `%(name)s`, a per cent sign is doubled."""
    said = marks.block_re.match(opening.contents)
    context = said[2][1:-1] if said and said[2] else ""
    trimmed = "trimmed" in opening.contents.split()
    parts: tuple[list[str], list[str]] = ([], [])
    plural = False
    for token in tokens:
        if token.token_type == TokenType.BLOCK and marks.endblock_re.match(token.contents):
            break
        if token.token_type == TokenType.BLOCK and marks.plural_re.match(token.contents):
            plural = True
        elif token.token_type == TokenType.VAR:
            parts[plural].append(f"%({token.contents.strip()})s")
        elif token.token_type == TokenType.TEXT:
            parts[plural].append(token.contents.replace("%", "%%"))
    singular, several = ("".join(part) for part in parts)
    if trimmed:
        singular, several = trim_whitespace(singular), trim_whitespace(several)
    return Found(singular, context, several, f"{place}:{opening.lineno}")


# ---------- what is translated ----------


def rooms(folder: Path = CHINESE) -> dict[str, Catalog]:
    """The catalogue of each room, by the room's name."""
    read = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            read[path.name] = pofile.read_po(file, locale="zh_Hans", abort_invalid=True)
    return read


def _words(catalogue: Catalog) -> Iterator[tuple[Key, Message]]:
    for message in catalogue:
        if message.id:
            yield (message.context or "", _singular(message)), message


def _singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def _chinese(message: Message) -> str:
    return "".join(message.string) if isinstance(message.string, tuple | list) else message.string or ""


def merged(catalogues: dict[str, Catalog]) -> Catalog:
    """All rooms in one catalogue, with the plural rule of Chinese (one form)."""
    whole = Catalog(locale="zh_Hans", domain="django", fuzzy=False)
    for catalogue in catalogues.values():
        for (context, _), message in _words(catalogue):
            whole.add(message.id, message.string, context=context or None)
    return whole


def compile_catalogues(folder: Path = CHINESE, compiled: Path = COMPILED) -> int:
    """Write `django.mo` from all rooms; the number of entries."""
    whole = merged(rooms(folder))
    compiled.parent.mkdir(parents=True, exist_ok=True)
    written = compiled.with_name(f".{compiled.name}.{os.getpid()}")
    with written.open("wb") as file:
        mofile.write_mo(file, whole)
    written.replace(compiled)
    return len(whole)


def compile_if_stale(folder: Path = CHINESE, compiled: Path = COMPILED) -> bool:
    """Compile when a room's catalogue is newer than what Django reads; whether it was done."""
    made = compiled.stat().st_mtime_ns if compiled.exists() else -1
    if all(path.stat().st_mtime_ns <= made for path in folder.glob("*.po")):
        return False
    compile_catalogues(folder, compiled)
    return True


# ---------- what is wrong ----------


def faults(package: Path = PACKAGE, folder: Path = CHINESE) -> list[Fault]:
    """Everything wrong at once: words without Chinese, entries no longer used, contradictions, lost or invented places, fuzzy entries."""
    wanted = {word.key: word for word in reversed(shown(package))}
    translated: dict[Key, tuple[str, str]] = {}
    wrong: list[Fault] = []
    for room, catalogue in rooms(folder).items():
        for key, message in _words(catalogue):
            wrong += _faults_of(key, message, room=room, wanted=wanted)
            said, before = _chinese(message), translated.get(key)
            if before and said != before[0]:
                wrong.append(Fault("contradicting", key[1], f"{before[1]} says {before[0]!r}, {room} says {said!r}"))
            if said and not message.fuzzy:
                translated[key] = (said, room)
    return [*untranslated(wanted.values(), translated), *wrong]


def untranslated(wanted: Iterable[Found], translated: Iterable[Key]) -> list[Fault]:
    """Words that are shown and have no Chinese."""
    have = set(translated)
    return [Fault("untranslated", word.msgid, word.place) for word in wanted if word.key not in have]


def _faults_of(key: Key, message: Message, *, room: str, wanted: dict[Key, Found]) -> Iterator[Fault]:
    word = wanted.get(key)
    if word is None:
        yield Fault("unused", key[1], room)
        return
    if message.fuzzy:
        yield Fault("fuzzy", key[1], room)
    places = set(PLACE.findall(word.msgid + word.plural))
    if _chinese(message) and not set(PLACE.findall(_chinese(message))) <= places:
        yield Fault("places", key[1], f"{room}: {_chinese(message)!r}")


def missing_as_catalogue(package: Path = PACKAGE, folder: Path = CHINESE) -> str:
    """The words without Chinese as a catalogue to be filled in, with the place of each."""
    whole = merged(rooms(folder))
    gap = Catalog(locale="zh_Hans", domain="django", fuzzy=False, header_comment="# ")
    for word in shown(package):
        known = whole.get(word.msgid, word.context or None)
        if known is None or not known.string:
            location = (word.place.rpartition(":")[0], int(word.place.rpartition(":")[2]))
            gap.add((word.msgid, word.plural) if word.plural else word.msgid, context=word.context or None, locations=[location])
    out = BytesIO()
    pofile.write_po(out, gap, omit_header=True, width=0)
    return out.getvalue().decode()


def main(arguments: list[str] | None = None) -> int:
    """Compile; with `--check` name the faults and fail on any; with `--missing` print what to fill in."""
    parser = argparse.ArgumentParser(prog="python -m lipei.site.catalogues", description="Compile and check the Chinese catalogues.")
    parser.add_argument("--check", action="store_true", help="name every fault; exit code 1 when there is one")
    parser.add_argument("--missing", action="store_true", help="print the words without Chinese as a catalogue")
    chosen = parser.parse_args(arguments)
    if chosen.missing:
        print(missing_as_catalogue())
        return 0
    compile_catalogues()
    wrong = faults() if chosen.check else []
    for fault in wrong:
        print(fault, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
