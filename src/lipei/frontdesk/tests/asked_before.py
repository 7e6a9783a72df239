"""Questions as visitors ask them and the sources that answer them: written before the rules were, and not looked at while tuning.

The product is 安心住院医疗保险, edition 2026, after an accident. Any of the named sources is right. Counted by `test_answers_rules`.
"""

from __future__ import annotations

ASKED_BEFORE: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("zh", "床位费一天最多报多少？", frozenset({"clause:2.2.1"})),
    ("zh", "刚买的保险就生病了，能赔吗？", frozenset({"clause:1.2"})),
    ("zh", "交了材料以后几天能有结果？", frozenset({"clock:determination.normal", "clock:determination.complex"})),
    ("zh", "同意以后钱多少天到账？", frozenset({"clock:payment"})),
    ("zh", "不赔的话会书面告诉我原因吗？", frozenset({"clock:denial_notice"})),
    ("zh", "发票丢了怎么办？", frozenset({"paper:receipts"})),
    ("zh", "医保已经报过的部分还能报吗？", frozenset({"clause:2.3.1"})),
    ("zh", "生孩子住院能报吗？", frozenset({"clause:4.7"})),
    ("zh", "我要投诉，多久给答复？", frozenset({"clock:complaint.simple", "clock:complaint.complex"})),
    ("zh", "救护车的钱赔不赔？", frozenset({"clause:2.2.3"})),
    ("zh", "喝了酒开车受的伤赔吗？", frozenset({"clause:4.4"})),
    ("zh", "摔伤要什么证明？", frozenset({"paper:accident_proof"})),
    ("zh", "谁来复核？", frozenset({"stage:reviewing"})),
    ("zh", "一年最多能赔多少钱？", frozenset({"clause:2.5"})),
    ("zh", "出院以后去门诊复查的钱报不报？", frozenset({"clause:2.1"})),
    ("en", "How much do you pay for the bed per day?", frozenset({"clause:2.2.1"})),
    ("en", "Is there a waiting period when the policy is new?", frozenset({"clause:1.2"})),
    ("en", "How long until you decide?", frozenset({"clock:determination.normal", "clock:determination.complex"})),
    ("en", "When will the money arrive after I agree?", frozenset({"clock:payment"})),
    ("en", "I lost the original receipts, what now?", frozenset({"paper:receipts"})),
    ("en", "Is childbirth covered?", frozenset({"clause:4.7"})),
    ("en", "What is the deductible?", frozenset({"clause:2.3.2"})),
    ("en", "How long does the answer to a complaint take?", frozenset({"clock:complaint.simple", "clock:complaint.complex"})),
    ("en", "Can I be treated abroad?", frozenset({"clause:4.8"})),
    ("en", "Do you pay for a hip implant?", frozenset({"clause:2.2.5"})),
    ("en", "Who checks the calculation?", frozenset({"stage:reviewing"})),
    ("en", "How long can I wait before going to court?", frozenset({"clock:limitation.non_life"})),
    ("en", "Is cosmetic surgery paid?", frozenset({"clause:4.6"})),
    ("en", "How do I get the discharge summary?", frozenset({"paper:discharge_summary"})),
    ("en", "Do I get daily cash while I am in hospital?", frozenset({"clause:3.1"})),
)
ASKED_BEFORE_UNKNOWN: tuple[tuple[str, str], ...] = (
    ("zh", "你们公司招人吗？"), ("zh", "附近哪里可以停车？"), ("zh", "明年的保费会涨吗？"), ("en", "What is the weather tomorrow?"),
    ("en", "Where can I park my bicycle?"), ("en", "Can you lower my premium next year?"),
)
"""Questions nothing here answers: they must become a task, never a guess."""
