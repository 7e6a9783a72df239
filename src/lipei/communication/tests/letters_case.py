"""Letters as they are written: one full example of each kind, the stay of 方玉兰 told in both languages."""

from __future__ import annotations

from typing import Any


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


HANDLER = {
    "name": both("沈怀瑾", "Shen Huaijin"),
    "phone": both("400-000-0000 转 4187", "400-000-0000 ext. 4187"),
    "staff_number": "1187",
}
CLERK = {
    "name": both("陆听澜", "Lu Tinglan"),
    "phone": both("400-000-0000 转 2031", "400-000-0000 ext. 2031"),
    "staff_number": "2031",
}
APPROVER = {"name": both("顾维桢", "Gu Weizhen")}
REMEDIES = {"ask": HANDLER, "review_days": 15, "regulator_phone": "12378", "limitation_years": 2}
IMPLANT = both(
    "植入人体的医用材料，每次住院以人民币 25,000 元为限；医院书面说明没有同类材料可以替代的，不受此限。",
    "Material implanted in the body is covered up to RMB 25,000 for each stay; where the hospital states in writing "
    "that no comparable material exists, this limit does not apply.",
)


def clause(number: str, zh: str, en: str, text: dict[str, str]) -> dict[str, Any]:
    return {"id": number, "label": both(zh, en), "text": text}


SPECIAL = clause(
    "2.4.3",
    "第 2.4 条第 3 项",
    "Clause 2.4(3)",
    both(
        "特需病房、特需陪护的费用，不属于本合同保障范围。",
        "The cost of private wards and private attendance is not covered by this contract.",
    ),
)
BED = clause(
    "2.2.1",
    "第 2.2 条第 1 项",
    "Clause 2.2(1)",
    both("床位费每日以人民币 120 元为限。", "Bed charges are covered up to RMB 120 a day."),
)
IMPLANTS = clause("2.2.5", "第 2.2 条第 5 项", "Clause 2.2(5)", IMPLANT)
SOCIAL = clause(
    "2.3.1",
    "第 2.3 条第 1 项",
    "Clause 2.3(1)",
    both(
        "社会医疗保险已经支付的部分，从合理费用中扣除。",
        "What social medical insurance has paid is deducted from the reasonable costs.",
    ),
)
DEDUCTIBLE = clause(
    "2.3.2",
    "第 2.3 条第 2 项",
    "Clause 2.3(2)",
    both("每一保险年度的免赔额为人民币 2,000 元。", "The deductible for each insurance year is RMB 2,000."),
)
RATIO = clause(
    "2.3.3",
    "第 2.3 条第 3 项",
    "Clause 2.3(3)",
    both(
        "三级医院：20,000 元以内的部分付 80%，超过的部分付 90%。",
        "Tertiary hospitals: 80% of the first RMB 20,000 and 90% of the rest.",
    ),
)
CASH = clause(
    "3.1",
    "第 3.1 条",
    "Clause 3.1",
    both("住院津贴自第 4 日起，每日人民币 150 元。", "Hospital cash is RMB 150 a day from the fourth day."),
)


def line(
    effect: str, label: dict[str, str], amount: int, fact: dict[str, str], *clauses: dict[str, Any]
) -> dict[str, Any]:
    return {"effect": effect, "label": label, "amount": amount, "fact": fact, "clauses": list(clauses)}


LINES = [
    line(
        "less", both("特需陪护费", "private attendance"), 240_000, both("清单第 22 页", "Cost list, page 22"), SPECIAL
    ),
    line(
        "less",
        both("床位费超出部分", "bed charges above the limit"),
        28_000,
        both("每日 140 元，共 14 日", "RMB 140 a day for 14 days"),
        BED,
    ),
    line(
        "less",
        both("植入材料超出部分", "implant above the limit"),
        350_000,
        both("清单第 17 页，28,500.00 元", "Cost list, page 17: ¥28,500.00"),
        IMPLANTS,
    ),
    line(
        "less",
        both("社保已付", "paid by social insurance"),
        3_120_680,
        both("社保结算单", "Social insurance statement"),
        SOCIAL,
    ),
    line(
        "less",
        both("年度免赔额", "annual deductible"),
        140_000,
        both("每年 2,000 元，今年 3 月已抵 600 元", "RMB 2,000 a year, of which RMB 600 was used in March"),
        DEDUCTIBLE,
    ),
    line(
        "less",
        both("自付比例", "your share"),
        496_337,
        both("三级医院，20,000 元以内付 80%，以上付 90%", "Tertiary hospital: 80% up to RMB 20,000, 90% above"),
        RATIO,
    ),
    line(
        "plus",
        both("住院津贴", "hospital cash"),
        165_000,
        both("第 4 日起 11 日，每日 150 元", "11 days from day 4, RMB 150 each"),
        CASH,
    ),
]
CHANGE = {
    "what": both(
        "如果医院书面说明这种植入材料没有同类可以替代，限额就不适用。",
        "If the hospital states in writing that no comparable implant exists, the limit does not apply.",
    ),
    "how": both("请主治医生写一份，或由我们去问。", "Please ask the treating doctor for such a note, or let us ask."),
    "gain": 315_000,
    "answer_days": 5,
}


