"""How a claim goes, in plain words and in very simple ones: what is explained at the counter, and the ways open to the visitor. Pure data."""

from __future__ import annotations

from dataclasses import dataclass

from lipei.terms.words import Words

STEPS: tuple[Words, ...] = (
    Words("申请签名、材料收下以后，我们立案，交给一位理赔员从头办到底。", "Once the application is signed and the papers are here, we register the claim; one handler sees it through."),
    Words("理赔员核对保单和保障，逐份看材料。缺什么，一次说全。", "The handler checks policy and cover and looks at each paper. What is missing is said once, all of it."),
    Words("费用逐项审核，按条款一步一步算；另一位同事复核。", "Costs are reviewed item by item and reckoned step by step by the contract; a colleague checks it."),
    Words("付不付、付多少，书面告诉您，每一笔都写明理由和条款。", "Whether we pay and how much, we tell you in writing, with reason and clause for every amount."),
    Words("您同意以后付款，只付到本人名下的账户。不同意，可以请我们复看，也可以投诉、诉讼。", "After you agree we pay, only to an account in the payee's own name. If you disagree, ask us to look again, complain, or go to court."),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way that is open to the visitor: what it is called, what it says, and the words people ask for it with."""

    id: str
    title: Words
    text: Words
    asked: Words


WAYS: tuple[Way, ...] = (
    Way("disagree", Words("不同意怎么办", "If you disagree"),
        Words("告诉我们哪一笔不对，我们请另一位同事复看，结果书面告诉您。您也可以投诉、申请调解、仲裁或起诉；先走哪一条由您选。",
              "Tell us which amount is wrong; another colleague looks again and we answer in writing. You may also complain, ask for mediation or arbitration, or sue; the choice is yours."),
        Words("不服 不同意 算错 复看 申诉 少付", "disagree wrong amount appeal look again")),
    Way("complain", Words("怎么投诉", "How to complain"),
        Words("在柜台说一声就可以，当场给编号、负责人和答复的日子；也可以打电话或写信。投诉不影响理赔照常办。",
              "Saying so at the counter is enough: you get a number, a person and the day of the answer; you may also call or write. A complaint does not hold up the claim."),
        Words("投诉 怎么投诉 向谁投诉 不满意", "complain complaint how where")),
    Way("payee", Words("钱付到哪里", "Where the money goes"),
        Words("只付到收款人本人名下的账户，户名和身份要对得上；不付现金，也不付给代办的人。",
              "Only to an account in the payee's own name, matched with the identity; never in cash, never to whoever acts for them."),
        Words("银行卡 卡号 账户 现金 收款 转账 别人的卡", "bank account card cash payee transfer")),
    Way("owner", Words("找谁，谁负责", "Whom to ask, who follows it"),
        Words("您最先问到的那位同事一直跟到办完，电话写在回执上；换人时会把经过写清楚，您不用再讲一遍。",
              "The colleague you asked first follows the matter to its end; the number is on your receipt. If another takes over, it is written down, and you need not say it again."),
        Words("找谁 谁负责 谁管 电话 联系", "whom call contact responsible person phone number")),
    Way("originals", Words("原件还给我吗", "Do I get my originals back"),
        Words("原件用完退还，每份都有保管号，收据上写明在哪里；随时可以带收据来取。",
              "Originals come back after use; each has a custody number, and the receipt says where it is. Bring the receipt to collect them at any time."),
        Words("原件 退还 取回 拿回 材料还", "originals back returned collect keep papers")),
    Way("more", Words("材料一次说全", "All missing papers at once"),
        Words("缺的材料我们只通知一次，一次说全，写明每份要写什么、怎么开、可以用什么代替。",
              "Missing papers are asked for once, all of them, with what each must show, how to get it and what serves instead."),
        Words("补件 缺材料 补材料 还要交 再交", "missing papers ask again more documents")),
    Way("next", Words("接下来怎么办", "What happens next"),
        Words("立案、核对保障、看材料、审核费用、计算、复核、决定、付款。每一步办完才到下一步；到了日子没有回音，请打回执上的电话。",
              "Registration, cover, papers, review of the costs, calculation, check, decision, payment. Each step is finished before the next; if a day passes without word, call the number on your receipt."),
        Words("接下来 下一步 流程 步骤 办到哪 进度", "next steps process procedure status")),
)
