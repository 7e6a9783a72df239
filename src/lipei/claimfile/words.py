"""The words of a claim file that more than one door shows: roles of people, fields, purposes, causes. Pure."""

from __future__ import annotations

import re

from lipei.terms.words import Words, both

PARTY_ROLES: dict[str, Words] = {
    "insured": Words("被保险人", "insured"),
    "policyholder": Words("投保人", "policyholder"),
    "visitor": Words("来客", "visitor"),
    "agent": Words("代办人", "agent"),
    "beneficiary": Words("受益人", "beneficiary"),
    "heir": Words("继承人", "heir"),
    "guardian": Words("监护人", "guardian"),
    "payee": Words("收款人", "payee"),
    "reporter": Words("报案人", "reporter"),
}
FIELDS: dict[str, Words] = {
    "identity": Words("证件号码", "identity number"),
    "phone": Words("电话", "phone number"),
    "bank_account": Words("银行账号", "account number"),
}
PURPOSES: dict[str, Words] = {
    "verify_identity": Words("核对身份", "verifying identity"),
    "call_customer": Words("联系客户", "calling the customer"),
    "check_payee": Words("核对收款账户", "checking the payee's account"),
    "compare_papers": Words("核对单证", "comparing papers"),
    "audit": Words("审计检查", "an audit"),
}
TASK_KINDS: dict[str, Words] = {
    "find_out": Words("查明", "find out"),
    "promise": Words("答应客户", "promised"),
    "open_question": Words("答复客户", "open question"),
    "ask_paper": Words("要材料", "ask for a paper"),
    "review": Words("再看一遍", "look again"),
    "follow_up": Words("跟进", "follow up"),
    "adjustment": Words("看调整", "look at an adjustment"),
}
TURNS: dict[str, Words] = {
    "front_desk": Words("等前台", "Front desk"),
    "handler": Words("等理赔员", "Handler"),
    "investigator": Words("等调查员", "Investigator"),
    "assessor": Words("等核损员", "Assessor"),
    "approver": Words("等审批人", "Approver"),
    "finance_maker": Words("等财务经办", "Payments, maker"),
    "finance_checker": Words("等财务复核", "Payments, checker"),
    "archivist": Words("等档案", "Archivist"),
    "complaint_officer": Words("等投诉专员", "Complaints"),
    "customer": Words("等客户", "Customer"),
    "nobody": Words("已办完", "Done"),
}
MATTERS: dict[str, Words] = {
    "manner": Words("态度和用语", "Manner and words"),
    "waiting": Words("等得太久、跑得太多", "Waiting and journeys"),
    "papers": Words("要的材料", "Papers asked for"),
    "information": Words("讲得不清、前后不一", "Unclear or contradictory information"),
    "decision": Words("理赔决定", "The decision on a claim"),
    "amount": Words("赔付金额", "The amount paid"),
    "sale": Words("销售时的说法", "What was said at the sale"),
    "privacy": Words("个人信息", "Personal data"),
    "other": Words("别的事", "Something else"),
}
"""What customers are upset about or complain of: said at the counter, counted with the complaints."""
ANSWER_BY: dict[str, Words] = {
    "phone": Words("打电话", "By phone"),
    "letter": Words("寄信", "By letter"),
    "counter": Words("来柜台听答复", "At the counter"),
}
CAUSES: dict[str, Words] = {
    "accident": Words("意外", "Accident"),
    "illness": Words("疾病", "Illness"),
}
SEXES: dict[str, Words] = {
    "F": Words("女", "female"),
    "M": Words("男", "male"),
}
RELATIONS: dict[str, Words] = {
    "self": Words("本人", "self"),
    "spouse": Words("配偶", "spouse"),
    "child": Words("子女", "child"),
    "parent": Words("父母", "parent"),
    "other": Words("其他", "other"),
}
# Answers that no product asks for but the desk does.
FACT_LABELS: dict[str, Words] = {
    "account": Words("客户的陈述", "The account"),
    "happened_time": Words("大概几点", "About what time"),
    "place": Words("地点", "Place"),
    "hospital": Words("医院", "Hospital"),
    "diagnosis": Words("诊断", "Diagnosis"),
    "estimated_cost": Words("客户估计的金额", "Rough amount as told"),
    "other_insurance": Words("别家保险", "Other insurance"),
    "plate": Words("车牌", "Number plate"),
}

SOURCE_PAPERS: dict[str, str] = {
    "费用清单": "itemised bill",
    "住院费用清单": "itemised bill",
    "票据": "receipts",
    "出院小结": "discharge summary",
    "医嘱单": "doctor's orders",
    "病历": "medical record",
    "既往病历": "earlier medical records",
    "交警事故认定书": "traffic police's accident report",
    "社保结算单": "settlement sheet of social insurance",
    "意外事故证明": "proof of the accident",
    "申请书": "claim application",
    "估损单": "estimate",
    "维修发票": "repair invoice",
    "损失清单": "list of losses",
    "事故认定书": "police finding",
    "延误证明": "carrier's proof of the delay",
}
"""How sources name the usual papers, in English."""
_PLACE = re.compile(r"(?P<paper>[^\s第；]+?)\s*(?:第\s*(?P<page>\d{1,5})\s*页)?")


_BILLS = {"motor": "估损单", "property": "损失清单"}


def page_of_bill(page: int, *, line: str) -> str:
    """How the file names a page of the bill as a source, by the line of the terms: `费用清单第 17 页`, `估损单第 2 页`."""
    return f"{_BILLS.get(line, '费用清单')}第 {page} 页"


def source_in_words(text: str) -> Words:
    """A source as it was written; in English too where it only names usual papers and their pages, else as it stands."""
    told: list[str] = []
    for part in text.split("；"):
        found = _PLACE.fullmatch(part.strip())
        paper = SOURCE_PAPERS.get(found["paper"]) if found else None
        if found is None or paper is None:
            return both(text)
        told.append(f"{paper}, page {found['page']}" if found["page"] else paper)
    return Words(text, "; ".join(told))
