"""Letters as they are written: the calculation, the claim application and the notices of the same stay."""

from __future__ import annotations

from typing import Any

from lipei.communication.tests.letters_case import (
    ABOUT,
    BED,
    CASH,
    CLERK,
    DEDUCTIBLE,
    HANDLER,
    IMPLANTS,
    KEPT,
    RATIO,
    REMEDIES,
    SOCIAL,
    SPECIAL,
    both,
    clause,
)


def step(
    number: int, label: dict[str, str], of: dict[str, Any], arithmetic: str, after: int, **more: Any
) -> dict[str, Any]:
    return {
        "number": str(number),
        "label": label,
        "clause": of,
        "arithmetic": arithmetic,
        "after": after,
        "bound": True,
        **more,
    }


def operand(name: dict[str, str], value: str, source: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "value": value, "source": source}


BILL = both("住院票据", "hospital bill")
STEPS = [
    step(
        1,
        both("减去不保的费用", "Costs outside the cover"),
        SPECIAL,
        "68,420.50 − 2,400.00 = 66,020.50",
        6_602_050,
        operands=[
            operand(both("票据总额", "bill total"), "68,420.50", BILL),
            operand(both("特需陪护", "private attendance"), "2,400.00", both("清单第 22 页", "cost list, p. 22")),
        ],
    ),
    step(
        2,
        both("床位费限额", "Limit on bed charges"),
        BED,
        "(140.00 − 120.00) × 14 = 280.00; 66,020.50 − 280.00 = 65,740.50",
        6_574_050,
        operands=[
            operand(both("每日床位费", "bed charge a day"), "140.00", BILL),
            operand(both("住院日数", "days of stay"), "14", both("出院小结", "discharge summary")),
        ],
    ),
    step(
        3,
        both("植入材料限额", "Limit on implants"),
        IMPLANTS,
        "28,500.00 − 25,000.00 = 3,500.00; 65,740.50 − 3,500.00 = 62,240.50",
        6_224_050,
        operands=[operand(both("植入材料", "implant"), "28,500.00", both("清单第 17 页", "cost list, p. 17"))],
        notes=[
            both(
                "查过例外：医院有没有写明“没有同类可以替代”。还没有收到这份说明。",
                "Exception looked at: whether the hospital states that no comparable implant exists. No such statement has come in.",
            )
        ],
    ),
    step(
        4,
        both("扣除社保已付", "Paid by social insurance"),
        SOCIAL,
        "62,240.50 − 31,206.80 = 31,033.70",
        3_103_370,
        operands=[
            operand(both("社保支付", "social insurance"), "31,206.80", both("社保结算单", "social insurance statement"))
        ],
    ),
    step(
        5,
        both("年度免赔额", "Annual deductible"),
        DEDUCTIBLE,
        "2,000.00 − 600.00 = 1,400.00; 31,033.70 − 1,400.00 = 29,633.70",
        2_963_370,
        operands=[
            operand(both("今年已抵", "used this year"), "600.00", both("2026 年 3 月的理赔", "claim of March 2026"))
        ],
    ),
    step(
        6,
        both("给付比例", "Share we pay"),
        RATIO,
        "20,000.00 × 80% + 9,633.70 × 90% = 24,670.33",
        2_467_033,
        operands=[operand(both("医院等级", "hospital level"), "3", both("医院名录", "hospital register"))],
    ),
    step(
        7,
        both("年度限额", "Annual limit"),
        clause(
            "2.3.4",
            "第 2.3 条第 4 项",
            "Clause 2.3(4)",
            both("每一保险年度以人民币 200,000 元为限。", "Covered up to RMB 200,000 in each insurance year."),
        ),
        "24,670.33 ≤ 200,000.00",
        2_467_033,
        bound=False,
    ),
]
for earlier, later in zip([{"after": 6_842_050}, *STEPS], STEPS, strict=False):
    later["before"] = earlier["after"]
