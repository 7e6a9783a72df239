"""How the tests read a printed letter: the text of its pages, as a screen reader or a search would find it."""

from __future__ import annotations

import re

import pypdfium2

from lipei.communication.press import Printed


def pages_of(printed: Printed) -> list[str]:
    """The text of each page without white space, so that a line break inside a word does not matter."""
    document = pypdfium2.PdfDocument(printed.pdf)
    try:
        return [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def text_of(printed: Printed) -> str:
    """The whole text without white space."""
    return "".join(pages_of(printed))


def tight(text: str) -> str:
    """A sentence without white space, to be looked for in `text_of`."""
    return re.sub(r"\s+", "", text)
