"""Example values of the calculation and the decision, as the design shows them."""

from __future__ import annotations

from typing import Any

from lipei.terms.words import Words, both
from tests.browser.gallery.claim import ENTRIES, at

CLAIM = {"name": Words("方玉兰", "Fang Yulan"), "matter": Words("骨折住院", "fracture, inpatient"), "number": "JH-2026-004187", "url": "/claim/"}
EDITION = Words("2026 版", "edition of 2026")


def ref(text: str, number: str) -> dict[str, Words]:
    """A clause number in both languages."""
    return {"ref": Words(text, f"Clause {number}")}


def step(number: int, name: Words, clause: dict[str, Words], sentence: Words, before: int, after: int, **more: Any) -> dict[str, Any]:
    """One step of the ladder, amounts in fen."""
    return {"number": number, "name": name, "clause": clause, "sentence": sentence, "before": before, "after": after, **more}


BED = Words("床位费每日以人民币 120 元为限。", "The bed fee is limited to CNY 120 a day.")
IMPLANT = Words(
    "植入人体的医用材料，每次住院以人民币 25,000 元为限。经治医院书面说明无同类材料可以替代的，不受此限。",
    "Medical material implanted in the body is limited to CNY 25,000 for each stay. The limit does not apply where the treating hospital states in writing that no material of the same kind could take its place.",
)
SPECIAL = Words("特需病房、特需陪护的费用，不属于本合同保障范围。", "Costs of special wards and special attendance are outside this contract.")

COSTS = [
    step(1, Words("费用合计", "Costs together"), ref("第 2.1 条", "2.1"), Words("9 类，清单 24 页，合计与票据相符", "9 kinds, list of 24 pages, totals agree"), 6842050, 6842050),
    step(2, Words("特需陪护费不在保障内", "Special attendance is not covered"), ref("第 2.4 条第 3 项", "2.4(3)"), both("68,420.50 − 2,400.00"), 6842050, 6602050, bound=True, quoted=SPECIAL, edition=EDITION),
    step(3, Words("床位费每日限额", "Daily limit of the bed fee"), ref("第 2.2 条第 1 项", "2.2(1)"), Words("1,960.00 → 14 日 × 120.00 = 1,680.00，减 280.00", "1,960.00 → 14 days × 120.00 = 1,680.00, less 280.00"), 6602050, 6574050, bound=True, quoted=BED, edition=EDITION),
    step(4, Words("植入材料每次住院限额", "Limit on implants for each stay"), ref("第 2.2 条第 5 项", "2.2(5)"), Words("28,500.00 → 25,000.00，减 3,500.00", "28,500.00 → 25,000.00, less 3,500.00"), 6574050, 6224050, bound=True, open=True, quoted=IMPLANT, edition=EDITION,
         explained=Words("这一条会减少给付。投保时已提示并说明：2025-12-28，周砚秋签名。", "This clause reduces payment. It was pointed out and explained on 2025-12-28, signed by Zhou Yanqiu."), record_url="/record",
         operands=[{"name": Words("植入材料费", "Implants"), "amount": 2850000, "source": Words("费用清单第 17 页，3 行", "list of costs, page 17, 3 lines"), "url": "/paper"}, {"name": Words("每次住院限额", "Limit for each stay"), "amount": 2500000, "source": Words("第 2.2 条第 5 项", "Clause 2.2(5)"), "url": "/clause"}, {"name": Words("取小，减去", "the smaller; less"), "amount": 350000}],
         exceptions=Words("试过。档案里没有医院“无同类材料可以替代”的书面说明，所以例外不适用。补上这份说明，应付增加 ¥3,150.00。", "It was. The file holds no statement of the hospital that nothing of the kind could take its place, so the exception does not apply. With it ¥3,150.00 more would be owed."), exceptions_url="/ask", exceptions_link=Words("请客户向医院开具", "Ask the customer for it")),
    step(5, Words("减去社保已付", "Less social insurance"), ref("第 2.3 条第 1 项", "2.3(1)"), both("62,240.50 − 31,206.80"), 6224050, 3103370, remark=Words("费率按扣除社保后厘定，有备案", "the premium was set net of it, as filed")),
    step(6, Words("减去年度免赔额余额", "Less what is left of the deductible"), ref("第 2.3 条第 2 项", "2.3(2)"), Words("2,000.00 − 3 月已抵 600.00 = 1,400.00", "2,000.00 − 600.00 used in March = 1,400.00"), 3103370, 2963370, bound=True),
    step(7, Words("按段给付，三级医院", "In bands, level 3 hospital"), ref("第 2.3 条第 3 项", "2.3(3)"), both("20,000.00 × 80% + 9,633.70 × 90%\n= 16,000.00 + 8,670.33"), 2963370, 2467033),
    step(8, Words("年度限额", "Annual limit"), ref("第 2.5 条", "2.5"), Words("200,000.00 − 3,180.00 = 196,820.00，没有碰到", "200,000.00 − 3,180.00 = 196,820.00, not reached"), 2467033, 2467033),
]  # fmt: skip
DAYS = step(9, Words("第 4 日起每日 150 元", "150 a day from day 4"), ref("第 3.1 条", "3.1"), Words("（14 日 − 3 日） × 150.00", "(14 days − 3 days) × 150.00"), 0, 165000, bound=True, added=True, remark=Words("入院日算，出院日不算", "the day of entry counts, the day of leaving does not"))  # fmt: skip

