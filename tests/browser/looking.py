"""What every page must hold to, whoever looks: axe-core, no sideways scroll, one title, one language but for what is quoted; at twice the size and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE: dict[str, Any] = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DESK, PHONE = 1440, 390
HEIGHT = 1000
TWICE = {"width": 720, "height": 450}
"""What is left of a screen of 1440 × 900 at 200 %, in CSS pixels."""
TABS_MAX = 400
TARGET_PX = 44
"""The least of what a finger touches on a page before a visitor."""

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
_CUT = """() => {
  const cuts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const own = text.parentElement;
    if (!text.textContent.trim() || !own.checkVisibility({ visibilityProperty: true }) || own.closest('.visually-hidden, .lp-skip, option')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const at = range.getBoundingClientRect();
    for (let box = own; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box), edge = box.getBoundingClientRect();
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
      const isCut = (/hidden|clip/.test(style.overflowX) && at.right > edge.right + 1) || (/hidden|clip/.test(style.overflowY) && at.bottom > edge.bottom + 2);
      if (isCut) { cuts.push(`“${text.textContent.trim().slice(0, 40)}” in ${box.outerHTML.slice(0, 90)}`); break; }
    }
  }
  return cuts;
}"""
_BARS = """() => [...document.querySelectorAll('body *')].filter((e) => /fixed|sticky/.test(getComputedStyle(e).position) && e.checkVisibility({ visibilityProperty: true }))
  .map((e) => e.getBoundingClientRect()).filter((r) => r.width > innerWidth / 2 && r.bottom > 0 && r.top < innerHeight)
  .reduce((sum, r) => sum + Math.min(r.bottom, innerHeight) - Math.max(r.top, 0), 0)"""
_CONTROLS = """() => {
  const groups = new Set();
  window.lipeiControls = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter((e) => {
    if (e.disabled || !e.checkVisibility({ visibilityProperty: true }) || e.closest('[inert]')) return false;
    if (e.type !== 'radio') return true;
    const group = `${e.form?.id} ${e.name}`;
    return !groups.has(group) && groups.add(group);
  });
  window.lipeiMet = new Set();
  getSelection().removeAllRanges();
  scrollTo(0, 0);
  return window.lipeiControls.length;
}"""
_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return { over: true };
  const radio = e.type === 'radio' && window.lipeiControls.find((c) => c.type === 'radio' && c.name === e.name && c.form === e.form);
  const control = radio || e;
  if (window.lipeiMet.has(control)) return { over: true };
  window.lipeiMet.add(control);
  const seen = e.closest('label') ?? e, box = [e, seen].find((x) => x.getClientRects()[0]?.width > 2) ?? e;
  const isMarked = [e, seen, e.nextElementSibling].some((x) => {
    if (!x) return false;
    const s = getComputedStyle(x);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1.5) || s.boxShadow !== 'none';
  });
  const r = box.getClientRects()[0] ?? box.getBoundingClientRect();
  const hit = document.elementFromPoint(Math.min(Math.max(r.left + r.width / 2, 0), innerWidth - 1), Math.min(Math.max(r.top + Math.min(r.height, innerHeight) / 2, 0), innerHeight - 1));
  const isSeen = r.bottom > 0 && r.top < innerHeight && !!hit && (box.contains(hit) || seen.contains(hit) || hit.contains(box));
  return { over: false, isMarked, isSeen, html: e.outerHTML.slice(0, 120) };
}"""
_NOT_MET = "() => window.lipeiControls.filter((c) => !window.lipeiMet.has(c)).map((c) => c.outerHTML.slice(0, 120))"
_SMALL = """(least) => [...document.querySelectorAll('a, button, input:not([type=hidden]):not(.visually-hidden), select, summary, label:has(input)')]
  .filter((e) => e.checkVisibility() && !e.closest('.lp-skip')).map((e) => [e, e.getBoundingClientRect()])
  .filter(([, r]) => r.width && (r.width < least || r.height < least)).map(([e, r]) => `${Math.round(r.width)}×${Math.round(r.height)} ${e.outerHTML.slice(0, 90)}`)"""
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


def faults_at_twice(page: Page, *, is_tabbed: bool = True) -> list[str]:
    """Everything wrong with the page at 200 % on a screen of 1440 × 900: sideways scroll, cut text, bars over half of it; then by Tab alone. It is left at desk width."""
    page.set_viewport_size(TWICE)  # type: ignore[arg-type]
    faults = [f"cut: {cut}" for cut in page.evaluate(_CUT)]
    needed = page.evaluate("document.documentElement.scrollWidth")
    if needed > TWICE["width"]:
        faults.append(f"needs {needed} px: {page.evaluate(_TOO_WIDE, TWICE['width'])}")
    bars = page.evaluate(_BARS)
    if bars > TWICE["height"] / 2:
        faults.append(f"bars that stay take {bars:.0f} of {TWICE['height']} px")
    faults += faults_by_tab(page) if is_tabbed else []
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    return [f"{page.url} at 200 %: {fault}" for fault in faults]


def small_targets(page: Page, least: int = TARGET_PX) -> list[str]:
    """What is to be touched and smaller than `least` px either way, as the page stands."""
    found: list[str] = page.evaluate(_SMALL, least)
    return found


def faults_by_tab(page: Page) -> list[str]:
    """Each control that Tab does not reach, that shows no focus, or that lies under something while it has it."""
    page.evaluate("document.activeElement?.blur()")
    page.evaluate(_CONTROLS)
    faults = []
    for _ in range(TABS_MAX):
        page.keyboard.press("Tab")
        met = page.evaluate(_FOCUSED)
        if met["over"]:
            break
        faults += [f"no focus to be seen: {met['html']}"] * (not met["isMarked"]) + [f"covered while it has the focus: {met['html']}"] * (not met["isSeen"])
    faults += [f"not reached by Tab: {html}" for html in page.evaluate(_NOT_MET)]
    page.evaluate("document.activeElement?.blur()")
    return faults
