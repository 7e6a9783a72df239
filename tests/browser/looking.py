"""What every page must hold to, whoever looks: axe-core, no sideways scroll, one title, and one language but for what is quoted."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE: dict[str, Any] = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DESK, PHONE = 1440, 390
HEIGHT = 1000

_TEXTS = """() => {
  const out = [], skip = new Set(['SCRIPT', 'STYLE', 'TEXTAREA', 'SVG', 'svg']);
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
_CHINESE = r"[\u3400-\u9fff]"
_WORD = r"[A-Za-z]{3,}"
LATIN_IN_CHINESE = frozenset({"English", "PDF", "JPEG", "PNG", "Ctrl", "Enter", "Lipei", "API", "JSON", "YAML", "OIDC", "TOTP", "Esc"})
"""Latin words that a Chinese reader meets in Chinese pages too: the other language's name, file kinds, keys of the keyboard."""


def foreign_to(page: Page, language: str) -> list[str]:
    """The words on the page that are not in its language and are not marked as quoted (`lang`)."""
    import re

    faults = []
    for lang, text in page.evaluate(_TEXTS):
        if language == "en" and not lang.startswith("zh") and re.search(_CHINESE, text):
            faults.append(text)
        words = [w for w in re.findall(_WORD, text) if w not in LATIN_IN_CHINESE]
        if language == "zh-hans" and not lang.startswith("en") and words:
            faults.append(text)
    return faults


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds, with the element."""
    violations = Axe().run(page, options=AXE).response["violations"]
    return [f"{v['id']}: {node['html'][:200]}" for v in violations for node in v["nodes"]]


def faults_of(page: Page, language: str) -> list[str]:
    """Everything wrong with the page as it stands, at the desk and on a phone."""
    faults = [f"not in its language: {text!r}" for text in foreign_to(page, language)]
    if page.locator("h1").count() != 1:
        faults.append(f"{page.locator('h1').count()} titles")
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            faults.append(f"at {width}: needs {needed} px")
        faults += [f"at {width}: {finding}" for finding in axe_findings(page)]
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    return faults
