"""The static checks of amounts: bands without gaps, ratios within one, limits that can be reached, order of steps."""

from __future__ import annotations

from collections.abc import Iterator

from lipei.terms.document import Document
from lipei.terms.faults import Path, Severity
from lipei.terms.typecheck import Vocabulary
from lipei.terms.words import Words

Found = tuple[str, Path, Words, Words, Severity]


def amount_faults(document: Document, within: Vocabulary) -> Iterator[Found]:
    """Faults and warnings of the steps' amounts."""
    return iter(())
