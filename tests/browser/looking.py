"""What every page must hold to, whoever looks: axe-core, no sideways scroll, one title, and one language but for what is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE: dict[str, Any] = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DESK, PHONE = 1440, 390
HEIGHT = 1000

_TEXTS = """() => {
  const out = [], skip = new Set(['SCRIPT', 'STYLE', 'TEXTAREA', 'svg']);
  const lang = (e) => { const m = e.closest('[lang]'); return m ? m.lang : ''; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const p = n.parentElement;
    if (p && !skip.has(p.tagName) && n.textContent.trim()) out.push([lang(p), n.textContent.trim()]);
  }
  for (const e of document.querySelectorAll('[aria-label],[title],[placeholder],[alt]'))
    for (const a of ['aria-label', 'title', 'placeholder', 'alt'])
      if (e.getAttribute(a)) out.push([lang(e), e.getAttribute(a)]);
  out.push([document.documentElement.lang, document.title]);
  return out;
}"""
_TOO_WIDE = """(width) => [...document.querySelectorAll('main *, header *')].filter(
  (e) => e.getBoundingClientRect().right > width + 1 && ![...e.children].some((c) => c.getBoundingClientRect().right > width + 1)
).map((e) => e.outerHTML.slice(0, 160)).slice(0, 3).join(' | ')"""
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"(?<![\w-])[A-Za-z]{3,}(?![\w-])|[a-z]+_[a-z_]+")
LATIN_IN_CHINESE = frozenset({"English", "PDF", "JPEG", "PNG", "Ctrl", "Enter", "Lipei", "API", "JSON", "YAML", "Esc"})
"""Latin words that a Chinese reader meets in Chinese pages too: the other language's name, file kinds, keys of the keyboard."""


def chinese_in_english(page: Page, *, known: str) -> list[str]:
    """Chinese on an English page that is neither marked as quoted nor a name or words of the customer's, as `known` holds them."""
    return [
        text for lang, text in page.evaluate(_TEXTS) if not lang.startswith("zh") and any(run not in known for run in _CHINESE.findall(text))
    ]


def english_in_chinese(page: Page) -> list[str]:
    """English words on a Chinese page that are not marked as quoted."""
    return [
        text for lang, text in page.evaluate(_TEXTS) if not lang.startswith("en") and set(_LATIN.findall(text)) - LATIN_IN_CHINESE
    ]


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds, with the element."""
    violations = Axe().run(page, options=AXE).response["violations"]
    return [f"{v['id']}: {node['html'][:200]}" for v in violations for node in v["nodes"]]


def faults_of(page: Page, *, known: str, widths: Iterable[int] = (DESK, PHONE)) -> list[str]:
    """Everything wrong with the page as it stands, in its language and at these widths; it is left at desk width."""
    is_chinese = str(page.locator("html").get_attribute("lang")).startswith("zh")
    wrong = english_in_chinese(page) if is_chinese else chinese_in_english(page, known=known)
    faults = [f"not in its language: {text!r}" for text in wrong]
    if page.locator("h1").count() != 1:
        faults.append(f"{page.locator('h1').count()} titles")
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            faults.append(f"at {width}: needs {needed} px: {page.evaluate(_TOO_WIDE, width)}")
        faults += [f"at {width}: {finding}" for finding in axe_findings(page)]
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    return [f"{page.url}: {fault}" for fault in faults]
