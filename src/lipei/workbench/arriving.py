"""What a request brings to the staff door: who acts, what was typed, which page was asked for; and the way to a place of a claim."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from lipei.filing.actor import Actor
from lipei.terms.words import Words

TYPED_CHARACTERS_MAX = 12_000_000  # as much as a request may hold; what is too long is refused by its own rule, with its number
START_MAX = 1_000_000


def actor_in(request: HttpRequest) -> Actor:
    """Who acts in this request; the door has let them in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def typed(request: HttpRequest, *names: str) -> dict[str, str]:
    """What was typed into fields, by name, at most `TYPED_CHARACTERS_MAX` characters each."""
    return {name: request.POST.get(name, "")[:TYPED_CHARACTERS_MAX] for name in names}


def whole(text: str, *, most: int = START_MAX) -> int:
    """A whole number of an address, kept between 0 and `most`; 0 for anything else."""
    return min(most, int(text)) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def day_in(text: str) -> dt.date | None:
    """A day written `2026-11-27`; None for anything else."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def address(place: str, *args: str | int) -> str:
    """The address of a named place; of the claim itself where that place does not exist yet."""
    for name in (place, "claim"):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return ""


def there_is(place: str, *args: str | int) -> bool:
    """Whether a place exists in this house."""
    try:
        reverse(place, args=args)
    except NoReverseMatch:
        return False
    return True


def lower_first(words: Words) -> Words:
    """The words as they stand inside a sentence."""
    return Words(words.zh, words.en[:1].lower() + words.en[1:])
