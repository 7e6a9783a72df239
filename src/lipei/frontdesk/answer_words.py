"""The words people use at a counter and those of contract and law; words that say nothing about what is asked. Pure data."""

from __future__ import annotations

from lipei.terms.words import Language

_SILENT_EN = (
    "a an the of to in on at by for from with without as is are was were be been do does did have has had i you he she it we they me my your his her its our their "
    "this that these those there here what which how why whether use insurance can could will would shall should may might must if or and but so then than not no yes "
    "please tell know want need get got go going about into after before now any some am im ive much many one also still"
)
SILENT: dict[Language, tuple[str, ...]] = {
    "zh": (
        "请问一下", "请问", "麻烦", "你们", "您们", "我们", "他们", "咱们", "我家", "是不是", "有没有", "能不能", "可不可以", "要不要", "会不会", "怎么办",
        "怎么样", "怎样", "怎么", "如何", "为什么", "什么样", "什么时候", "什么", "哪些", "哪里", "哪儿", "哪家", "哪个", "多少", "几时", "可以", "能够",
        "一下", "这个", "那个", "这样", "这次", "现在", "如果", "的话", "因为", "所以", "还是", "或者", "以后", "之后", "然后", "东西", "时候", "情况",
        "想问", "知道", "告诉", "需要", "应该", "已经", "一共", "大概", "到底", "赔不赔", "报不报", "付不付", "赔吗", "报吗", "付吗", "能报", "能赔", "公司",
    ),
    "en": tuple(_SILENT_EN.split()),
}
LINKS = "的了吗呢吧啊呀么和与及在是我您你他她它就都也还要会能想把被让给从到有没不这那一个几钱多"
"""Characters between which Chinese words are cut: they link and ask, and name nothing."""

