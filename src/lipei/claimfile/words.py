"""The words of a claim file that more than one door shows: roles of people, fields, purposes, causes. Pure."""

from __future__ import annotations

from lipei.terms.words import Words

PARTY_ROLES: dict[str, Words] = {
    "insured": Words("被保险人", "insured"),
    "policyholder": Words("投保人", "policyholder"),
    "visitor": Words("来客", "visitor"),
    "agent": Words("代办人", "agent"),
    "beneficiary": Words("受益人", "beneficiary"),
    "heir": Words("继承人", "heir"),
    "guardian": Words("监护人", "guardian"),
    "payee": Words("收款人", "payee"),
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
CAUSES: dict[str, Words] = {
    "accident": Words("意外", "Accident"),
    "illness": Words("疾病", "Illness"),
}
