"""Example values of the claim page and the refused page, as the design shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from lipei.terms.words import Words, both

CHINA = ZoneInfo("Asia/Shanghai")


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of the example year, local time."""
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


DONE = {"state": Words("相符", "agrees"), "kind": "done"}
HELD = {"state": Words("成立", "holds"), "kind": "done"}
PURPOSES = [
    {"value": "identify", "label": Words("核对身份", "to check identity")},
    {"value": "call", "label": Words("打电话给客户", "to call the customer")},
    {"value": "pay", "label": Words("核对收款账户", "to check the account")},
]


def masked(key: str, tail: str) -> dict[str, Any]:
    """A covered phone number."""
    return {
        "label": Words("电话", "phone"), "value": f"199••••{tail}", "last": tail, "key": key, "what": Words("电话", "phone number"),
        "reveal_url": f"/reveal/{key}", "purposes": PURPOSES,
    }  # fmt: skip


def paper(name: Words, note: Words, *numbers: str, place: Words, **found: Any) -> dict[str, Any]:
    """One row of the papers."""
    custody = [{"number": f"JH1120-{n}", "short": n, "url": f"/custody/{n}"} for n in numbers]
    return {"name": name, "note": note, "custody": custody, "place": place, **(found or DONE)}


BOX = Words("镜湖 3 柜 · 盒 12", "Jinghu counter 3 · box 12")
ONLINE = Words("电子库", "electronic vault")
ORIGINAL = Words("原件", "original")

STAGES = [
    {"word": Words("报案", "Reported"), "day": date(2026, 11, 20), "state": "done"},
    {"word": Words("立案", "Registered"), "day": date(2026, 11, 20), "state": "done"},
    {"word": Words("核责", "Cover"), "day": date(2026, 11, 21), "state": "done"},
    {"word": Words("收集单证", "Papers"), "day": date(2026, 11, 26), "state": "done"},
    {"word": Words("调查", "Enquiry"), "note": Words("不需要", "not needed"), "state": "not"},
    {"word": Words("费用审核", "Assessment"), "day": date(2026, 11, 27), "state": "done"},
    {"word": Words("理算", "Calculation"), "day": date(2026, 11, 27), "state": "now"},
    *({"word": word} for word in (
        Words("复核", "Review"), Words("决定", "Decision"), Words("付款", "Payment"), Words("结案", "Closing"), Words("归档", "Archive"),
    )),
]  # fmt: skip

ENTRIES = [
    {"at": at(11, 27, 9, 31), "kind": "key", "what": Words("算出应付 ¥26,320.33", "Owed: ¥26,320.33"), "by": Words("沈怀瑾 · 依据 2026 版条款", "Shen Huaijin · terms of 2026")},
    {"at": at(11, 27, 9, 12), "what": Words("费用审核完成，核减 ¥6,180.00", "Costs assessed, cut by ¥6,180.00"), "by": Words("温见素", "Wen Jiansu")},
    {"at": at(11, 26, 15, 12), "kind": "key", "what": Words("社保结算单收到，时钟继续", "Social insurance statement received; the clock runs again"), "by": Words("周砚秋手机上传", "Zhou Yanqiu, by phone")},
    {"when": Words("停 3 天", "3 days stopped"), "kind": "pause", "what": Words("等客户补件，期限顺延到 12-23", "waiting for papers; now due 12-23")},
    {"at": at(11, 23, 9, 41), "kind": "key", "what": Words("一次性补件通知送达，时钟停", "The one notice on missing papers delivered; the clock stops"), "by": Words("短信，送达回执", "SMS, receipt of delivery")},
    {"at": at(11, 21, 14, 5), "what": Words("医院确认“楼道”为笔误", "The hospital confirms that “corridor” was a slip"), "by": Words("沈怀瑾 · 电话 4 分钟", "Shen Huaijin · call, 4 minutes")},
    {"at": at(11, 20, 10, 58), "kind": "key", "what": Words("收到索赔申请和材料，期限从今天起算（次日为第 1 天）", "Claim request and papers received; the period begins (tomorrow is day 1)"), "by": Words("陆听澜 · 3 号柜台", "Lu Tinglan · counter 3")},
]

