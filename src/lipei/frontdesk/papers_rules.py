"""What comes over the counter: papers by the checklist, the items of the bill, the application read back and signed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lipei.filing.refusal import Missing
from lipei.frontdesk.reading import PAGES_MAX, Reader
from lipei.terms.words import Words

ITEMS_MAX = 60
OTHERS_MAX = 3
DAYS_MAX = 999
FORMS = frozenset({"original", "copy", "sighted"})
NO_PROOF = frozenset({"application", "identity", "power_of_attorney", "guardianship", "succession"})
BILLS = frozenset({"receipts", "itemised_bill"})
APPLICATION_PAGES = 2


@dataclass(frozen=True, slots=True)
class PaperIn:
    """One paper handed over: kind, form, pages, and whether it went straight back."""

    kind: str
    form: str
    pages: int
    is_returned: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class ItemIn:
    """One line of the bill as claimed (fen), with the page it stands on."""

    category: str
    label: str
    days: int | None
    claimed: int
    page: int | None


@dataclass(frozen=True, slots=True)
class PapersIn:
    """All that was taken in at one visit; `is_signed` when the application was read back and signed."""

    papers: tuple[PaperIn, ...]
    items: tuple[ItemIn, ...]
    place: str
    is_signed: bool

    @property
    def proofs(self) -> int:
        """How many of the papers prove something about the loss."""
        return sum(p.kind not in NO_PROOF for p in self.papers)

    @property
    def claimed(self) -> int:
        """The sum of the items in fen."""
        return sum(i.claimed for i in self.items)


def papers_of(
    told: Mapping[str, str], *, today: date, kinds: Mapping[str, Words], categories: Mapping[str, Words], needs_application: bool
) -> tuple[PapersIn | None, list[Missing]]:
    """The papers as told, or everything that is missing or wrong. `kinds` are the codes of the checklist."""
    read = Reader(told, today)
    papers = [p for p in (_paper(read, kind, label) for kind, label in kinds.items() if kind != "application") if p]
    papers += [p for p in (_other(read, n) for n in range(1, OTHERS_MAX + 1)) if p]
    items = tuple(i for i in (item_of(read, n, categories=categories) for n in range(1, ITEMS_MAX + 1)) if i)
    if needs_application:
        papers += _application(read)
        _needs_proof(read, papers)
    elif not papers and not items and not read.faults:
        read.fault("papers", Words("还没有收到任何材料", "No paper was taken in yet"))
    _needs_items(read, papers, items)
    place = _place(read, papers)
    return (None, read.faults) if read.faults else (PapersIn(tuple(papers), items, place, needs_application), [])


def _paper(read: Reader, kind: str, label: Words) -> PaperIn | None:
    form = read.raw(f"paper_{kind}_form")
    if not form:
        return None
    if form not in FORMS:
        read.fault(f"paper_{kind}_form", Words(f"{label.zh}：请选原件、复印件或看过原件", f"{label.en}: choose original, copy or original seen"))
        return None
    pages = read.whole(f"paper_{kind}_pages", Words(f"{label.zh}的页数", f"Pages of {label.en}"), most=PAGES_MAX)
    return PaperIn(kind, form, pages or 1, is_returned=form == "sighted" or read.raw(f"paper_{kind}_keeping") == "returned")


def _other(read: Reader, n: int) -> PaperIn | None:
    title = read.text(f"other_{n}_title", Words(f"其他材料 {n}", f"Other paper {n}"), most=60)
    form = read.raw(f"other_{n}_form")
    if not title and not form:
        return None
    if not title:
        read.fault(f"other_{n}_title", Words(f"其他材料 {n} 还没有写是什么", f"What other paper {n} is, is missing"))
    if form not in FORMS:
        read.fault(f"other_{n}_form", Words(f"其他材料 {n}：请选原件、复印件或看过原件", f"Other paper {n}: choose original, copy or original seen"))
        return None
    pages = read.whole(f"other_{n}_pages", Words(f"其他材料 {n} 的页数", f"Pages of other paper {n}"), most=PAGES_MAX)
    return PaperIn("other", form, pages or 1, form == "sighted" or read.raw(f"other_{n}_keeping") == "returned", title)


def item_of(read: Reader, n: int, *, categories: Mapping[str, Words]) -> ItemIn | None:
    """Line `n` of the bill; None when nothing was typed in it or something in it is wrong."""
    names = [f"item_{n}_{part}" for part in ("category", "label", "days", "page", "amount")]
    if not any(read.raw(name) for name in names):
        return None
    faults_before = len(read.faults)
    line = Words(f"清单第 {n} 行", f"Line {n} of the bill")
    category = read.choice(names[0], categories, missing=Words(f"{line.zh}还没有选类别", f"{line.en}: the category is not chosen"))
    label = read.text(names[1], Words(f"{line.zh}的名称", f"{line.en}, name"), most=120)
    days = read.whole(names[2], Words(f"{line.zh}的天数", f"{line.en}, days"), most=DAYS_MAX)
    page = read.whole(names[3], Words(f"{line.zh}的页码", f"{line.en}, page"), most=PAGES_MAX)
    claimed = read.fen(names[4], missing=Words(f"{line.zh}还没有写金额", f"{line.en}: the amount is missing"))
    if len(read.faults) > faults_before or claimed is None:
        return None
    return ItemIn(category, label or categories[category].zh, days, claimed, page)


def _application(read: Reader) -> list[PaperIn]:
    why = Words("念过、签过名的申请，才能起算法定期限。", "Only a signed application, read back, starts the legal clocks.")
    read.ticked("application_read", Words("申请书还没有念给客户听", "The application was not read back to the visitor"), why=why)
    read.ticked("application_signed", Words("申请书还没有签名", "The application is not signed"), why=why)
    return [PaperIn("application", "original", APPLICATION_PAGES, is_returned=False)]


def _needs_proof(read: Reader, papers: list[PaperIn]) -> None:
    if not any(p.kind not in NO_PROOF for p in papers):
        read.fault("papers", Words("还没有任何证明材料，至少要一份", "There is no proof yet; at least one is needed"),
                   do=Words("客户今天没有带，就写“不适用：今天没有带材料”。", "If none was brought, mark the station as not applicable today."))


def _needs_items(read: Reader, papers: list[PaperIn], items: tuple[ItemIn, ...]) -> None:
    has_bill = any(p.kind in BILLS for p in papers)
    if has_bill and not items and not any((f.field or "").startswith("item_") for f in read.faults):
        read.fault("item_1_amount", Words("收了票据或清单，还没有记下费用项目", "A bill was taken in, but none of its items is written down"))


def _place(read: Reader, papers: list[PaperIn]) -> str:
    place = read.text("place", Words("存放位置", "The place"), most=60)
    if not place and any(not p.is_returned for p in papers):
        read.fault("place", Words("留下的材料还没有写放在哪里", "Where the kept papers lie is missing"),
                   do=Words("请写柜号和盒号，如“3 柜 · 盒 12”。", "Write cabinet and box, such as “cabinet 3, box 12”."))
    return place


def returned_of(told: Mapping[str, str], *, today: date, kept: frozenset[str]) -> tuple[tuple[tuple[str, ...], str], list[Missing]]:
    """Which kept papers (custody numbers) go back, and who signed for them (purpose: collect papers)."""
    read = Reader(told, today)
    chosen = tuple(number for number in sorted(kept) if read.raw(f"return_{number}"))
    if not chosen:
        read.fault("papers", Words("还没有选要退还的材料", "No paper to give back was chosen"))
    signed_by = read.text("signed_by", Words("签收人", "Signed by"), most=60, missing=Words("还没有写谁签收", "Who signs for them is missing"))
    return (chosen, signed_by), read.faults
