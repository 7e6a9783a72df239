"""A sentence in Chinese and in English: how every pure floor speaks without a framework.

Rules, refusals, clauses, stages and questions carry `Words`; doors show them in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in both languages, each written fresh; neither may be empty."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"words need both languages: zh={self.zh!r}, en={self.en!r}")

    def in_(self, language: str) -> str:
        """The sentence in `language`; any code that begins with `zh` reads Chinese, all others English."""
        return self.zh if language.lower().startswith("zh") else self.en

    def with_(self, **values: object) -> Words:
        """The sentence with `{name}` places filled; a value that is itself `Words` is put in each language."""
        return Words(
            self.zh.format(**{k: v.zh if isinstance(v, Words) else v for k, v in values.items()}),
            self.en.format(**{k: v.en if isinstance(v, Words) else v for k, v in values.items()}),
        )

    def as_dict(self) -> dict[str, str]:
        """`{"zh": …, "en": …}`, the form kept in entries and sent by the API."""
        return {"zh": self.zh, "en": self.en}


def both(text: str) -> Words:
    """Words whose two languages are the same text: names, numbers, codes."""
    return Words(text, text)


def parted(text: str) -> Words:
    """Words kept as one text, the Chinese before ` / ` and the English after it; any other text is the same in both."""
    zh, _, en = text.partition(" / ")
    return Words(zh, en) if en and en.isascii() and not zh.isascii() else both(text)