def frame(kind: str, language: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "language": language,
        "number": "TZ-2026-004187-1",
        "claim_number": "JH-2026-004187",
        "date": "2026-11-27",
        "sender": {
            "insurer": both("青禾示例保险股份有限公司", "Qinghe Example Insurance Co., Ltd."),
            "branch": both("镜湖支公司", "Jinghu Branch"),
            "address": both("镜湖市示例路 1 号", "1 Example Road, Jinghu"),
            "phone": "400-000-0000",
        },
        "to": {"name": both("方玉兰", "Fang Yulan"), "title": both("女士", "Ms")},
        "handler": HANDLER,
        "check": {"address": "status.example", "code": "7KQ4-M2PD-9XWA"},
    }


RECKONING = {
    "asked": 6_842_050,
    "asked_fact": both(
        "镜湖市第一人民医院 2026-10-28 至 2026-11-11 住院票据",
        "Inpatient bill of Jinghu First People’s Hospital, 2026-10-28 to 2026-11-11",
    ),
    "changes": [CHANGE],
    "remedies": REMEDIES,
    "decided_by": APPROVER,
    "pay_by": "2026-12-07",
    "account": {"bank": both("示例银行", "Example Bank"), "tail": "0042"},
}
PRIVATE_ROOM = {
    "label": both("特需病房和陪护", "Private ward and attendance"),
    "amount": 240_000,
    "facts": [
        {
            "what": both(
                "11 月 2 日至 11 月 9 日，住在特需病房，另付陪护费 2,400.00 元",
                "From 2 to 9 November the stay was in a private ward, with ¥2,400.00 charged for attendance",
            ),
            "source": both("清单第 22 页", "cost list, page 22"),
        }
    ],
    "clauses": [SPECIAL],
    "why": both(
        "清单把这笔费用列为“特需陪护”，正是这一条写明不在保障范围内的。",
        "The cost list names this charge “private attendance”, which is what this clause leaves outside the cover.",
    ),
}
DRUNK = {
    "label": both("2026-10-03 车辆碰撞的修理费", "Repairs after the collision on 2026-10-03"),
    "amount": 1_864_000,
    "facts": [
        {
            "what": both(
                "驾驶人血液酒精含量 96 毫克/100 毫升，属于醉酒驾驶",
                "The driver’s blood alcohol was 96 mg per 100 ml, which is driving while drunk",
            ),
            "source": both("镜湖市公安局交警支队鉴定书 2026-103", "Jinghu traffic police, expert report 2026-103"),
        },
        {
            "what": both("出事时由本人驾驶", "You were driving at the time"),
            "source": both("事故认定书、您的陈述", "accident report; your statement"),
        },
    ],
    "clauses": [
        clause(
            "8.1.2",
            "第 8.1 条第 2 项",
            "Clause 8.1(2)",
            both(
                "驾驶人饮酒后驾驶被保险机动车造成的损失，保险人不负责赔偿。",
                "Loss caused while the insured vehicle is driven after drinking alcohol is not covered.",
            ),
        )
    ],
    "why": both(
        "鉴定结论和事故认定书都认定饮酒后驾驶；投保时，这一条已用加粗字写明，并由您在 2026-02-11 签名确认听过说明。",
        "Both the expert report and the accident report find driving after drinking. When you took out the policy this clause was shown in bold, and on 2026-02-11 you signed that it had been explained to you.",
    ),
}
PAPERS = [
    (
        "JH1120-017-01",
        both("理赔申请书", "Claim application"),
        both("原件", "Original"),
        both("1 份 2 页", "1 (2 pages)"),
        both("镜湖支公司 盒 12", "Jinghu, box 12"),
    ),
    (
        "JH1120-017-02",
        both("身份证 2 张（方玉兰、周砚秋）", "2 identity cards (Fang Yulan, Zhou Yanqiu)"),
        both("看过原件", "Seen"),
        both("2 张", "2"),
        both("当场退还", "Given back"),
    ),
    (
        "JH1120-017-03",
        both("授权委托书", "Letter of authority"),
        both("原件", "Original"),
        both("1 份 1 页", "1 (1 page)"),
        both("镜湖支公司 盒 12", "Jinghu, box 12"),
    ),
    (
        "JH1120-017-04",
        both("出院小结", "Discharge summary"),
        both("原件", "Original"),
        both("1 份 3 页", "1 (3 pages)"),
        both("镜湖支公司 盒 12", "Jinghu, box 12"),
    ),
    (
        "JH1120-017-05",
        both("住院费用票据", "Hospital bill"),
        both("电子", "Electronic"),
        both("票号尾号 8841", "No. ending 8841"),
        both("电子库", "Electronic vault"),
    ),
    (
        "JH1120-017-06",
        both("费用清单", "Cost list"),
        both("电子", "Electronic"),
        both("24 页", "24 pages"),
        both("电子库", "Electronic vault"),
    ),
]
KEPT = [
    {"number": number, "name": name, "form": form, "count": count, "place": place, "returned": number.endswith("-02")}
    for number, name, form, count, place in PAPERS
]
ABOUT = both("方玉兰女士的住院理赔", "Ms Fang Yulan’s hospital claim")