CALCULATION: dict[str, Any] = {
    "claim": CLAIM, "claimed": 6842050, "owed": 2632033,
    "groups": [{"title": Words("住院医疗费用", "Inpatient costs"), "note": Words("把合理费用按合同算到应付", "from reasonable costs to what is owed"), "steps": COSTS}, {"title": Words("住院津贴", "Daily allowance"), "note": Words("每日定额", "a fixed sum a day"), "steps": [DAYS]}],
    "what_if": [
        {"label": Words("如果“医院说明材料无可替代”成立", "if “The hospital states that nothing can be substituted” applied"), "gain": 315000, "note": Words("第 4 步的限额不适用", "the limit of step 4 does not apply"), "url": "?with=a"},
        {"label": Words("补上 11-18 门诊复查票据", "Invoices of the check-up on 11-18 come"), "gain": 111600, "note": Words("1,240.00 × 90%，出院后 30 日内", "1,240.00 × 90%, within 30 days of leaving"), "url": "?with=b"},
        {"label": Words("如果“年度免赔额”此前已经减过", "had “Annual deductible” already been taken"), "gain": 126000, "note": both("1,400.00 × 90%"), "url": "?with=c"},
        {"label": Words("社保更正，少付 1,000.00", "Social insurance pays 1,000.00 less"), "gain": 90000, "note": both("1,000.00 × 90%"), "url": "?with=d"},
    ],
    "try_url": "?try=1", "took_effect": Words("2、3、4、6、9", "2, 3, 4, 6, 9"), "not_reached": Words("年度限额，用后还剩 ¥172,149.67", "annual limit; ¥172,149.67 left after this"), "tried": Words("除外责任 9 条", "9 exclusions"), "tried_url": "?exclusions=1",
    "customer_text": Words("您交来的费用是 68,420.50 元。其中 2,400.00 元不在保障范围，3,780.00 元超过限额，社保已付 31,206.80 元。其余按合同比例给付，加上 11 天津贴，一共 26,320.33 元。", "The costs you sent us come to 68,420.50. Of these 2,400.00 are not covered, 3,780.00 lie above a limit, and social insurance paid 31,206.80. The rest is paid in the ratio of the contract; with 11 days of allowance that makes 26,320.33."),
    "letter_url": "/letter",
    "statement": {"at": at(11, 27, 9, 31), "by": Words("沈怀瑾", "Shen Huaijin"), "edition": Words("2026 版，2026-01-01 起", "edition of 2026, from 2026-01-01"), "again": Words("逐字节相同", "the same to the byte"), "again_kind": "done", "fingerprint": "9f2c 41ab … e07d"},
}  # fmt: skip

