"""Example values of the supervisor's board, as the design shows them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lipei.terms.words import Words
from tests.browser.gallery.claim import at

DUE = (4, 0, 0, 5, 6, 3, 7, 5, 0, 0, 9, 4, 6, 5)


def stage(zh: str, en: str, number: int, median: str, usual: int, stuck: int = 0) -> dict[str, Any]:
    """One stage with its median against the usual."""
    return {
        "word": Words(zh, en), "number": number, "url": f"/claims?stage={en}", "median": median, "usual": Words(f"{usual} 天", f"{usual} days"), "hot": bool(stuck),
        "stuck": Words(f"{stuck} 件停住", f"{stuck} stuck") if stuck else "", "stuck_url": "/claims?stuck=1",
    }  # fmt: skip


def person(zh: str, en: str, points: int, claims: int, more: tuple[str, str] = ("", ""), over: bool = False) -> dict[str, Any]:
    """One handler's effort."""
    about = Words(f"{points} 点 · {claims} 件" + (f" · {more[0]}" if more[0] else ""), f"{points} points · {claims} claims" + (f" · {more[1]}" if more[1] else ""))
    return {"name": Words(zh, en), "url": "/claims?handler=1", "points": points, "about": about, "over": over}


def counter(name: tuple[str, str], ticket: tuple[str, str], note: tuple[str, str], quiet: bool = False) -> dict[str, Any]:
    """One counter of the hall."""
    return {"name": Words(*name), "ticket": Words(*ticket), "note": Words(*note), "quiet": quiet}


def figure(measure: tuple[str, str], value: tuple[str, str], formula: tuple[str, str]) -> dict[str, Any]:
    """One figure of service with its formula."""
    return {"measure": Words(*measure), "value": Words(*value), "formula": Words(*formula), "url": "/claims?measure=1"}


