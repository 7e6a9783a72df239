"""The report of a comparison as one HTML page that needs nothing else: figures, grey bars, tables; to be read and to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from lipei.products.book.clause_sample import Sampled
from lipei.products.book.comparing import EDGES, Compared, Share
from lipei.products.book.report_words import CLAUSE_NOTE, HEADS, ONE_SIDED, SAMPLE_NOTE, STYLE, TITLE, W
from lipei.products.book.terms_choice import Terms
from lipei.terms.edition import clause_label
from lipei.terms.money import MINUS, plain
from lipei.terms.words import Language, Words

BAR_WIDTH = 240
EDITIONS_SHOWN = 40
TEXT_CHARACTERS_MAX = 160


def page(figures: Compared, *, old: Terms, new: Terms, book: str, language: Language) -> str:
    """The whole page in one language. Amounts stand in the currency of the new terms."""
    say = _Saying(language, old, new)
    parts = [
        f"<h1>{say(TITLE)}</h1>",
        _editions(say, book),
        _counts(figures, say),
        _bands(figures, say),
        _shares(say, "by_coverage", {say.coverage(name): share for name, share in figures.by_coverage.items()}),
        _shares(say, "by_clause", {say.clause(name): share for name, share in figures.by_clause.items()}, note=CLAUSE_NOTE),
        _sample(figures.sample, say),
        _top(figures, say),
    ]
    lang = "zh-CN" if language == "zh" else "en"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{say(TITLE)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="{lang}"><head>{head}</head><body>\n' + "\n".join(parts) + "\n</body></html>\n"


class _Saying:
    """Words in the language of the page, ready for HTML, and the names of coverages and clauses."""

    def __init__(self, language: Language, old: Terms, new: Terms) -> None:
        self.language, self.old, self.new = language, old, new
        editions = [*old.editions, *new.editions]
        self.coverages = {c.id: c.label for edition in editions for c in edition.document.coverages}
        self.of_products = len({edition.document.product for edition in editions}) > 1
        self.texts = {(edition.document.product, number): words for edition in editions for number, words in edition.clauses.items()}
        self.currency = ", ".join(sorted({edition.document.currency for edition in editions}))

    def __call__(self, words: Words) -> str:
        return escape(words.in_(self.language))

    def coverage(self, name: str) -> str:
        label = self.coverages.get(name)
        return escape(name) if label is None or len(self.old.editions) > 1 else f"{self(label)} <small>{escape(name)}</small>"

    def clause(self, name: str) -> str:
        product, _, number = name.rpartition(" ")
        product = product or self.new.editions[0].document.product
        text = self.texts.get((product, number))
        shown = self(clause_label(number)) + (f" <small>{escape(product)}</small>" if self.of_products else "")
        said = "" if text is None else text.in_(self.language)
        cut = said if len(said) <= TEXT_CHARACTERS_MAX else said[:TEXT_CHARACTERS_MAX] + "…"
        return f"{shown}<br><small>{escape(cut)}</small>" if cut else shown


def _money(fen: int, *, signed: bool = False) -> str:
    return ("+" if signed and fen > 0 else "") + plain(fen)


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is words and whose others are figures."""
    body = "".join("<tr><th scope=row>" + row[0] + "</th>" + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>\n" for row in rows)
    return "<table><thead><tr>" + "".join(f"<th scope=col>{head}</th>" for head in heads) + f"</tr></thead>\n<tbody>{body}</tbody></table>"


def _heads(say: _Saying, *names: str) -> list[str]:
    return [say(HEADS[name]) for name in names]


def _editions(say: _Saying, book: str) -> str:
    pairs = [(a, b) for a, b in zip(say.old.editions, say.new.editions, strict=True) if a is not b]
    rows = [[f"{say(a.title)} {escape(a.code)}", f"{say(b.title)} {escape(b.code)}"] for a, b in pairs[:EDITIONS_SHOWN]]
    more = f"<p>{say(W['more_editions'].with_(more=len(pairs) - EDITIONS_SHOWN))}</p>" if len(pairs) > EDITIONS_SHOWN else ""
    lead = say(W["lead"].with_(book=book, currency=say.currency))
    return f"<p>{lead}</p><div class=words>{_table(_heads(say, 'old_edition', 'new_edition'), rows)}</div>{more}"


def _counts(figures: Compared, say: _Saying) -> str:
    sums = _table(
        _heads(say, "sum", "claims", "old", "new", "difference"),
        [
            [say(HEADS["more"]), f"{figures.more:,}", "", "", _money(figures.gained, signed=True)],
            [say(HEADS["less"]), f"{figures.less:,}", "", "", _money(-figures.lost)],
            [say(HEADS["same"]), f"{figures.same:,}", "", "", _money(0)],
            [say(HEADS["all"]), f"{figures.both:,}", _money(figures.old), _money(figures.new), _money(figures.difference, signed=True)],
        ],
    )
    names = ("read", "both", "only_old", "only_new", "neither", "lines_without_claim")
    counted = _table(_heads(say, "rows", "number"), [[say(HEADS[name]), f"{getattr(figures, name):,}"] for name in names])
    note = f"<p>{say(ONE_SIDED)}</p>" if figures.read != figures.both else ""
    return f"<h2>{say(W['who'])}</h2>{sums}<h2>{say(W['counted'])}</h2>{counted}{note}"


def band_words(place: int) -> str:
    """The band at that place as `+100.00 … +999.99`."""
    middle = len(EDGES)
    if place == middle:
        return "0.00"
    index = abs(place - middle) - 1
    sign = "+" if place > middle else MINUS
    low = f"{sign}{plain(EDGES[index])}"
    return f"{low} …" if index + 1 == len(EDGES) else f"{low} … {sign}{plain(EDGES[index + 1] - 1)}"


def _bands(figures: Compared, say: _Saying) -> str:
    most = max([1, *figures.bands])
    rows = [[band_words(place), f"{count:,}", _bar(count, most)] for place, count in enumerate(figures.bands)]
    return f"<h2>{say(W['bands'])}</h2>{_table(_heads(say, 'band', 'claims', 'bar'), rows)}"


def _bar(count: int, most: int) -> str:
    width = BAR_WIDTH * count // most or (1 if count else 0)
    return f'<svg width="{BAR_WIDTH}" height="12" role="presentation"><rect width="{width}" height="12" fill="#9a9a9a"/></svg>'


def _shares(say: _Saying, title: str, shares: dict[str, Share], *, note: Words | None = None) -> str:
    rows = [
        [name, _money(share.old), _money(share.new), _money(share.difference, signed=True), f"{share.more:,}", f"{share.less:,}"]
        for name, share in shares.items()
    ]
    said = f"<p>{say(note)}</p>" if note is not None else ""
    return f"<h2>{say(W[title])}</h2>{said}{_table(_heads(say, title, 'old', 'new', 'difference', 'more', 'less'), rows)}"


def _sample(sample: Sequence[Sampled], say: _Saying) -> str:
    if not sample:
        return ""
    clauses = sorted({clause for one in sample for clause in (*one.by_old, *one.by_new)}, key=_numbered)
    rows = []
    for clause in clauses:
        was = sum(one.by_old.get(clause, 0) for one in sample)
        now = sum(one.by_new.get(clause, 0) for one in sample)
        touched = sum(one.by_old.get(clause, 0) != one.by_new.get(clause, 0) for one in sample)
        rows.append([say.clause(clause), _money(was, signed=True), _money(now, signed=True), _money(now - was, signed=True), f"{touched:,}"])
    old, new = sum(one.old for one in sample), sum(one.new for one in sample)
    rows.append([say(HEADS["all"]), _money(old), _money(new), _money(new - old, signed=True), f"{len(sample):,}"])
    note = SAMPLE_NOTE.with_(sample=f"{len(sample):,}")
    return f"<h2>{say(W['sample'])}</h2><p>{say(note)}</p>{_table(_heads(say, 'step_clause', 'under_old', 'under_new', 'difference', 'touched'), rows)}"


def _numbered(clause: str) -> tuple[str, list[tuple[int, str]]]:
    product, _, number = clause.rpartition(" ")
    return product, [(int(part), "") if part.isdigit() else (0, part) for part in number.split(".")]


def _top(figures: Compared, say: _Saying) -> str:
    rows = [
        [f"{escape(claim)} <small>{escape(policy)}</small>", _money(old), _money(new), _money(change, signed=True)]
        for change, claim, policy, old, new in figures.top
    ]
    return f"<h2>{say(W['top'])}</h2>{_table(_heads(say, 'claim', 'old', 'new', 'difference'), rows)}"