CLAIM: dict[str, Any] = {
    "claim": {"name": Words("方玉兰", "Fang Yulan"), "matter": Words("骨折住院", "fracture, inpatient"), "number": "JH-2026-004187", "product": Words("安心住院医疗保险（2026 版）", "Anxin inpatient cover (2026)")},
    "clocks": [
        {"chip": Words("剩 26 天", "26 days left"), "which": Words("核定 30 日 · 情形复杂", "determination, 30 days · complex"), "due": Words("12-23 到期 · 停过 3 天", "due 12-23 · 3 days stopped")},
        {"chip": Words("第 7 天", "day 7"), "due": Words("11-20 收到申请", "request received 11-20")},
    ],
    "stages": STAGES,
    "told": {"text": both("那天早上六点多，我妈起来上卫生间，地上有水，滑了一下，左边胯着地，站不起来。我叫的 120。"), "source": Words("女儿周砚秋原话 · 11-20 柜台，念读确认", "The daughter Zhou Yanqiu · at the counter 11-20, read back and confirmed"), "lang": "zh"},
    "facts": [
        {"term": Words("时间", "When"), "value": both("2026-10-28 06:20"), "num": True},
        {"term": Words("地点", "Where"), "value": Words("家中卫生间", "bathroom at home"), "url": "#evidence", "link": Words("说法曾不一致，已澄清", "accounts differed, cleared up")},
        {"term": Words("伤情", "Injury"), "value": Words("左股骨颈骨折，人工股骨头置换", "fracture of the left femoral neck, hip replacement")},
        {"term": Words("医院", "Hospital"), "value": Words("镜湖市第一人民医院（三级）", "Jinghu First People's Hospital (level 3)")},
        {"term": Words("住院", "Stay"), "value": Words("2026-10-28 至 2026-11-11 · 14 天", "2026-10-28 to 2026-11-11 · 14 days"), "num": False},
        {"term": Words("第三方", "Third party"), "value": Words("无（11-24 查明）", "none (found 11-24)")},
    ],
    "people": [
        {"role": Words("被保险人", "Insured"), "name": Words("方玉兰", "Fang Yulan"), "about": Words("女 71 岁", "woman, 71"), "masks": [masked("p1", "0176")]},
        {"role": Words("代办人", "Acting for her"), "name": Words("周砚秋", "Zhou Yanqiu"), "about": Words("女儿，投保人", "daughter, policyholder"), "note": Words("授权书原件已看", "original authority seen"), "masks": [masked("p2", "0042")]},
        {"role": Words("收款人", "Payee"), "name": Words("方玉兰本人", "Fang Yulan herself"), "bank": "••••0042", "state": Words("户名相符", "name agrees"), "kind": "done"},
    ],
    "cover": {
        "note": Words("出险时有效 · 保费已交 · 意外免等待期", "in force · premium paid · no waiting period for accidents"),
        "rows": [
            {"coverage": Words("住院医疗费用", "Inpatient costs"), "estimate": 2400000, "state": Words("属于", "covered"), "kind": "done"},
            {"coverage": Words("住院津贴", "Daily allowance"), "estimate": 165000, "state": Words("属于", "covered"), "kind": "done"},
        ],
        "exclusions": Words("除外责任试过 9 条，都不适用。", "9 exclusions tried, none applies."), "exclusions_url": "/exclusions",
    },
    "money": {
        "url": "/calculation/",
        "rows": [
            {"label": Words("客户要求", "Claimed"), "amount": 6842050, "kind": "sum", "url": "/items"},
            {"label": Words("核减 3 处", "3 cuts"), "amount": -618000, "kind": "minus", "url": "/cuts"},
            {"label": Words("社保已付", "Paid by social insurance"), "amount": -3120680, "kind": "minus", "url": "/s5"},
            {"label": Words("年度免赔额余额", "Deductible left"), "amount": -140000, "kind": "minus", "url": "/s6"},
            {"label": Words("自付比例 20% / 10%", "Own share 20% / 10%"), "amount": -496337, "kind": "minus", "url": "/s7"},
            {"label": Words("住院津贴 11 日", "Allowance, 11 days"), "amount": 165000, "kind": "plus", "url": "/s9"},
            {"label": Words("应付", "Owed"), "amount": 2632033, "kind": "total", "url": "/calculation/"},
        ],
    },
    "papers": {
        "note": Words("必需 7 份，齐", "7 required, complete"), "url": "/custody",
        "rows": [
            paper(Words("理赔申请书", "Claim application"), ORIGINAL, "017-01", place=BOX),
            paper(Words("被保险人、代办人身份证", "Identity cards of both"), Words("看过原件", "originals seen"), "017-02", place=Words("11-20 当场退还，已签收", "handed back 11-20, signed for")),
            paper(Words("授权委托书", "Authority"), ORIGINAL, "017-03", place=BOX),
            paper(Words("出院小结", "Discharge summary"), ORIGINAL, "017-04", place=BOX, state=Words("相符，附医院更正", "agrees, with the hospital's correction"), kind="done"),
            paper(Words("住院费用票据、清单 24 页", "Invoices, list of 24 pages"), Words("电子", "electronic"), "017-05", "06", place=ONLINE, state=Words("合计相符，未见重复", "totals agree, no duplicates"), kind="done"),
            paper(Words("社保结算单", "Social insurance statement"), Words("11-26 补来", "came 11-26"), "017-07", place=ONLINE),
            paper(Words("门诊复查票据", "Outpatient invoices"), Words("可选，未交", "optional, not handed in"), place=Words("客户说还在找", "customer is looking"), state=Words("若补上 +1,116.00", "would add 1,116.00"), kind=""),
        ],
    },
    "evidence": {
        "note": Words("5 个事实，4 个一致，1 个矛盾已澄清", "5 facts, 4 agree, 1 contradiction cleared up"),
        "rows": [
            {"fact": Words("在家中卫生间滑倒", "Slipped in the bathroom at home"), "grounds": Words("客户陈述、120 出车记录", "account, ambulance record"), "against": Words("出院小结写“楼道”", "summary says “corridor”"), "state": Words("医院已书面更正", "corrected in writing"), "kind": "done"},
            {"fact": Words("住院 14 天", "14 days in hospital"), "grounds": Words("出院小结、床位费 14 日", "summary, 14 bed days"), **HELD},
            {"fact": Words("左股骨颈骨折", "Fracture of the femoral neck"), "grounds": Words("出院诊断、影像报告", "diagnosis, imaging report"), **HELD},
            {"fact": Words("没有第三方责任", "No third party liable"), "grounds": Words("客户陈述、物业 11-24 答复", "account, answer of the building's manager 11-24"), **HELD},
            {"fact": Words("投保前已有骨质疏松", "Osteoporosis before the policy"), "grounds": Words("2024 年体检报告", "check-up of 2024"), "against": Words("投保时没有问过这一项", "was not asked about when taken out"), "state": Words("不影响给付", "does not matter here"), "kind": ""},
        ],
    },
    "next": {
        "title": Words("提交复核", "Submit for review"), "turn": Words("由您来做", "your turn"), "button": Words("提交复核", "Submit for review"), "action": "/submit",
        "text": Words("应付 ¥26,320.33，超过您的权限 ¥20,000.00，由顾维桢决定。", "Owed: ¥26,320.33. Above your authority of ¥20,000.00; Gu Weizhen decides."),
        "checks": [
            {"text": Words("单证齐，事实清楚", "Papers complete, facts clear")},
            {"text": Words("核减 3 处，每处有条款和事实", "3 cuts, each with clause and fact")},
            {"text": Words("收款户名相符", "Payee's name agrees")},
            {"state": "warn", "text": Words("先问一句，客户可能多得 ¥3,150.00", "One question first; it may bring the customer ¥3,150.00"), "note": Words("医院能否证明植入材料无同类替代？", "Can the hospital state that there was no substitute for the implant?"), "url": "/ask", "link": Words("去问", "Ask")},
        ],
        "links": [{"label": Words("重新计算", "Calculate again"), "url": "/again"}, {"label": Words("再要一份材料", "Ask for a paper"), "url": "/paper"}, {"label": Words("转交", "Hand over"), "url": "/over"}],
    },
    "history": {"entries": ENTRIES, "url": "/entries", "count": 31},
    "note_url": "/note", "call_url": "/call", "letter_url": "/letter",
    "owner": Words("沈怀瑾", "Shen Huaijin"), "tasks_url": "/tasks",
    "tasks": [{"what": Words("告诉周女士复核结果", "Tell Ms Zhou the result of the review"), "clock": {"chip": Words("剩 4 天", "4 days left"), "which": Words("答应过客户", "promised"), "kind": ""}, "due_at": at(12, 1, 17, 0), "who": Words("沈怀瑾", "Shen Huaijin")}],
}  # fmt: skip