BOARD: dict[str, Any] = {
    "title": Words("今天的镜湖", "Jinghu today"), "now": at(11, 27, 10, 26), "open": {"count": 146, "url": "/claims?open=1"},
    "actions": [{"label": Words("换支公司", "Another branch"), "url": "?branch=1"}, {"label": Words("导出", "Export"), "url": "?export=1"}],
    "questions": [
        {"question": Words("会不会超期？", "Will anything be late?"), "url": "/claims?late=1", "figures": [{"number": 0, "unit": Words("件超期，", "late,")}, {"number": 9, "unit": Words("件三天内到期", "due in three days")}], "note": Words("今天 4 件，都有人在做", "4 today, all in hand")},
        {"question": Words("哪里堵住了？", "Where is it stuck?"), "url": "/claims?stuck=1", "figures": [{"number": 5, "unit": Words("件停在原地", "standing still")}], "note": Words("收件 3，调查 2，超过平常天数", "papers 3, enquiry 2, beyond the usual days")},
        {"question": Words("时钟停着的", "Clocks that are stopped"), "url": "/claims?stopped=1", "figures": [{"number": 12, "unit": Words("件等客户补件", "waiting for papers")}], "note": Words("最久 19 天，约了今天电话", "longest 19 days, call arranged today")},
        {"question": Words("大堂怎么样？", "How is the hall?"), "url": "/hall", "figures": [{"number": 5, "unit": Words("位在等，最久 9 分钟", "waiting, longest 9 minutes")}], "note": Words("答应 10 分钟", "10 promised")},
    ],
    "due": {"note": Words("按法定期限，周末顺延到周一", "by law; a weekend moves the end to Monday"), "total": 54, "url": "/claims?due=14", "days": [
        {"day": date(2026, 11, 27) + timedelta(days=d), "number": n, "url": f"/claims?due={d}", "kind": "late" if d == 0 else "soon" if d == 3 else "", "rest": d in (1, 2, 8, 9)} for d, n in enumerate(DUE)]},
    "waiting": {"count": 6, "url": "/decisions", "more": 3, "more_url": "/decisions", "rows": [
        {"what": Words("第二次补件的理由", "Why papers are asked for twice"), "about": Words("JH-2026-003955 · 韩松屿 · 已等 1 天", "JH-2026-003955 · Han Songyu · waiting 1 day"), "link": Words("看理由", "See why"), "url": "/d1"},
        {"what": Words("换人：家属在同一医院", "Another handler: family works at the hospital"), "about": Words("JH-2026-004120 · 容若溪 · 今天", "JH-2026-004120 · Rong Ruoxi · today"), "link": Words("指派", "Assign"), "url": "/d2"},
        {"what": Words("投诉答复，12-03 到期", "Answer to a complaint, due 12-03"), "about": Words("TS-2026-0088 · 霍明之 · 第 9 天", "TS-2026-0088 · Huo Mingzhi · day 9"), "link": Words("看草稿", "See the draft"), "url": "/d3"},
    ]},
    "stages": [
        stage("立案", "Registering", 8, "0.4", 1), stage("核责", "Cover", 21, "1.8", 3), stage("收集单证", "Papers", 39, "6.2", 5, 3), stage("调查", "Enquiry", 9, "11.0", 10, 2), stage("核损", "Assessment", 18, "2.9", 4),
        stage("理算", "Calculation", 11, "0.6", 1), stage("复核", "Review", 14, "1.1", 2), stage("决定", "Decision", 4, "0.5", 1), stage("付款", "Payment", 16, "2.1", 5), stage("结案", "Closing", 6, "3.0", 5),
    ],
    "people": {"low": 30, "high": 38, "most": 50, "how_url": "/effort", "rows": [
        person("沈怀瑾", "Shen Huaijin", 31, 23), person("容若溪", "Rong Ruoxi", 44, 19, ("3 件重大疾病", "3 critical illness"), over=True), person("简青梧", "Jian Qingwu", 26, 27),
        person("喻知白", "Yu Zhibai", 36, 16, ("1 件有争议", "1 disputed")), person("罗敷远", "Luo Fuyuan", 33, 21), person("钟离雪", "Zhongli Xue", 29, 18, ("周一休假", "away Monday")),
    ], "suggestion": {"text": Words("容若溪多了 6 点，简青梧有空。建议转 2 件住院案，不换已经和客户说过话的人。", "Rong Ruoxi has 6 points too many, Jian Qingwu has room. Move 2 inpatient claims, none where the customer knows the handler."), "url": "/move", "label": Words("看是哪两件", "See which two")}},
    "hall": {"at": Words("实时 10:26:04", "live 10:26:04"), "url": "/hall", "forecast": Words("照今天的来客，11 点到 12 点要 4 个柜台，现在 3 个。", "At today's rate 4 counters are needed from 11 to 12; there are 3."), "how_url": "/how", "counters": [
        counter(("1 号", "No. 1"), ("B011", "B011"), ("说明 12 分", "explaining 12 min")), counter(("2 号", "No. 2"), ("A022", "A022"), ("收件 6 分", "papers 6 min")), counter(("3 号", "No. 3"), ("A024", "A024"), ("迎接 0 分", "welcome 0 min")),
        counter(("4 号", "No. 4"), ("休息", "rest"), ("难谈之后，到 10:35", "after a hard talk, until 10:35"), quiet=True), counter(("安静间", "Quiet room"), ("C003", "C003"), ("倾听 18 分", "listening 18 min"), quiet=True),
    ]},
    "service": {"note": Words("近 90 天，公式写在旁边", "last 90 days, formula beside it"), "url": "/quarter", "link": Words("和上一季比", "Compare with last quarter"), "rows": [
        figure(("收齐单证到付款，中位", "Papers complete to payment, median"), ("2.1 天", "2.1 days"), ("付款日 − 单证收齐日", "day of payment − day complete")),
        figure(("获赔率", "Paid"), ("98.2%", "98.2%"), ("已付 1,603 ÷（已付 1,603 + 拒付 29）", "paid 1,603 ÷ (paid 1,603 + refused 29)")),
        figure(("只补一次件", "Asked for papers once only"), ("97.4%", "97.4%"), ("第二次要件 11 ÷ 要过件 423，每件有理由", "asked twice 11 ÷ asked 423, each with a reason")),
        figure(("一次办成", "Done in one visit"), ("71.0%", "71.0%"), ("没有再来的来访 ÷ 全部来访", "visits without another ÷ all visits")),
        figure(("投诉", "Complaints"), ("3 件", "3"), ("每千件 1.9；最多的原因：结果没讲清楚", "1.9 in a thousand; mostly: the result was not made clear")),
    ]},
}  # fmt: skip