TRIED = [
    {
        "label": both("等待期内发病", "Illness within the waiting period"),
        "clause": clause(
            "5.1",
            "第 5.1 条",
            "Clause 5.1",
            both(
                "合同生效后 30 日内发生的疾病，不在保障范围内。", "Illness within 30 days of inception is not covered."
            ),
        ),
        "why": both(
            "不适用：合同 2024-03-01 生效，2026-10-28 发病。",
            "Does not apply: in force since 2024-03-01; the illness began on 2026-10-28.",
        ),
    },
    {
        "label": both("既往病史", "Earlier illness"),
        "clause": clause(
            "5.2",
            "第 5.2 条",
            "Clause 5.2",
            both("投保前已确诊的疾病，不在保障范围内。", "An illness diagnosed before the application is not covered."),
        ),
        "why": both(
            "不适用：病历里没有投保以前的诊断。",
            "Does not apply: the medical record shows no diagnosis before the application.",
        ),
    },
]
CALCULATION: dict[str, Any] = {
    "number": "JS-2026-004187-1",
    "decision_number": "TZ-2026-004187-1",
    "product": both("安心住院医疗保险", "Anxin Inpatient Medical Insurance"),
    "edition": "2026",
    "policy_number": "P-2024-0301-5521",
    "insured": both("方玉兰", "Fang Yulan"),
    "event": both(
        "2026-10-28 至 2026-11-11，镜湖市第一人民医院住院 14 日",
        "Stay of 14 days at Jinghu First People’s Hospital, 2026-10-28 to 2026-11-11",
    ),
    "asked": 6_842_050,
    "coverages": [
        {"name": both("住院医疗费用", "Inpatient costs"), "steps": STEPS, "owed": 2_467_033},
        {
            "name": both("住院津贴", "Hospital cash"),
            "owed": 165_000,
            "steps": [
                step(
                    1,
                    both("自第 4 日起按日给付", "Daily from the fourth day"),
                    CASH,
                    "(14 − 3) × 150.00 = 1,650.00",
                    165_000,
                    before=0,
                    operands=[operand(both("住院日数", "days of stay"), "14", both("出院小结", "discharge summary"))],
                )
            ],
        },
    ],
    "exclusions": TRIED,
    "clauses": [SPECIAL, BED, IMPLANTS, SOCIAL, DEDUCTIBLE, RATIO, CASH],
    "owed": 2_632_033,
    "calculated_by": HANDLER,
    "reviewed_by": {"name": both("顾维桢", "Gu Weizhen")},
    "engine": "lipei-calculation 1",
    "fingerprint": "9f2c 41ab 77d0 e07d",
}


def answer(zh: str, en: str, value: dict[str, str] | str) -> dict[str, Any]:
    return {"label": both(zh, en), "value": value}


