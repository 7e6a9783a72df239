"""The roles of a claims department, each with its name and the sentence on its badge. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Role:
    """One role: id, name, what it does, and the group its badge hangs in."""

    id: str
    name: Words
    does: Words
    group: str


GROUPS: dict[str, Words] = {
    "counter": Words("柜台与客户", "Counter"),
    "claims": Words("办案", "Claims"),
    "decisions": Words("决定与付款", "Decision and payment"),
    "watch": Words("照看", "Oversight"),
}
ROLES: tuple[Role, ...] = (
    Role("front_desk", Words("前台", "Front desk"), Words("接待、收件、说明", "Receives, takes papers, explains"), "counter"),
    Role("handler", Words("理赔员", "Handler"), Words("立案、核责、计算", "Registers, verifies, calculates"), "claims"),
    Role("investigator", Words("调查员", "Investigator"), Words("现场查勘、访谈、证据", "Site, interviews, evidence"), "claims"),
    Role("assessor", Words("核损员", "Assessor"), Words("费用与损失审核，逐项说明", "Reviews bills and losses item by item"), "claims"),
    Role("approver", Words("审批人", "Approver"), Words("不审自己的计算", "Never approves own work"), "decisions"),
    Role("finance_maker", Words("财务经办", "Payments, maker"), Words("制作付款", "Prepares payments"), "decisions"),
    Role("finance_checker", Words("财务复核", "Payments, checker"), Words("核对并放行，不放自己做的", "Checks and releases, never own"), "decisions"),
    Role("supervisor", Words("主管", "Supervisor"), Words("时限、人手、堵点、服务", "Dates, people, bottlenecks, service"), "watch"),
    Role("complaint_officer", Words("投诉专员", "Complaints"), Words("道歉、查清、答复", "Apologises, finds out, answers"), "watch"),
    Role("fraud_examiner", Words("反欺诈", "Fraud examiner"), Words("看线索，不停时钟", "Looks at signs, never stops a clock"), "watch"),
    Role("archivist", Words("档案", "Archivist"), Words("归档、借阅、保管期限", "Files, lends, keeps to the term"), "watch"),
    Role("auditor", Words("审计", "Auditor"), Words("看得见一切，什么也不改", "Sees everything, changes nothing"), "watch"),
    Role("administrator", Words("管理员", "Administrator"), Words("管条款，不碰案件", "Terms and people, no claims"), "watch"),
    Role("colleague", Words("其他部门同事", "Other department"), Words("只看请他答复的那一件", "Sees only what was put to them"), "watch"),
)
BY_ID = {role.id: role for role in ROLES}