REFUSED: dict[str, Any] = {
    "back": {"url": "/claim/", "label": Words("邱望川 · 车窗受损", "Qiu Wangchuan · window damaged"), "number": "JH-2026-004102"},
    "title": Words("还不能提交复核，缺 4 项", "Cannot be submitted for review yet: 4 things are missing"),
    "note": Words("您填的都在，没有丢。4 项一次列全，补完就能提交。", "Everything you wrote is kept. All 4 are listed at once; with them it can be submitted."),
    "missing": [
        {"what": Words("行驶证复印件还没收到", "The copy of the vehicle licence has not come"), "why": Words("认定车辆是不是保单上的那一辆，要看它。今天 17:00 前您答应回电。", "It shows whether this is the insured vehicle. You promised to call back by 17:00 today."), "label": Words("请客户补", "Ask the customer"), "url": "/ask", "main": True},
        {"what": Words("“玻璃更换”没有写凭什么认定", "“Glass replaced” has no ground"), "why": Words("核减 350.00 有条款（第 8 条），缺事实。通知书里每一处减少都要有事实。", "The cut of 350.00 has its clause (8) and lacks a fact. The letter needs a fact for each cut."), "label": Words("去写", "Write it"), "url": "/write"},
        {"what": Words("损失日期 2026-11-31 不存在", "The loss date 2026-11-31 does not exist"), "why": Words("11 月只有 30 天。报案录音里客户说的是“上月最后一天”，也许是 2026-10-31。", "November has 30 days. On the recording the customer says “the last day of last month”, perhaps 2026-10-31."), "label": Words("去改", "Change it"), "url": "/change"},
        {"what": Words("应付 1,800.00，还没有收款账户", "1,800.00 is owed and there is no account yet"), "why": Words("付款要付到客户本人名下；没有本人账户的，说明原因，由主管批准付给监护人或法定代理人账户。", "It is paid to an account in the customer's own name; without one, say why, and the supervisor may approve a guardian's."), "label": Words("去填", "Fill it in"), "url": "/fill"},
    ],
    "not_applicable_url": "/na",
    "have": [Words("保单有效，保费已交", "Policy in force, premium paid"), Words("报案人身份已核实", "Identity of the reporter checked"), Words("照片 5 张，时间地点相符", "5 photographs, time and place agree"), Words("维修报价 2 份，已比较", "2 repair quotes compared"), Words("计算 2026-11-27 09:58", "Calculated 2026-11-27 09:58")],
    "clock": {"chip": Words("剩 19 天", "19 days left"), "which": Words("核定 30 日，12-16 到期", "determination, 30 days, due 12-16")},
    "clock_note": Words("请客户补件的通知送达后，时钟会停；材料一到就继续。", "The clock stops when the notice is delivered, and runs on as soon as the papers come."),
    "help": Words("条款问法务俞既明，流程问主管许念慈。", "Clauses: Yu Jiming, legal. Process: Xu Nianci, supervisor."), "help_url": "/help", "help_link": Words("写给他们", "Write to them"),
}  # fmt: skip
