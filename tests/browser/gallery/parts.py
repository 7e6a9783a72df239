"""Example values of every component, for the gallery."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lipei.terms.words import Words
from tests.browser.gallery import board, claim, decision, desk, reception
from tests.browser.gallery.claim import at


class Told:
    """A message as Django's messages show it."""

    def __init__(self, words: str, level_tag: str) -> None:
        self.words = words
        self.level_tag = level_tag

    def __str__(self) -> str:
        return self.words


PARTS: dict[str, Any] = {
    "messages": [Told("JH-2026-004187", "success"), Told("JH-2026-004102", "warning")],
    "stages": claim.STAGES, "stations": reception.STATIONS, "entries": claim.ENTRIES, "fall": claim.CLAIM["money"]["rows"], "checks": claim.CLAIM["next"]["checks"], "next": claim.CLAIM["next"],
    "missing": claim.REFUSED["missing"], "refused_title": claim.REFUSED["title"], "calculation": decision.CALCULATION, "similar": decision.DECISION["similar"], "authority": decision.DECISION["authority"],
    "questions": board.BOARD["questions"], "days": board.BOARD["due"]["days"], "small_days": desk.MY_WORK["due_days"], "facts": claim.CLAIM["facts"], "row": desk.GROUPS[0]["rows"][0], "empty": desk.NOTHING["empty"],
    "purposes": claim.PURPOSES, "say": reception.RECEPTION["say"], "slip": reception.RECEPTION["slip"], "why": reception.RECEPTION["why"], "better": reception.RECEPTION["better"], "options": decision.DECISION["decide"]["options"],
    "short_options": reception.RECEPTION["social"], "saved_at": at(11, 27, 10, 42), "tomorrow": date(2026, 11, 27) + timedelta(days=1), "who": Words("沈怀瑾", "Shen Huaijin"), "identify": Words("核对身份", "check identity"),
    "words": {
        "title": Words("部件一览", "Components"), "begun": Words("没开始", "not begun"), "agrees": Words("相符", "agrees"), "soon": Words("快到期", "due soon"), "missing": Words("缺", "missing"), "waiting": Words("等客户", "with the customer"), "priority": Words("优先", "priority"),
        "papers": Words("收集单证", "papers"), "readings": Words("有两种理解的可能", "two readings possible"), "phone": Words("电话", "phone number"), "ref": Words("第 2.2 条第 1 项", "Clause 2.2(1)"), "bed": Words("床位费每日限额", "Daily limit of the bed fee"), "bed_text": decision.BED, "edition": Words("2026 版，2026-01-01 起", "edition of 2026, from 2026-01-01"),
        "explained": Words("投保时已说明：2025-12-28，", "Explained when taken out: 2025-12-28."), "counted": Words("54 件，往后 14 天到期", "54 claims due in 14 days"), "claims": Words("54 件", "54 claims"), "tile": Words("件三天内到期", "due in three days"), "tile_note": Words("今天 4 件，都有人在做", "4 today, all in hand"), "reason": Words("理由", "Reason"), "hint": Words("会写进通知书", "goes into the letter"),
        "fault": Words("“12,3x”不是金额；请写成 1234.50 这样", "“12,3x” is not an amount; write it like 1234.50"), "amount": Words("客户要求", "Claimed"), "hospital": Words("医院", "Hospital"), "save": Words("记好了，去收件", "Save, go to papers"), "note": Words("写记录", "Write a note"), "pause": Words("暂停，交给别的柜台", "Pause, hand to another counter"), "source": Words("条款原文", "the contract's words"),
        "translator": Words("容若溪", "Rong Ruoxi"), "original": "He slipped on the stairs.", "translation": "他在楼梯上滑倒。", "sheet": Words("一张纸", "A sheet"), "table": Words("示例表", "Example table"), "when": Words("怎么定？", "How do you decide?"), "back": Words("回到“倾听”", "Back to listening"),
    },
    "pair": [{"source": Words("客户陈述，11-20", "Customer, 11-20"), "text": Words("“起来上卫生间，地上有水，滑了一下。”", "“I got up, the floor was wet, I slipped.”")}, {"source": Words("出院小结，11-11", "Discharge summary, 11-11"), "text": Words("“患者于楼道摔倒。”", "“The patient fell in the corridor.”")}],
    "found": Words("医院 11-21 书面更正，“楼道”为笔误。沈怀瑾", "Corrected by the hospital in writing on 11-21. Shen Huaijin"),
    "columns": [{"label": Words("单证", "Paper")}, {"label": Words("保管号", "Custody"), "phone": "hide"}, {"label": Words("金额", "Amount"), "align": "r"}, {"label": Words("核验", "Checked")}],
    "rows": [
        [Words("理赔申请书", "Application"), {"custody": [{"number": "JH1120-017-01", "short": "017-01"}]}, {"amount": 1}, {"state": Words("相符", "agrees"), "kind": "done"}],
        [{"text": Words("票据", "Invoices"), "url": "/p", "note": Words("24 页", "24 pages")}, {"custody": [{"number": "JH1120-017-05", "short": "017-05", "url": "/c"}]}, {"amount": 9999999999, "url": "/a"}, {"tag": Words("收集单证", "papers")}],
    ],
    "choices": [{"value": "1", "label": Words("镜湖市第一人民医院", "Jinghu First People's Hospital")}, {"value": "2", "label": Words("镜湖市第二人民医院", "Jinghu Second People's Hospital")}],
}  # fmt: skip