LAY: dict[Language, tuple[tuple[str, str], ...]] = {
    "zh": (
        ("刚买", "首次投保 等待期"), ("刚投保", "首次投保 等待期"), ("新买", "首次投保 等待期"), ("刚入", "首次投保 等待期"), ("生效", "起始日 保险期间"), ("到期", "终止日 保险期间"),
        ("发票", "票据原件"), ("收据", "票据原件"), ("单据", "票据"), ("丢了", "遗失"), ("弄丢", "遗失"), ("丢失", "遗失"), ("找不到", "遗失"), ("清单", "费用清单"),
        ("医保", "基本医疗保险 社会保险 社保结算"), ("社保", "社会保险 社保结算"), ("新农合", "基本医疗保险"), ("报销过", "已经支付"), ("报过", "已经支付"), ("自费", "社会保险结算"), ("没走医保", "没有经社会保险结算 一律改为"), ("没用医保", "没有经社会保险结算 一律改为"),
        ("生孩子", "分娩 怀孕"), ("生小孩", "分娩 怀孕"), ("剖腹产", "分娩"), ("生产", "分娩"), ("流产", "流产 怀孕"), ("试管", "不孕不育"),
        ("整容", "整形 美容"), ("双眼皮", "整形 美容"), ("喝酒", "酒后驾驶"), ("喝了酒", "酒后驾驶"), ("酒驾", "酒后驾驶"), ("没驾照", "无合法有效驾驶证"), ("无证", "无合法有效驾驶证"),
        ("吸毒", "毒品"), ("自杀", "故意自伤"), ("打架", "故意犯罪"), ("老毛病", "投保时已经患有"), ("以前的病", "投保时已经患有"), ("带病", "投保时已经患有"), ("既往", "投保时已经患有"),
        ("国外", "中国大陆以外"), ("外国", "中国大陆以外"), ("境外", "中国大陆以外"), ("香港", "中国大陆以外"), ("私立医院", "约定的医院以外"), ("哪家医院", "约定医院"), ("小医院", "一级及以下医院"),
        ("陪床", "陪客床费"), ("护工", "特需陪护"), ("单间", "特需病房"), ("吃饭", "膳食费"), ("伙食", "膳食费"), ("饭钱", "膳食费"), ("救护车", "救护车费"), ("120", "救护车费"),
        ("钢板", "植入人体 医用材料"), ("支架", "植入人体 医用材料"), ("关节", "植入人体 医用材料"), ("体检", "体检 疗养"), ("康复", "疗养 康复"), ("复查", "门诊复查"), ("门诊", "门诊复查"),
        ("封顶", "年度限额"), ("最多能赔", "年度限额 累计给付"), ("一年最多", "年度限额 保单年度"), ("上限", "限额"), ("起付线", "免赔额"), ("自己出", "免赔额 自己承担"), ("自己承担", "免赔额"),
        ("比例", "按段给付"), ("百分之", "比例 按段给付"), ("误工", "住院津贴"), ("每天给", "住院津贴 每日给付"), ("补贴", "住院津贴"), ("潜水", "潜水"), ("爬山", "攀岩"), ("登山", "攀岩 探险"),
        ("到账", "付款"), ("打款", "付款"), ("拿到钱", "付款"), ("打钱", "付款"), ("收到钱", "付款"), ("钱什么时候", "付款"), ("给钱", "付款"),
        ("有结果", "核定 决定"), ("出结果", "核定 决定"), ("审完", "核定 决定"), ("批下来", "核定 决定"), ("审核多久", "核定"), ("多久能办", "核定 决定"), ("办好", "核定 决定"),
        ("拒赔", "拒赔 书面"), ("不赔", "拒赔 书面 理由"), ("不给赔", "拒赔 书面 理由"), ("先赔一部分", "先付"), ("先给一点", "先付"), ("预付", "先付 先予支付"),
        ("打官司", "诉讼时效 起诉"), ("起诉", "诉讼时效"), ("法院", "诉讼时效 起诉"), ("过期", "诉讼时效"), ("多久之内申请", "诉讼时效"), ("多长时间内", "诉讼时效"),
        ("投诉", "投诉 答复"), ("不满意", "不同意 投诉"), ("不服", "不同意"), ("不同意", "不同意"), ("算错", "不同意 复看"), ("再看一遍", "复看"),
        ("缺材料", "补件"), ("补材料", "补件"), ("材料不全", "补件"), ("材料不够", "补件"), ("身份证", "身份证明"), ("户口", "身份证明"), ("出院小结", "出院小结"), ("病历", "病历 诊断"), ("诊断书", "诊断证明"),
        ("摔", "意外事故"), ("撞", "意外事故"), ("摔伤", "意外事故证明"), ("代办", "授权委托"), ("替我", "授权委托"), ("替家人", "授权委托"), ("银行卡", "本人名下账户"), ("卡号", "本人名下账户"), ("账户", "本人名下账户"),
        ("谁负责", "负责 联系"), ("找谁", "负责 联系"), ("谁管", "负责"), ("办到哪", "办到 下一步"), ("进度", "办到 下一步"), ("下一步", "下一步"), ("接下来", "下一步"), ("原件", "原件 退还"), ("还给", "退还 原件"), ("拿回", "退还 原件"),
    ),
    "en": (
        ("new", "first time joins waiting"), ("just bought", "first time joins waiting period"), ("pregnant", "pregnancy"), ("baby", "childbirth pregnancy"), ("maternity", "childbirth pregnancy"), ("birth", "childbirth"),
        ("invoice", "receipt"), ("invoices", "receipts"), ("bill", "itemised bill"), ("lost", "lost original"), ("abroad", "outside mainland china"), ("overseas", "outside mainland china"), ("foreign", "outside mainland china"), ("private hospital", "outside hospitals agreed"),
        ("excess", "deductible"), ("myself", "deductible borne insured"), ("percentage", "bands ratio"), ("percent", "bands ratio"), ("share do you pay", "bands"), ("food", "meals diet"), ("meal", "meals diet"), ("meals", "therapeutic diet"),
        ("hip", "implanted material body"), ("implant", "implanted material body"), ("plate", "implanted material"), ("stent", "implanted material"), ("pacemaker", "implanted material"),
        ("cosmetic", "cosmetic plastic surgery"), ("drunk", "driving after drinking"), ("alcohol", "driving after drinking"), ("drink", "drinking"), ("drugs", "illegal drugs"), ("suicide", "intentional self-injury"), ("old illness", "illness had joining known"), ("pre-existing", "illness had knew joining"), ("existing condition", "illness had knew joining"),
        ("maximum", "limit"), ("most you pay", "annual limit policy year"), ("at most", "limit"), ("in a year", "policy year annual limit"), ("per day", "day"), ("daily", "day"), ("allowance", "hospital cash day"), ("cash", "hospital cash"),
        ("state insurance", "social insurance basic medical"), ("public insurance", "social insurance basic medical"), ("already paid", "already paid subtracted"), ("another insurer", "any other source"),
        ("money arrive", "pay payment"), ("money", "payment"), ("paid out", "payment"), ("transfer", "payment"), ("when will i be paid", "payment"), ("decide", "decide decision"), ("decision", "decide decision"), ("result", "decide decision"), ("answer", "answer"),
        ("refuse", "refuse writing"), ("refused", "refuse writing reasons"), ("reject", "refuse writing reasons"), ("rejected", "refuse writing reasons"), ("court", "sue court"), ("sue", "sue"), ("lawsuit", "sue"), ("too late to claim", "sue"), ("in advance", "certain part advance"), ("part of the money", "certain part advance"),
        ("complain", "complaint"), ("complaint", "complaint"), ("unhappy", "disagree complaint"), ("disagree", "disagree"), ("look again", "disagree look again"), ("appeal", "disagree"), ("missing papers", "papers missing"), ("missing", "missing papers"),
        ("id card", "proof identity"), ("passport", "proof identity"), ("fall", "accident"), ("fell", "accident"), ("discharge", "discharge summary"), ("on my behalf", "power attorney"), ("for me", "power attorney"), ("bank account", "account payee name"), ("account", "account payee name"),
        ("who is responsible", "follows call"), ("whom do i call", "follows call"), ("who do i call", "follows call"), ("contact", "follows call"), ("status", "next stands"), ("next", "next"), ("give back", "original back"), ("returned", "original back"), ("back", "back"), ("outpatient", "out-patient"), ("check-up", "check-up checks"), ("sport", "climbing diving"), ("skiing", "stunts"),
    ),
}
"""Everyday words, and those of contract, law and procedure they stand for."""

_LONG_ZH = ("多久", "几天", "多少天", "什么时候", "何时", "哪天", "多长时间", "期限", "几日", "什么日子", "时限", "最晚")
_LONG_EN = ("how long", "when", "how many days", "deadline", "time limit", "by what date", "by which day", "how soon")
KIND_ASKED: dict[Language, dict[str, tuple[str, ...]]] = {
    "zh": {
        "clock": _LONG_ZH, "paper": ("材料", "证明", "什么单", "手续", "怎么开", "带什么", "发票", "复印件", "原件", "丢了", "遗失"),
        "stage": ("谁来", "谁复", "谁审", "谁批", "哪一步", "谁决定", "谁算"), "way": ("还给", "退还", "拿回", "怎么投诉", "不同意", "找谁", "谁负责", "账户", "银行卡", "下一步", "接下来"),
    },
    "en": {
        "clock": _LONG_EN, "paper": ("paper", "papers", "document", "documents", "proof", "certificate", "receipt", "receipts", "form", "lost"),
        "stage": ("who checks", "who decides", "who reviews", "which step", "who calculates", "who approves"),
        "way": ("disagree", "back", "returned", "whom", "who is responsible", "account", "next", "contact"),
    },
}
"""Which kind of source a question asks for, by its own words."""