PAST = (331, 346, 352, 360, 368, 374, 380, 394, 399, 406, 413, 420, 441)

DECISION: dict[str, Any] = {
    "claim": CLAIM, "title": Words("请决定：部分给付 ¥26,320.33", "Please decide: pay ¥26,320.33 in part"),
    "clock": {"chip": Words("剩 26 天", "26 days left"), "which": Words("核定 30 日，12-23 到期", "determination, 30 days, due 12-23")},
    "submitted": {"by": Words("沈怀瑾", "Shen Huaijin"), "at": at(11, 27, 9, 40)}, "asked": 6842050, "asked_url": "/items", "proposed": 2632033,
    "summary": Words("属于保障范围。社保已付 ¥31,206.80；核减 ¥6,180.00；其余按免赔额和比例计算。", "Covered. Social insurance paid ¥31,206.80; cut by ¥6,180.00; the rest by deductible and ratio."), "calculation_url": "/calculation/",
    "cuts_note": Words("3 处，逐条看", "3, one by one"),
    "cuts": [
        {"what": Words("特需陪护费", "Special attendance"), "clause": {**ref("第 2.4 条第 3 项", "2.4(3)"), "key": "c1", "title": Words("不保的费用", "Costs not covered"), "text": SPECIAL, "edition": EDITION}, "quoted": SPECIAL, "fact": Words("清单第 22 页，“特需陪护”", "list, page 22, “special attendance”"), "fact_url": "/p22", "amount": -240000},
        {"what": Words("床位费", "Bed fee"), "clause": {**ref("第 2.2 条第 1 项", "2.2(1)"), "key": "c2", "title": Words("床位费每日限额", "Daily limit of the bed fee"), "text": BED, "edition": EDITION}, "quoted": BED, "fact": Words("清单第 1 页，140.00 元 × 14 日", "list, page 1, 140.00 × 14 days"), "fact_url": "/p1", "amount": -28000},
        {"what": Words("植入材料", "Implants"), "clause": {**ref("第 2.2 条第 5 项", "2.2(5)"), "key": "c3", "title": Words("植入材料限额", "Limit on implants"), "text": IMPLANT, "edition": EDITION}, "quoted": IMPLANT, "fact": Words("清单第 17 页，28,500.00；没有医院说明", "list, page 17, 28,500.00; no statement of the hospital"), "fact_url": "/p17", "amount": -350000},
    ],
    "ambiguity": {"text": Words("“无同类材料”指同类功能还是同一材质？条文有两种通常解释时，按有利于客户的一种（保险法第 30 条）。", "Does “of the same kind” mean function or material? Of two usual readings the one in the customer's favour holds (Insurance Law, article 30)."), "url": "/opinion", "link": Words("法务意见", "Legal opinion")},
    "similar": {
        "note": Words("14 件：同一条款版本，股骨颈骨折，三级医院，近 24 个月", "14: same edition, femoral neck fracture, level 3 hospital, last 24 months"), "url": "?conditions=1", "own": 385, "low": 348, "high": 435,
        "sentence": Words("14 件相似决定的给付比例，在 33.1% 到 52.3% 之间，中位 38.7%；本件 38.5%", "14 similar decisions paid between 33.1% and 52.3%, median 38.7%; this claim 38.5%"),
        "decisions": [*({"permille": p, "url": f"/claim/?p={p}", "label": f"{p / 10}%"} for p in PAST), {"permille": 523, "url": "/claim/?p=523", "label": "52.3%", "unlike": Words("限额未适用", "limit not applied")}],
        "rows": [
            {"number": "JH-2026-002214", "url": "/c1", "amount": 2280810, "ratio": "38.0%", "unlike": Words("没有不同，植入材料同样限 25,000", "nothing; implants limited to 25,000 as well")},
            {"number": "JH-2026-000917", "url": "/c2", "amount": 2745000, "ratio": "39.4%", "unlike": Words("免赔额已用完", "deductible used up")},
            {"number": "JH-2025-009031", "url": "/c3", "amount": 3610572, "ratio": "52.3%", "unlike": Words("有医院说明，限额未适用 — 本件尚未问过", "hospital's statement, limit not applied – not asked here yet")},
        ],
    },
    "authority": {"amount": 2632033, "levels": [{"label": Words("理赔员", "Handler"), "limit": 2000000}, {"label": Words("您", "You"), "limit": 5000000, "own": True}, {"label": Words("二级审批人", "Second approver"), "limit": 20000000}], "sentence": Words("权限：理赔员 2 万，您 5 万，二级审批人 20 万；本件 26,320.33，在您的权限内", "Authority: handler 20,000, you 50,000, second approver 200,000; this claim, 26,320.33, is within yours")},
    "checks": [{"text": Words("计算由沈怀瑾做，不是您", "Calculated by Shen Huaijin, not by you")}, {"text": Words("您与客户、医院没有登记的利害关系", "No declared interest between you and customer or hospital")}, {"text": Words("反欺诈没有未结线索", "No open lead of fraud")}, {"text": Words("通知书草稿检查通过", "Draft of the letter checked"), "url": "/draft", "link": Words("看草稿", "See the draft")}],
    "decide": {
        "action": "/decide", "chosen": "part",
        "options": [
            {"value": "pay", "label": Words("同意给付 ¥26,320.33", "Pay ¥26,320.33"), "note": Words("通知书今天送出，10 日内付款", "letter today, payment within 10 days"), "button": Words("签名，同意付 ¥26,320.33", "Sign and approve ¥26,320.33")},
            {"value": "part", "label": Words("先付无争议部分，再问医院", "Pay the undisputed part, then ask the hospital"), "note": Words("付 ¥26,320.33，植入材料 ¥3,150.00 留待说明", "¥26,320.33 now; ¥3,150.00 for the implant after the statement"), "button": Words("签名，同意付 ¥26,320.33", "Sign and approve ¥26,320.33")},
            {"value": "back", "label": Words("退回沈怀瑾", "Return to Shen Huaijin"), "note": Words("写明要补什么", "say what is wanted"), "button": Words("退回沈怀瑾", "Return it")},
            {"value": "refuse", "label": Words("不属于保障范围", "Not covered"), "note": Words("须写条款、事实，3 日内发出书面通知", "clause and fact needed; letter within 3 days"), "button": Words("签名，写明不属于保障", "Sign the refusal")},
        ],
        "reason": Words("属于保障范围，计算无误。植入材料的例外没有问过客户，请先问医院；答复到后 5 日内补充决定。", "Covered, and calculated correctly. Nobody asked about the exception for implants; ask the hospital first. A further decision follows within 5 days of its answer."),
        "reason_good": Words("有事实、有下一步、有日期", "fact, next step and date are there"), "button": Words("签名，同意付 ¥26,320.33", "Sign and approve ¥26,320.33"),
        "after": Words("签名后：通知书送客户，沈怀瑾得到“问医院”的任务，高望舒得到付款单。", "After signing: the letter goes out, Shen Huaijin is asked to write to the hospital, Gao Wangshu gets the payment."), "draft_url": "/draft",
    },
    "history": {"entries": [{"at": at(11, 27, 9, 40), "kind": "key", "what": Words("提交复核，超过 ¥20,000.00", "Submitted for review, above ¥20,000.00"), "by": Words("沈怀瑾", "Shen Huaijin")}, *ENTRIES[:1], ENTRIES[2]], "url": "/entries", "count": 32},
}  # fmt: skip