FORM: dict[str, Any] = {
    "number": "SQ-2026-004187",
    "date": "2026-11-20",
    "product": both("安心住院医疗保险", "Anxin Inpatient Medical Insurance"),
    "policy_number": "P-2024-0301-5521",
    "handler": CLERK,
    "claimant": [
        answer(
            "姓名",
            "Name",
            both(
                "方玉兰（由周砚秋代办，女儿，持授权委托书）",
                "Fang Yulan (represented by Zhou Yanqiu, daughter, letter of authority shown)",
            ),
        ),
        answer("证件", "Identity paper", both("居民身份证 ••••••••••••0042", "Identity card ••••••••••••0042")),
        answer("电话", "Phone", "199 0000 0042"),
    ],
    "insured": [
        answer("姓名", "Name", both("方玉兰", "Fang Yulan")),
        answer("与申请人", "Relation", both("本人", "the claimant herself")),
    ],
    "event": [
        answer("时间", "When", "2026-10-28"),
        answer("地点", "Where", both("镜湖市，家中", "At home in Jinghu")),
        answer("就诊医院", "Hospital", both("镜湖市第一人民医院，三级", "Jinghu First People’s Hospital, tertiary")),
        answer("诊断", "Diagnosis", both("右股骨颈骨折", "Fracture of the right femoral neck")),
    ],
    "account_of": both(
        "早上在阳台收衣服，地滑，一下坐在地上，腿就动不了了。女儿叫的救护车。",
        "I was taking in the washing on the balcony that morning. The floor was slippery, I sat down hard and could not move my leg. My daughter called the ambulance.",
    ),
    "asked": [
        {
            "label": both("住院医疗费用", "Inpatient costs"),
            "papers": both("住院费用票据、费用清单", "Hospital bill, cost list"),
            "amount": 6_842_050,
        },
        {"label": both("住院津贴", "Hospital cash"), "papers": both("出院小结", "Discharge summary"), "amount": None},
    ],
    "payee": [
        answer("户名", "Account holder", both("方玉兰", "Fang Yulan")),
        answer("开户行", "Bank", both("示例银行镜湖支行", "Example Bank, Jinghu")),
        answer("账号", "Account", "6200 0000 0000 0042"),
    ],
    "papers": [{"name": paper["name"], "count": paper["count"]} for paper in KEPT],
    "other_insurance": both(
        "有社会医疗保险，已结算 31,206.80 元；没有别的商业医疗保险。",
        "Social medical insurance, which has paid ¥31,206.80; no other commercial medical insurance.",
    ),
}
ACKNOWLEDGED: dict[str, Any] = {
    "number": "SL-2026-004187",
    "date": "2026-11-20",
    "handler": CLERK,
    "about": ABOUT,
    "requested_on": "2026-11-20",
    "hear_by": "2026-11-27",
    "hear_rule": both("通常 5 个工作日。", "As a rule 5 working days."),
    "received": [{"name": paper["name"], "count": paper["count"]} for paper in KEPT],
    "missing": [both("社保结算单", "Social insurance statement")],
}
SUPPLEMENT: dict[str, Any] = {
    "number": "BJ-2026-004187",
    "date": "2026-11-23",
    "about": ABOUT,
    "requested_on": "2026-11-20",
    "wanted_by": "2026-12-04",
    "decide_days_left": 27,
    "papers": [
        {
            "name": both("社保结算单", "Social insurance statement"),
            "why": both(
                "要先知道社保付了多少，才能算出还该付多少。",
                "We must know what social insurance paid before we can say what remains.",
            ),
            "must_show": both(
                "统筹支付、个人账户支付、个人自付各多少。",
                "the amounts paid by the pool, from the personal account, and by you.",
            ),
            "how": both(
                "出院结算窗口，或社保手机应用里打印。",
                "From the hospital’s discharge desk, or print it from the social insurance app.",
            ),
            "instead": both("告诉我们，我们向社保部门查询。", "tell us, and we ask the social insurance office."),
        },
        {
            "name": both("植入材料说明", "Note on the implant"),
            "why": both(
                "医院写明没有同类可以替代的，25,000 元的限额就不适用，您可能多得 3,150.00 元。",
                "If the hospital states that no comparable implant exists, the limit of RMB 25,000 falls away and ¥3,150.00 more may be owed.",
            ),
            "how": both("请主治医生写，盖科室章。", "Ask the treating doctor; it needs the department’s stamp."),
            "instead": both(
                "也可以不交，其他部分照常决定。", "you may leave it out; the rest is decided all the same."
            ),
        },
    ],
}
CLOSED: dict[str, Any] = {
    "number": "JA-2026-004187",
    "date": "2026-12-04",
    "about": ABOUT,
    "ending": "paid",
    "closed_on": "2026-12-04",
    "payments": [
        {
            "on": "2026-12-02",
            "amount": 2_632_033,
            "to": both("方玉兰，示例银行尾号 0042", "Fang Yulan, Example Bank account ending in 0042"),
        }
    ],
    "returned": [
        {**paper, "place": both("挂号信寄回", "By registered post")}
        for paper in KEPT
        if paper["number"][-2:] in {"03", "04"}
    ],
    "kept_until": "2036-03-01",
    "kept_rule": both(
        "合同期超过一年的，从合同终止起保管十年（《保险法》第八十七条）。",
        "Contracts of more than a year are kept for ten years from their end (Insurance Law, article 87).",
    ),
    "remedies": REMEDIES,
}
RECEIPT: dict[str, Any] = {
    "number": "JH1120-017",
    "date": "2026-11-20",
    "handler": CLERK,
    "to": {"name": both("周砚秋", "Zhou Yanqiu"), "title": both("女士", "Ms")},
    "about": ABOUT,
    "received_at": "2026-11-20T10:58:00+08:00",
    "counter": both("3 号柜台", "Counter 3"),
    "giver": both("周砚秋", "Zhou Yanqiu"),
    "papers": KEPT,
    "contact_by": "2026-11-24",
    "missing": [both("社保结算单一份", "one social insurance statement")],
    "check_url": "https://status.example/r/JH1120-017/9f2c41ab77d0e07d/",
    "fingerprint": "9f2c 41ab 77d0 e07d",
}
COMPLAINED: dict[str, Any] = {
    "number": "TS-2026-000031",
    "date": "2026-11-27",
    "received_on": "2026-11-27",
    "handler": CLERK,
    "to": {"name": both("周砚秋", "Zhou Yanqiu"), "title": both("女士", "Ms")},
    "owner": {"name": both("苏砚行", "Su Yanxing"), "phone": both("400-000-0000 转 8001", "400-000-0000 ext. 8001")},
    "answer_by": "2026-12-12",
    "rule": both("《银行业保险业消费投诉处理管理办法》", "the Rules on Consumer Complaints in Banking and Insurance"),
    "agreed": both("陆听澜，2026-11-30 前：告诉您查到哪里", "Lu Tinglan, by 2026-11-30: tells you how far it is"),
    "regulator_phone": "12378",
}
