"""The papers as a claims department knows them: why each is needed, how to get it, and what serves instead. Pure.

Which papers a case needs is said by the terms document and by who claims; here stands only what helps to get them.
"""

from __future__ import annotations

from dataclasses import dataclass

from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Help:
    """What helps a customer with one kind of paper."""

    why: Words
    how: Words
    instead: Words | None = None


HELP: dict[str, Help] = {
    "application": Help(
        Words("没有签名的申请书，期限不能起算。", "Without a signed application no time limit can start."),
        Words("柜台现场填写，念读后签名。", "Filled in at the counter, read back, then signed."),
    ),
    "identity": Help(
        Words("要知道是谁申请、钱付给谁。", "We must know who claims and who is paid."),
        Words("带上身份证、户口簿或护照，看过当场退还。", "Bring the identity card, household register or passport; returned at once."),
    ),
    "receipts": Help(
        Words("每一笔金额都要对得上票据。", "Every amount must agree with a receipt."),
        Words("医院收费窗口开具；电子票据可在医院的公众平台下载。", "From the hospital's cashier; electronic receipts can be downloaded from the hospital."),
        Words("原件遗失的，可用医院盖章的存根复印件。", "If the original is lost, a copy of the counterfoil stamped by the hospital serves."),
    ),
    "itemised_bill": Help(
        Words("费用要逐项看，才知道哪一项按哪一条付。", "Costs are looked at item by item, each under its clause."),
        Words("医院住院结算处打印，盖章。", "Printed and stamped by the hospital's discharge office."),
    ),
    "discharge_summary": Help(
        Words("诊断和住院日期从这里来。", "It gives the diagnosis and the days of the stay."),
        Words("出院时由病区医生开具；遗失的到病案室复印盖章。", "Written by the ward's doctor; if lost, a stamped copy from the records office."),
        Words("可用病案首页和诊断证明代替。", "The front page of the record with a certificate of diagnosis serves instead."),
    ),
    "settlement_sheet": Help(
        Words("社保已经付的部分要先减去。", "What social insurance paid is subtracted first."),
        Words("医院医保窗口或当地医保经办机构打印。", "Printed by the hospital's insurance desk or the local insurance office."),
        Words("票据上已列明社保支付的，可不另交。", "Not needed separately where the receipt states what social insurance paid."),
    ),
    "accident_proof": Help(
        Words("意外没有等待期，所以要看是怎么发生的。", "Accidents have no waiting period, so we look at how it happened."),
        Words("120 出车记录、急诊病历、单位或居委会说明、交警认定书，任一份即可。", "Any one: ambulance record, emergency notes, a statement of the employer or the neighbourhood office, the police report."),
        Words("没有第三方证明的，可写经过说明并签名，由我们核实。", "Without a third party's proof, a signed account serves and we verify it."),
    ),
    "hospital_statement": Help(
        Words("有了它，植入材料可以不受限额。", "With it the limit on implants may not apply."),
        Words("请主管医生写明“无同类材料可以替代”，医院盖章。", "Ask the attending doctor to state that nothing could be substituted, with the hospital's stamp."),
    ),
    "medical_record": Help(
        Words("要看诊断和治疗的经过。", "It shows how it was diagnosed and treated."),
        Words("医院病案室复印盖章；您授权后我们也可以去取。", "A stamped copy from the records office; with your authority we can fetch it."),
    ),
    "licences": Help(
        Words("要看驾驶资格和是不是这辆车。", "They show the right to drive, and that it was this car."),
        Words("带上驾驶证和行驶证，看过当场退还；电子证件也可以。", "Bring both licences; they are returned at once. Electronic ones serve as well."),
    ),
    "police_finding": Help(
        Words("时间、经过和责任从这里来。", "Time, course and fault come from it."),
        Words("处理事故的交警队开具；小事故可在交警的手机平台上自己生成。", "From the traffic police who dealt with the accident; for small ones from their phone service."),
        Words("还没有出的，先告诉我们是哪个交警队、哪天能出。", "If it is not out yet, tell us which police office it is and when it is expected."),
    ),
    "invoice": Help(
        Words("修了什么、花了多少，要逐项对得上。", "What was repaired and what it cost must agree, item by item."),
        Words("修理厂开具，附维修清单；还没有修的，先交估损单。", "From the repair shop, with its list; before the repair the estimate serves."),
    ),
    "estimate": Help(
        Words("损失的项目和金额从这里来。", "Items and amounts of the damage come from it."),
        Words("修理厂或施工方开具，写明每一项的单价和数量。", "From the repair shop or the builder, with price and quantity of each item."),
    ),
    "loss_list": Help(
        Words("坏了什么、值多少，一项一项看。", "What was damaged and its worth is looked at item by item."),
        Words("自己写就可以，柜台有格式；有照片的请附上。", "Written by yourself; a form is at the counter. Please add photographs."),
    ),
    "repair_invoice": Help(
        Words("修复要多少钱，以报价或发票为准。", "The cost of repair rests on the offer or the invoice."),
        Words("施工方或修理店开具，写明每一项。", "From the builder or the repairer, item by item."),
    ),
    "event_proof": Help(
        Words("要知道是什么原因、哪一天发生的。", "It shows the cause and the day."),
        Words("火灾找消防，暴雨找气象台，水管找物业，各开一份说明。", "A note from the fire service, the weather service or the caretaker, as the case may be."),
    ),
    "itinerary": Help(
        Words("原定的时间从这里来。", "The scheduled times come from it."),
        Words("购票的平台或柜台可以打印；手机上的订单截图也可以。", "Printed where the ticket was bought; a picture of the order on the phone serves."),
    ),
    "delay_proof": Help(
        Words("实际到达的时间和原因从这里来。", "It gives the actual arrival and the reason."),
        Words("承运人的柜台或网站开具。", "From the carrier's counter or website."),
    ),
    "death_certificate": Help(
        Words("身故的日期和原因从这里来。", "It gives the day and the cause of death."),
        Words("医院开具；在家去世的，社区医院或派出所开具。", "From the hospital; for a death at home from the community hospital or the police."),
    ),
    "relation": Help(
        Words("要知道钱应当付给谁。", "It shows to whom the money is due."),
        Words("户口簿、结婚证或出生医学证明，任一份即可。", "Any one: household register, marriage certificate, birth certificate."),
    ),
    "power_of_attorney": Help(
        Words("别人代办，要有本人的委托。", "Somebody acting for the insured needs their authority."),
        Words("柜台有格式，本人签名；本人不便的，可用手机视频见证。", "A form is at the counter, signed by the insured; where that is hard, witnessed by video call."),
    ),
    "guardianship": Help(
        Words("监护人代为申请，要证明监护关系。", "A guardian who claims must prove the relation."),
        Words("户口簿、出生医学证明或法院文书，任一份即可。", "Any one: household register, birth certificate, court document."),
    ),
    "succession": Help(
        Words("继承人申请，要证明继承的身份和份额。", "An heir who claims must prove the succession and the share."),
        Words("公证书、法院文书，或全体继承人的约定书和亲属关系证明。", "A notarial deed, a court document, or the heirs' agreement with proof of kinship."),
    ),
}
GENERAL = Help(
    Words("合同要求这份材料。", "The contract asks for this paper."),
    Words("请向开具它的单位索取；遇到困难告诉我们。", "Please ask the office that issues it; tell us if that is difficult."),
)


