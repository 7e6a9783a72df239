"""Example values of login and my work, as the design shows them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lipei.terms.words import Words

YOURS = Words("您来做", "you")
DETERMINE = Words("核定 30 日", "determination, 30 days")


def left(days: int) -> Words:
    """The chip of a running clock."""
    return Words(f"剩 {days} 天", f"{days} days left")


def row(number: str, name: tuple[str, str], matter: tuple[str, str], do: tuple[str, str], **more: Any) -> dict[str, Any]:
    """One claim of the list; `clock` = (chip, which, kind, used, paused)."""
    chip, which, kind, used, paused = more.pop("clock")
    sentence = Words(f"期限已用 {used}%", f"{used}% of the period used")
    return {
        "number": f"JH-2026-{number}", "name": Words(*name), "matter": Words(*matter), "do": Words(*do), "url": "/claim/",
        "clock": {"chip": chip, "which": which, "kind": kind, "used": used, "paused": paused, "sentence": sentence},
        "turn": YOURS, "note_url": "/note", "call_url": "/call", **more,
    }  # fmt: skip


PAPERS = Words("收集单证", "papers")
DECISION = Words("决定", "decision")

GROUPS = [
    {"label": Words("今天必须做完", "Must be done today"), "count": 2, "rows": [
        row("003871", ("卢晚亭", "Lu Wanting"), ("骨折住院", "fracture, inpatient"), ("写明 2 处核减的理由", "Give the reasons for 2 cuts"), clock=(Words("今天 24:00", "today 24:00"), DETERMINE, "late", 100, 0), stage=DECISION, claimed=1824000, chosen=True),
        row("004102", ("邱望川", "Qiu Wangchuan"), ("车窗受损", "window damaged"), ("回电：说明缺行驶证复印件", "Call back: the licence copy is missing"), clock=(Words("今天 17:00", "today 17:00"), Words("答应回电", "promised call"), "late", 37, 0), stage=PAPERS, claimed=215000),
    ]},
    {"label": Words("三天内", "Within three days"), "count": 3, "rows": [
        row("003544", ("贺兰栀", "He Lanzhi"), ("重大疾病", "critical illness"), ("确认收款账户户名", "Confirm the name on the account"), clock=(left(3), Words("付款 10 日", "payment, 10 days"), "soon", 80, 0), stage=Words("付款", "payment"), claimed=30000000),
        row("003907", ("祁寒松", "Qi Hansong"), ("等待期内就医", "within the waiting period"), ("送出拒赔通知书", "Send the letter of refusal"), clock=(left(3), Words("拒赔书面 3 日", "written refusal, 3 days"), "soon", 0, 0), stage=DECISION, turn=Words("等顾维桢", "Gu Weizhen"), claimed=521000),
        row("003890", ("罗映雪", "Luo Yingxue"), ("门诊手术", "day surgery"), ("核对社保结算单", "Check the social insurance statement"), clock=(left(3), DETERMINE, "soon", 90, 0), stage=Words("理算", "calculation"), claimed=648050),
    ]},
    {"label": Words("十四天内", "Within fourteen days"), "count": 2, "rows": [
        row("003955", ("柳拂堤", "Liu Fudi"), ("意外伤残", "accident, disability"), ("等伤残鉴定意见，先付医疗费", "Opinion on disability awaited; pay the medical part first"), clock=(left(6), DETERMINE, "", 73, 9), stage=Words("费用审核", "assessment"), claimed=4130000),
        row("003302", ("上官云袖慕容雪", "Shangguan Yunxiu Murong Xue"), ("房屋水渍", "water damage"), ("先付无争议的 12,400.00", "Pay the undisputed 12,400.00 first"), clock=(left(12), Words("先付 60 日", "advance, 60 days"), "", 80, 0), stage=Words("核损", "assessment"), turn=Words("等温见素", "Wen Jiansu"), claimed=9999999999),
    ]},
    {"label": Words("时钟已停，等别人", "Clock stopped, waiting for others"), "count": 1, "rows": [
        row("003990", ("严渡", "Yan Du"), ("住院", "inpatient"), ("补件通知 11-21 送达，12-01 电话问候", "Notice delivered 11-21; call on 12-01"), clock=(Words("停 6 天", "6 days stopped"), Words("等客户补件", "waiting for papers"), "wait", 33, 17), stage=PAPERS, turn=Words("等客户", "customer"), claimed=1),
    ]},
]  # fmt: skip

MY_WORK: dict[str, Any] = {
    "today": date(2026, 11, 27), "must": 2, "groups": GROUPS, "more": {"url": "?page=2", "count": 10},
    "views": [
        {"label": Words("按期限", "By due date"), "url": "?view=due", "count": 23, "current": True},
        {"label": Words("等我做", "My turn"), "url": "?view=mine", "count": 16},
        {"label": Words("等别人", "Waiting for others"), "url": "?view=others", "count": 7},
        {"label": Words("答应过客户的", "Promised"), "url": "?view=promised", "count": 4},
        {"label": Words("全部", "All"), "url": "?view=all"},
    ],
    "chosen": {
        "heading": Words("下一步 · 今天 24:00 前", "Next · before 24:00 today"), "number": "JH-2026-003871", "title": Words("写明 2 处核减的理由", "Give the reasons for 2 cuts"),
        "text": Words("卢晚亭，34 岁，踝骨骨折住院 6 天。审批人昨天退回，只差这一项。", "Lu Wanting, 34, six days in hospital with a broken ankle. Returned yesterday; only this is left."),
        "owed": 1290640, "claimed": 1824000, "url": "/claim/",
        "checks": [
            {"text": Words("单证 6 份，全部核过", "6 papers, all checked")}, {"text": Words("计算与条款一致", "Calculation agrees with the terms")},
            {"state": "no", "text": Words("护具费、陪床费的核减没有写事实", "The cuts of brace and companion bed lack a fact"), "note": Words("条款已有，缺“凭什么这样认定”", "The clause is there; the ground is missing")},
        ],
    },
    "due_days": [{"day": date(2026, 11, 27) + timedelta(days=d), "number": n, "url": f"?due={d}", "kind": k} for d, n, k in ((0, 2, "late"), (3, 3, "soon"), (4, 0, ""), (5, 0, ""), (6, 1, ""), (7, 0, ""), (10, 1, ""), (11, 0, ""), (12, 1, ""), (13, 1, ""))],
    "due_url": "/board/",
    "promises": [
        {"when": Words("今天 17:00 前", "before 17:00 today"), "who": Words("邱望川", "Qiu Wangchuan"), "what": Words("说明缺哪份材料", "say which paper is missing"), "url": "/claim/"},
        {"by": date(2026, 12, 1), "who": Words("周砚秋（方玉兰的女儿）", "Zhou Yanqiu (Fang Yulan's daughter)"), "what": Words("告诉她复核结果", "tell her the result of the review"), "url": "/claim/"},
    ],
}  # fmt: skip

NOTHING: dict[str, Any] = {
    "today": date(2026, 11, 27), "must": 0,
    "empty": {"why": Words("现在没有等您的事。", "Nothing waits for you now."), "fill": Words("新立的案件和客户补来的材料会出现在这里。", "New claims and papers that come in appear here."), "url": "/board/", "link": Words("看看同事的", "See your colleagues' work")},
}  # fmt: skip


def badge(role: tuple[str, str], name: tuple[str, str], does: tuple[str, str], waiting: tuple[str, str]) -> dict[str, Any]:
    """One name badge of the demo."""
    return {"role": Words(*role), "name": Words(*name), "does": Words(*does), "waits": Words(*waiting), "action": "/badge"}


LOGIN: dict[str, Any] = {
    "action": "/login/", "fault": False, "insurer": Words("青禾示例保险", "Qinghe Example Insurance"), "forgot_url": "/forgot", "sso_url": "/sso",
    "public": [{"label": Words("查理赔进度（凭回执上的查询码）", "Where my claim stands (code on the receipt)"), "url": "/status"}, {"label": Words("取号机", "Ticket machine"), "url": "/kiosk"}, {"label": Words("叫号屏", "Call display"), "url": "/display"}],
    "footer": [{"label": Words("无障碍说明", "Accessibility"), "url": "/accessibility"}],
    "groups": [
        {"label": Words("柜台与客户", "Counter and customer"), "cards": [
            badge(("前台", "Front desk"), ("陆听澜", "Lu Tinglan"), ("接待、收件、说明", "receives, takes papers, explains"), ("大堂 5 人在等", "5 waiting in the hall")),
            badge(("客户", "Customer"), ("方玉兰", "Fang Yulan"), ("看自己的理赔到哪一步", "sees where the claim stands"), ("1 件进行中", "1 in progress")),
        ]},
        {"label": Words("办案", "Handling"), "cards": [
            badge(("理赔员", "Claims handler"), ("沈怀瑾", "Shen Huaijin"), ("立案、核责、计算", "registers, verifies, calculates"), ("2 件今天到期", "2 due today")),
            badge(("调查员", "Investigator"), ("韩松屿", "Han Songyu"), ("现场查勘、访谈、证据", "visits, interviews, evidence"), ("3 个约定", "3 appointments")),
            badge(("核损员", "Assessor"), ("温见素", "Wen Jiansu"), ("费用与损失审核，逐项说明", "checks costs item by item"), ("6 件待审", "6 to assess")),
        ]},
        {"label": Words("决定与付款", "Deciding and paying"), "cards": [
            badge(("审批人", "Approver"), ("顾维桢", "Gu Weizhen"), ("不审自己的计算", "never approves her own calculation"), ("4 件待决定", "4 to decide")),
            badge(("财务经办", "Cashier"), ("高望舒", "Gao Wangshu"), ("制作付款", "prepares payments"), ("9 笔待制", "9 to prepare")),
            badge(("财务复核", "Second cashier"), ("程以宁", "Cheng Yining"), ("核对并放行，不放自己做的", "checks and releases, never his own"), ("7 笔待放行", "7 to release")),
        ]},
        {"label": Words("照看", "Looking after"), "cards": [
            badge(("主管", "Supervisor"), ("许念慈", "Xu Nianci"), ("时限、人手、堵点、服务", "dates, people, blockages, service"), ("6 件要决定", "6 to decide")),
            badge(("审计", "Auditor"), ("邵清和", "Shao Qinghe"), ("看得见一切，什么也不改", "sees all, changes nothing"), ("只读", "read only")),
            badge(("管理员", "Administrator"), ("祝修远", "Zhu Xiuyuan"), ("管条款，不碰案件", "keeps the terms, touches no claim"), ("1 版条款待生效", "1 edition to come")),
        ]},
    ],
}  # fmt: skip
