"""The words of the report of a comparison, in both languages, and how its page looks."""

from __future__ import annotations

from lipei.terms.words import Words

TITLE = Words("条款变动测算", "What if the terms change")
W = {
    "lead": Words("赔案：{book}。币种：{currency}。只作测算，不改动任何赔案。", "Book: {book}. Currency: {currency}. This is a question only; no claim is changed."),
    "more_editions": Words("另有 {more} 对版本未列。", "{more} more pairs of editions are not listed."),
    "who": Words("谁多得，谁少得", "Who gets more, who gets less"),
    "counted": Words("每一行的去向", "What became of every row"),
    "bands": Words("差额分布", "How large the differences are"),
    "by_coverage": Words("按责任", "By coverage"),
    "by_clause": Words("按责任所依据的条款", "By the clause that a coverage rests on"),
    "sample": Words("按步骤的条款（抽样）", "By the clause of each step (a sample)"),
    "top": Words("差额最大的赔案", "The claims with the largest differences"),
}
HEADS = {
    "old_edition": Words("旧条款", "Old terms"),
    "new_edition": Words("新条款", "New terms"),
    "sum": Words("赔案", "Claims"),
    "claims": Words("件数", "Number"),
    "old": Words("旧", "Old"),
    "new": Words("新", "New"),
    "difference": Words("差额", "Difference"),
    "more": Words("多得", "Get more"),
    "less": Words("少得", "Get less"),
    "same": Words("不变", "The same"),
    "all": Words("合计", "All"),
    "rows": Words("行", "Rows"),
    "number": Words("行数", "Number"),
    "read": Words("读入", "Read"),
    "both": Words("两边都算出", "Calculated under both"),
    "only_old": Words("只有旧条款算出", "Calculated under the old terms only"),
    "only_new": Words("只有新条款算出", "Calculated under the new terms only"),
    "neither": Words("都算不出", "Calculated under neither"),
    "lines_without_claim": Words("没有赔案的费用行", "Bill lines without a claim"),
    "band": Words("差额", "Difference"),
    "bar": Words("比例", "Share"),
    "by_coverage": Words("责任", "Coverage"),
    "by_clause": Words("条款", "Clause"),
    "step_clause": Words("条款", "Clause"),
    "under_old": Words("旧条款下", "Under the old"),
    "under_new": Words("新条款下", "Under the new"),
    "touched": Words("涉及件数", "Claims touched"),
    "claim": Words("赔案", "Claim"),
}
ONE_SIDED = Words(
    "金额只算两边都算出的赔案；其余各行的原因在 problems/ 里。",
    "Amounts are of the claims that were calculated under both; why the others were not is in problems/.",
)
CLAUSE_NOTE = Words(
    "两边都算出的全部赔案，按责任本身的条款归集。",
    "All claims that were calculated under both, by the clause of the coverage itself.",
)
SAMPLE_NOTE = Words(
    "这张表只是抽样：金额有变化的赔案里的 {sample} 件，逐步解释，各条款使金额增加或减少多少。不能代表全部赔案。",
    "This table is a sample only: {sample} of the claims whose amount changes, explained step by step; by how much the steps of each clause raise or lower the amount. It does not stand for the whole book.",
)
STYLE = """
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","Source Han Sans SC",sans-serif;color:#111;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;font-weight:600}h2{font-size:1.1rem;font-weight:600;margin:2rem 0 .5rem}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:right;vertical-align:top;font-variant-numeric:tabular-nums}
th{font-weight:400}thead th{border-bottom:1px solid #111;color:#555}th:first-child{text-align:left}.words td{text-align:left}.words th{text-align:left}
td{white-space:nowrap}small{color:#555}svg{display:block;margin-left:auto}
tr,h2{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}
@media print{body{margin:0;max-width:none;font-size:10pt}}
"""
