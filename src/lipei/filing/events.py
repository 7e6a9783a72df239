"""Facts in the past tense: an event is what an entry says. Frozen, versioned, registered by kind.

Fields named in `PERSONAL` are kept encrypted in the entry and leave the chain whole when erased.
A `Words` field is kept as `{"zh": …, "en": …}`. Values must be JSON: str, int, bool, None, lists, dicts, Words.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from lipei.terms.words import Words

REGISTRY: dict[str, type[Event]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """The root of all events: `KIND` is the stable name, `sentence()` the line in the time line."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    KEY: ClassVar[bool] = False  # moves clock, stage or money: a filled dot in the time line

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.KIND:
            known = REGISTRY.get(cls.KIND)
            if known is not None and known.__qualname__ != cls.__qualname__:
                raise TypeError(f"two events are called {cls.KIND!r}")
            REGISTRY[cls.KIND] = cls

    def sentence(self) -> Words:
        """What happened, in one plain sentence."""
        raise TypeError(f"{type(self).__name__} has no sentence")

    def split(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The plain and the personal fields as JSON values."""
        plain: dict[str, Any] = {}
        personal: dict[str, Any] = {}
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            kept = value.as_dict() if isinstance(value, Words) else value
            (personal if field.name in self.PERSONAL else plain)[field.name] = kept
        return plain, personal

    @classmethod
    def restored(cls, plain: dict[str, Any], personal: dict[str, Any] | None) -> Self:
        """The event as it was recorded; erased personal text fields read `〔已删除 / erased〕`."""
        values: dict[str, Any] = {}
        for field in dataclasses.fields(cls):
            if field.name in cls.PERSONAL:
                values[field.name] = "〔已删除 / erased〕" if personal is None else personal.get(field.name, "")
            elif field.name in plain:
                value = plain[field.name]
                is_words = isinstance(value, dict) and set(value) == {"zh", "en"}
                values[field.name] = Words(value["zh"], value["en"]) if is_words else value
        return cls(**values)
