"""再交一份: a customer sends a paper that is missing as photos or PDF, let in by the code on the receipt; examined like any other paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from lipei.claimfile import moving
from lipei.documents.cases import case_of
from lipei.documents.commands import receive_document
from lipei.documents.contents import BYTES_MAX
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.terms.words import Words

FILES_MAX = 6
"""Photos or files of one paper sent at once."""
BYTES_TOGETHER_MAX = 4 * BYTES_MAX
WHAT = Words("材料还没有收到", "The paper has not reached us yet")
VERBS = frozenset({"visitor.paper"})


@dataclass(frozen=True, slots=True)
class SentIn:
    """A paper that was sent in: its name and the custody numbers of its files."""

    label: Words
    numbers: tuple[str, ...]


@command("visitor.paper")
def send_in_paper(number: str, *, kind: str, contents: Sequence[bytes], by: Actor, why: str = "", at: dt.datetime = NOW) -> SentIn:
    """Take in one missing paper of a claim that was applied for, as files; all of them, or none. Refused with the fault of each file.

    What is not missing is not taken from here: it would only be looked at twice.
    """
    claim = moving.locked_claim(number, by=by)
    if claim.requested_at is None:
        raise Refused("conflict", Words("申请还没有签名，材料要先交到柜台", "The application is not signed yet; the papers come to the counter first"),
                      do=Words("请打上面的电话，我们约一个时间。", "Please call the number above; we agree on a time."))
    row = case_of(claim).standing(kind)
    not_missing = Words("这一份现在不缺", "This paper is not missing now") if kind else Words("还没有选是哪一份", "Which paper it is was not chosen yet")
    faults = [] if row is not None and row.is_lacking else [Missing(not_missing, do=Words("请从缺的材料里选一份。", "Choose one of the papers that are missing."), field="kind")]
    refuse_if(faults + _files_faults(contents), WHAT)
    assert row is not None  # no faults
    numbers = [_received(number, kind=kind, content=content, nth=n, of=len(contents), by=by) for n, content in enumerate(contents, 1)]
    return SentIn(row.paper.label, tuple(numbers))


def _files_faults(contents: Sequence[bytes]) -> list[Missing]:
    if not contents:
        return [Missing(Words("还没有选照片或文件", "No photo or file was chosen yet"), do=Words("请拍照，或选一个 PDF、JPEG、PNG。", "Take a photo, or choose a PDF, JPEG or PNG."), field="content")]
    if len(contents) > FILES_MAX:
        return [Missing(Words(f"一次选了 {len(contents)} 个，最多 {FILES_MAX} 个", f"{len(contents)} were chosen at once; the most is {FILES_MAX}"),
                        do=Words("页数多的，请做成一个 PDF 再交。", "Put many pages into one PDF."), field="content")]
    together = sum(len(content) for content in contents)
    if together > BYTES_TOGETHER_MAX:
        most = BYTES_TOGETHER_MAX // 1024 // 1024
        return [Missing(Words(f"加起来超过 {most} MB", f"Together they are above {most} MB"), do=Words("请少选几张，分几次交。", "Choose fewer and send them one after another."), field="content")]
    return []


def _received(number: str, *, kind: str, content: bytes, nth: int, of: int, by: Actor) -> str:
    """One file taken in; its faults are named with its place when there are several."""
    try:
        return receive_document(number, kind=kind, form="electronic", received_from=by.name, content=content, by=by)
    except Refused as refused:
        if of == 1:
            raise Refused(refused.code, WHAT, missing=refused.missing) from refused
        faults = (Missing(Words(f"第 {nth} 个：{m.what.zh}", f"No. {nth}: {m.what.en}"), why=m.why, do=m.do, field=m.field) for m in refused.missing)
        raise Refused(refused.code, WHAT, missing=tuple(faults)) from refused
