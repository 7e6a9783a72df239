"""Who may make and release an order, and for how much. Pure; amounts in fen."""

from __future__ import annotations

from lipei.filing.refusal import Missing
from lipei.terms.money import shown
from lipei.terms.words import Words


def may_order(amount: int, *, left: int, has_account: bool) -> list[Missing]:
    """An order is at least one fen, at most what is left of the payable, and has a verified account to go to."""
    faults = []
    if amount < 1:
        faults.append(Missing(Words(f"金额 {shown(amount)} 不是可付的金额", f"{shown(amount)} is not an amount to pay"),
                              do=Words("最少 0.01 元。", "The least is ¥0.01."), field="amount"))
    if amount > left:
        faults.append(Missing(Words(f"{shown(amount)} 超过还可以付的 {shown(left)}", f"{shown(amount)} is above the {shown(left)} left to pay"),
                              why=Words("付款不能超过决定的金额。", "Payments never exceed what was decided."), field="amount"))
    if not has_account:
        faults.append(Missing(Words("收款人还没有核对过的账户", "The payee has no verified account"),
                              why=Words("钱只付到本人名下。", "Money goes only to an account in the payee's own name.")))
    return faults


def may_release(*, state: str, maker_id: int, checker_id: int, other_ids: frozenset[int]) -> list[Missing]:
    """Released by somebody who neither made it, nor calculated, reviewed or decided the claim."""
    faults = []
    if state != "ready":
        faults.append(Missing(Words("这张付款单已经放行或付出", "This order was released or paid already")))
    if maker_id == checker_id:
        faults.append(Missing(Words("这张付款单是您自己做的", "You made this order yourself"),
                              why=Words("谁也不放行自己做的付款。", "Nobody releases their own order.")))
    elif checker_id in other_ids:
        faults.append(Missing(Words("这件案子您计算、复核或决定过", "You calculated, reviewed or decided this claim"),
                              why=Words("谁也不检查自己的工作。", "Nobody checks their own work.")))
    return faults
