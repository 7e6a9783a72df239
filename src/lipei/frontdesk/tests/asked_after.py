"""More questions with their sources, written with the rules and used for tuning them."""

from __future__ import annotations

ASKED_AFTER: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("zh", "护理费怎么赔？", frozenset({"clause:2.2.2"})),
    ("zh", "住院吃饭的钱能报吗？", frozenset({"clause:2.2.4"})),
    ("zh", "起付线是多少？", frozenset({"clause:2.3.2"})),
    ("zh", "三级医院按多少比例付？", frozenset({"clause:2.3.3"})),
    ("zh", "没走医保结算会少赔吗？", frozenset({"clause:2.3.4"})),
    ("zh", "以前就有的老毛病赔不赔？", frozenset({"clause:4.1"})),
    ("zh", "去香港看病能报吗？", frozenset({"clause:4.8"})),
    ("zh", "陪床的钱算不算？", frozenset({"clause:2.4.1"})),
    ("zh", "出院小结丢了去哪里补？", frozenset({"paper:discharge_summary"})),
    ("zh", "社保结算单在哪里打？", frozenset({"paper:settlement_sheet"})),
    ("zh", "钱能打到我女儿的银行卡吗？", frozenset({"way:payee"})),
    ("zh", "我觉得算错了，怎么办？", frozenset({"way:disagree"})),
    ("zh", "最后谁决定付不付？", frozenset({"stage:deciding"})),
    ("zh", "多久以内要起诉？", frozenset({"clock:limitation.non_life"})),
    ("zh", "原件什么时候还给我？", frozenset({"way:originals"})),
    ("en", "Are meals in hospital paid?", frozenset({"clause:2.2.4"})),
    ("en", "What percentage do you pay at a tertiary hospital?", frozenset({"clause:2.3.3"})),
    ("en", "My social insurance has already paid a part, is that taken off?", frozenset({"clause:2.3.1"})),
    ("en", "Is an illness I had before I joined covered?", frozenset({"clause:4.1"})),
    ("en", "What is the most you pay in a year?", frozenset({"clause:2.5"})),
    ("en", "Is the ambulance covered?", frozenset({"clause:2.2.3"})),
    ("en", "Can you pay into my daughter's bank account?", frozenset({"way:payee"})),
    ("en", "What if I disagree with the amount?", frozenset({"way:disagree"})),
    ("en", "Do I get my original papers back?", frozenset({"way:originals"})),
    ("en", "When must you tell me in writing that you refuse?", frozenset({"clock:denial_notice"})),
    ("en", "Where do I get the itemised bill?", frozenset({"paper:itemised_bill"})),
    ("en", "Which proof of the accident do you accept?", frozenset({"paper:accident_proof"})),
    ("en", "Whom do I call about my claim?", frozenset({"way:owner"})),
    ("en", "Can I be paid a part in advance?", frozenset({"clock:advance"})),
    ("en", "Who decides whether you pay?", frozenset({"stage:deciding"})),
)
ASKED_AFTER_UNKNOWN: tuple[tuple[str, str], ...] = (
    ("zh", "你能帮我叫出租车吗？"), ("zh", "保单能不能贷款？"), ("zh", "明天开门吗？"), ("en", "Do you sell car insurance?"), ("en", "May I use your toilet?"), ("en", "Who won the football match?"),
)
