"""The names of letters, channels and states of delivery. Pure."""

from __future__ import annotations

from lipei.terms.words import Words

LETTER_KINDS: dict[str, Words] = {
    "acknowledgement": Words("受理通知书", "Acknowledgement"),
    "supplement_notice": Words("一次性补件通知书", "Notice of missing papers"),
    "decision_pay": Words("理赔决定通知书", "Decision letter"),
    "decision_part": Words("部分赔付决定通知书", "Decision letter (in part)"),
    "decision_refuse": Words("拒赔通知书", "Refusal letter"),
    "calculation_statement": Words("理赔计算书", "Calculation statement"),
    "closing": Words("结案通知书", "Closing letter"),
    "claim_form": Words("索赔申请书", "Claim form"),
    "custody_receipt": Words("单证保管回执", "Custody receipt"),
    "complaint_receipt": Words("投诉回执", "Receipt of a complaint"),
}
CHANNELS: dict[str, Words] = {
    "post": Words("邮寄", "Post"),
    "sms": Words("短信", "Text message"),
    "email": Words("电子邮件", "E-mail"),
    "counter": Words("柜台", "Counter"),
    "phone": Words("电话", "Phone"),
    "visit": Words("面谈", "Visit"),
}
LETTER_STATES: dict[str, Words] = {
    "ready": Words("待寄", "ready to go"),
    "handed_over": Words("已寄出，等送达", "sent, delivery awaited"),
    "confirmed": Words("已送达", "delivered"),
    "failed": Words("没寄出", "not sent"),
}
DIRECTIONS: dict[str, Words] = {"in": Words("客户来", "from the customer"), "out": Words("我们去", "from us")}