@dataclass(frozen=True, slots=True)
class ClaimantPaper:
    """A paper that is needed because of who claims: the role of the person, what it is and what it must show."""

    code: str
    role: str
    label: Words
    shows: Words


BY_CLAIMANT: tuple[ClaimantPaper, ...] = (
    ClaimantPaper("power_of_attorney", "agent", Words("授权委托书", "Power of attorney"),
                  Words("本人签名、代办的事项和代办人", "the principal's signature, what is entrusted and to whom")),
    ClaimantPaper("guardianship", "guardian", Words("监护关系证明", "Proof of guardianship"),
                  Words("监护人和被监护人的姓名与关系", "names of guardian and ward, and their relation")),
    ClaimantPaper("succession", "heir", Words("继承关系证明", "Proof of succession"),
                  Words("全体继承人的姓名、关系和份额", "names, relation and share of all heirs")),
)
OTHER = "other"
OTHER_LABEL = Words("其他材料", "Other paper")
OTHER_SHOWS = Words("与本案有关的内容", "what it says about this claim")

FORMS: dict[str, Words] = {
    "original": Words("原件", "original"),
    "copy": Words("复印件", "copy"),
    "sighted": Words("看过原件", "original sighted"),
    "electronic": Words("电子件", "electronic"),
}
STATES: dict[str, Words] = {
    "missing": Words("没有收到", "not received"),
    "received": Words("收到，待核验", "received, to be examined"),
    "confirmed": Words("相符", "in order"),
    "rejected": Words("不合用", "cannot be used"),
    "waived": Words("不适用", "does not apply"),
}
