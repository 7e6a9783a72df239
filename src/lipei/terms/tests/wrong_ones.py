"""One small thing wrong in the sample at a time: which fault must be found, at which path, under which piece of text."""

from __future__ import annotations

from typing import NamedTuple

from lipei.terms.tests.sample import GOOD


class Wrong(NamedTuple):
    """A change to the sample and what must be said of it; `marked` is the text under the marker (cut with … when long)."""

    name: str
    right: str
    wrong: str
    code: str
    path: str
    marked: str

    @property
    def text(self) -> str:
        assert self.right in GOOD, "the sample no longer holds the text that this mistake changes"
        return GOOD.replace(self.right, self.wrong, 1)


ERRORS: tuple[Wrong, ...] = (
    Wrong('not YAML', 'title: {zh: 样本, en: Sample}', 'title: {zh: 样本, en: Sample', 'not-yaml', 'document', ':'),
    Wrong('unknown key', 'currency: CNY', 'currency: CNY\ncolour: red', 'extra_forbidden', 'colour', 'colour'),
    Wrong('misspelt key', 'currency: CNY', 'curency: CNY', 'extra_forbidden', 'curency', 'curency'),
    Wrong('missing key', 'currency: CNY\n', '', 'missing', 'currency', 'p'),
    Wrong('key twice', 'currency: CNY', 'currency: CNY\ncurrency: CNY', 'twice', 'currency', 'currency'),
    Wrong('anchor and alias', 'title: {zh: 样本, en: Sample}', 'title: &t {zh: 样本, en: Sample}\nline2: *t', 'alias', 'line2', '*t'),
    Wrong('one language only', 'title: {zh: 样本, en: Sample}', 'title: {zh: 样本}', 'unreadable', 'title', 'title'),
    Wrong('empty words', 'title: {zh: 样本, en: Sample}', 'title: {zh: 样本, en: " "}', 'unreadable', 'title', 'title'),
    Wrong('words not a mapping', 'title: {zh: 样本, en: Sample}', 'title: Sample', 'unreadable', 'title', 'Sample'),
    Wrong('comma inside braces', 'title: {zh: 样本, en: Sample}', 'title: {zh: 样本, en: Sample, second}', 'unreadable', 'title', 'title'),
    Wrong('bad product name', 'product: sample', 'product: Sample One', 'unreadable', 'product', 'Sample One'),
    Wrong('unknown line of business', 'line: medical', 'line: pets', 'literal_error', 'line', 'pets'),
    Wrong('unknown currency', 'currency: CNY', 'currency: XAU', 'literal_error', 'currency', 'XAU'),
    Wrong('date that does not exist', 'first: 2026-01-01}', 'first: 2026-02-30}', 'unreadable', 'in_force.first', '2026-02-30'),
    Wrong('last day before the first', '{first: 2026-01-01}', '{first: 2026-01-01, last: 2025-01-01}', 'never-in-force', 'in_force.last', '2025-01-01'),
    Wrong('clause without text', 'en: clause two}', 'en: ""}', 'string_too_short', 'clauses[1].en', '""'),
    Wrong('clause twice', '{id: "2", zh', '{id: "1", zh', 'clause-twice', 'clauses[1].id', '"1"'),
    Wrong('unknown clause', 'clause: "2", when: age', 'clause: "9", when: age', 'unknown-clause', 'exclusions[0].clause', '"9"'),
    Wrong('step without clause', '{step: sum, label: {zh: 合计, en: Sum}, clause: "1"}', '{step: sum, label: {zh: 合计, en: Sum}}', 'missing', 'coverages[0].steps[0].clause', '{step: sum, label: {zh: 合计, en: Sum}}'),
    Wrong('unknown step', 'step: prior_payment', 'step: gift', 'union_tag_invalid', 'coverages[0].steps[2].step', 'gift'),
    Wrong('step without a name', '{step: sum, label', '{label', 'union_tag_not_found', 'coverages[0].steps[0]', '{label: {zh: 合计, en: Sum}, clause: "1"}'),
    Wrong('float amount', 'limit: "100.00"', 'limit: 100.001', 'unreadable', 'coverages[0].steps[1].limit', '100.001'),
    Wrong('words for an amount', 'limit: "100.00"', 'limit: plenty of it', 'unreadable', 'coverages[0].steps[1].limit', 'plenty of it'),
    Wrong('unknown fact in an amount', 'amount: paid', 'amount: payed', 'expression', 'coverages[0].steps[2].amount', 'payed'),
    Wrong('a number where an amount is due', 'amount: paid', 'amount: age', 'expression', 'coverages[0].steps[2].amount', 'age'),
    Wrong('bare decimal as ratio', 'ratio: 80%', 'ratio: 0.8', 'unreadable', 'coverages[0].steps[3].table.of.high[0].ratio', '0.8'),
    Wrong('ratio above one', 'ratio: 80%', 'ratio: 180%', 'ratio-above-one', 'coverages[0].steps[3].table.of.high[0].ratio', '180%'),
    Wrong('unknown fact in a condition', 'when: age > 400', 'when: aeg > 400', 'expression', 'exclusions[0].when', 'aeg > 400 and not stated'),
    Wrong('kinds that do not fit', 'when: age > 400', 'when: age > 400.00', 'expression', 'exclusions[0].when', 'age > 400.00 and not stated'),
    Wrong('condition that is a number', 'when: on >= cover_from', 'when: age', 'expression', 'coverages[0].trigger.when', 'age'),
    Wrong('unfinished condition', 'when: age > 400', 'when: age >', 'unreadable', 'exclusions[0].when', 'age > and not stated'),
    Wrong('code in a condition', 'when: age > 400', "when: open('x').read()", 'unreadable', 'exclusions[0].when', "open('x').read() and not stated"),
    Wrong('unknown choice in a condition', 'when: age > 400', "when: level == 'middle'", 'expression', 'exclusions[0].when', "level == 'middle' and not stated"),
    Wrong('gap in bands', '{to: "10.00", ratio: 80%}, {ratio: 90%}', '{to: "10.00", ratio: 80%}', 'gap', 'coverages[0].steps[3].table.of.high[0]', '{to: "10.00", ratio: 80%}'),
    Wrong('bands that overlap', '{to: "10.00", ratio: 80%}, {ratio', '{to: "10.00", ratio: 80%}, {to: "5.00", ratio: 80%}, {ratio', 'overlap', 'coverages[0].steps[3].table.of.high[1].to', '"5.00"'),
    Wrong('open band in the middle', '{to: "10.00", ratio: 80%}, {ratio', '{ratio: 80%}, {ratio', 'gap', 'coverages[0].steps[3].table.of.high[0]', '{ratio: 80%}'),
    Wrong('choice without bands', ', low: [{ratio: 90%}]', '', 'gap', 'coverages[0].steps[3].table.of', 'of'),
    Wrong('bands for an unknown choice', 'low: [{ratio', 'lower: [{ratio', 'unknown-choice', 'coverages[0].steps[3].table.of.lower', 'lower'),
    Wrong('bands by an unknown fact', 'by: level', 'by: levels', 'unknown-fact', 'coverages[0].steps[3].table.by', 'levels'),
    Wrong('unknown category in a step', 'of: [bed]', 'of: [bad]', 'unknown-category', 'coverages[0].steps[1].of[0]', 'bad'),
    Wrong('unknown accumulator', 'accumulator: year', 'accumulator: yaer', 'unknown-accumulator', 'coverages[0].steps[4].accumulator', 'yaer'),
    Wrong('accumulator dated by a yes/no fact', 'dated_by: on', 'dated_by: stated', 'not-a-date', 'accumulators.year.dated_by', 'stated'),
    Wrong('policy year without a beginning', 'starts: cover_from, ', '', 'no-start-of-year', 'accumulators.year', 'year'),
    Wrong('category step after the total', '{step: sum, label: {zh: 合计, en: Sum}, clause: "1"}', '{step: sum, label: {zh: 合计, en: Sum}, clause: "1"}\n      - {step: limit, label: {zh: 总, en: Total}, clause: "1", limit: "1.00"}', 'too-late', 'coverages[0].steps[2]', '{step: limit, label: {zh: 床位限额, en: Bed …'),
    Wrong('no start', '      - {step: sum, label: {zh: 合计, en: Sum}, clause: "1"}\n', '', 'no-start', 'coverages[0].steps[0]', '{step: limit, label: {zh: 床位限额, en: Bed …'),
    Wrong('sum in the middle', 'accumulator: year}\ndocuments', 'accumulator: year}\n      - {step: sum, label: {zh: 合计, en: Sum}, clause: "1"}\ndocuments', 'second-start', 'coverages[0].steps[5]', '{step: sum, label: {zh: 合计, en: Sum}, cl…'),
    Wrong('daily limit without days', 'of: [bed], limit', 'of: [bed], scope: day, limit', 'no-days', 'coverages[0].steps[1]', '{step: limit, label: {zh: 床位限额, en: Bed …'),
    Wrong('label with an unknown brace', 'en: Bed limit}', 'en: "Bed {limit}"}', 'label', 'coverages[0].steps[1].label', 'label'),
    Wrong('fact without a question', ', question: {zh: 多少？, en: How much?}', '', 'no-question', 'facts.paid', 'paid'),
    Wrong('choice fact without choices', ', choices: {high: {zh: 高, en: high}, low: {zh: 低, en: low}}', '', 'choices', 'facts.level', 'level'),
    Wrong('default of the wrong kind', 'default: "0.00"', 'default: nothing', 'unreadable', 'facts.paid.default', 'nothing'),
    Wrong('needed_when without default', 'question: {zh: 多少？, en: How much?}, default: "0.00", at_least: "0.00"', 'question: {zh: 多少？, en: How much?}, at_least: "0.00", needed_when: stated', 'no-default', 'facts.paid', 'paid'),
    Wrong('paper that is not listed', 'default: "0.00", at_least: "0.00"}', 'default: "0.00", at_least: "0.00", paper: receipt}', 'unknown-paper', 'facts.paid.paper', 'receipt'),
    Wrong('name used twice', '  age: {label', '  paid: {label', 'name-taken', 'values.paid', 'paid'),
    Wrong('case with an unknown fact', 'facts: {on: 2026-02-01, level', 'facts: {no: 2026-02-01, level', 'unknown-fact', 'cases[0].facts.no', 'no'),
    Wrong('case with an unreadable fact', 'facts: {on: 2026-02-01', 'facts: {on: tomorrow', 'unreadable', 'cases[0].facts.on', 'tomorrow'),
    Wrong('case with an unknown category', '{category: bed, claimed', '{category: bad, claimed', 'unknown-category', 'cases[0].items[0]', '{category: bad, claimed: "50.00"}'),
    Wrong('case with a wrong amount', 'claimed: "50.00"', 'claimed: fifty', 'unreadable', 'cases[0].items[0].claimed', 'fifty'),
    Wrong('empty list of steps', 'coverages:\n', 'coverages: []\nleft_over:\n', 'too_short', 'coverages', 'coverages'),
    Wrong('two documents in one file', 'product: sample\n', 'product: sample\n---\nproduct: second\n', 'second-document', 'document', '---'),
    Wrong('YAML tag', 'currency: CNY', 'currency: !!str CNY', 'tag', 'currency', '!!str CNY'),
    Wrong('nested too deeply', 'currency: CNY', 'currency: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]', 'too-deep', 'currency[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]', '['),
    Wrong('list as a key', 'currency: CNY', '? [currency, money]\n: CNY', 'not-a-name', 'document', '['),
    Wrong('merge key', '  on: {kind: date', '  <<: {on: 1}\n  on: {kind: date', 'merge-key', 'facts.<<', '<<'),
    Wrong('tab as indentation', '    label: {zh: 责任, en: Cover}', '\tlabel: {zh: 责任, en: Cover}', 'not-yaml', 'document', '\t'),
    Wrong('hidden direction mark', 'en: Bed limit}', 'en: "Bed \u202elimit"}', 'hidden-character', 'coverages[0].steps[1].label.en', '"Bed \u202elimit"'),
    Wrong('amount of a thousand digits', 'limit: "100.00"', 'limit: "' + "9" * 5000 + '.00"', 'unreadable', 'coverages[0].steps[1].limit', '"' + "9" * 39 + "…"),
    Wrong('not a number as amount', 'limit: "100.00"', 'limit: .nan', 'unreadable', 'coverages[0].steps[1].limit', '.nan'),
    Wrong('amount above the largest', 'limit: "100.00"', 'limit: "100,000,000,000.01"', 'unreadable', 'coverages[0].steps[1].limit', '"100,000,000,000.01"'),
    Wrong('expression above the largest amount', 'limit: "100.00"', 'limit: "90000000000.00 * 9"', 'too-large', 'coverages[0].steps[1].limit', '"90000000000.00 * 9"'),
    Wrong('negative amount', 'limit: "100.00"', 'limit: "0.00 - 5.00"', 'negative', 'coverages[0].steps[1].limit', '"0.00 - 5.00"'),
    Wrong('division by zero', 'limit: "100.00"', 'limit: "100.00 / 0"', 'divides-by-zero', 'coverages[0].steps[1].limit', '"100.00 / 0"'),
    Wrong('list for an amount', 'limit: "100.00"', 'limit: ["100.00"]', 'unreadable', 'coverages[0].steps[1].limit', 'limit'),
    Wrong('implausible year', 'first: 2026-01-01', 'first: 0206-01-01', 'implausible-date', 'in_force.first', '0206-01-01'),
    Wrong('exclusion twice', 'coverages:\n', '  - {id: late, label: {zh: 又, en: again}, clause: "2", when: stated}\ncoverages:\n', 'name-taken', 'exclusions[1].id', 'late'),
    Wrong('coverage twice', 'documents:\n', '  - {id: cover, label: {zh: 又, en: again}, about: {zh: 又, en: again}, kind: indemnity, clause: "1", trigger: {label: {zh: 有, en: is}, clause: "1", when: stated}, steps: [{step: sum, label: {zh: 合, en: Sum}, clause: "1"}]}\ndocuments:\n', 'name-taken', 'coverages[1].id', 'cover'),
    Wrong('indemnity that begins with a fixed amount', 'step: sum,', 'step: lump_sum, amount: "5.00",', 'not-indemnity', 'coverages[0].kind', 'indemnity'),
    Wrong('exclusion of nothing', '      - {step: prior', '      - {label: {zh: 步, en: Step}, clause: "1", step: exclude}\n      - {step: prior', 'exclude-nothing', 'coverages[0].steps[2]', '{label: {zh: 步, en: Step}, clause: "1", …'),
    Wrong('empty bands', '[{ratio: 90%}]', '[]', 'gap', 'coverages[0].steps[3].table.of.low', 'low'),
    Wrong('rows that do not rise', 'step: sum, label: {zh: 合计, en: Sum}, clause: "1"}', 'step: amount_table, label: {zh: 表, en: Table}, clause: "1", by: age, rows: [{at_least: 8, pays: "5.00"}, {at_least: 4, pays: "9.00"}]}', 'overlap', 'coverages[0].steps[0].rows[1]', '{at_least: 4, pays: "9.00"}'),
    Wrong('schedule from light to grave', 'step: sum, label: {zh: 合计, en: Sum}, clause: "1"}', 'step: schedule, label: {zh: 表, en: Table}, clause: "1", insured: "9.00", combine: worst, grades: [{label: {zh: 一, en: one}, count: "1", ratio: 10%}, {label: {zh: 二, en: two}, count: "1", ratio: 20%}]}', 'overlap', 'coverages[0].steps[0].grades[1]', '{label: {zh: 二, en: two}, count: "1", ra…'),
    Wrong('ratio for a choice that is not there', 'documents:\n', '      - {label: {zh: 步, en: Step}, clause: "1", step: ratio_table, by: level, ratios: {high: 80%, low: 90%, middle: 85%}}\ndocuments:\n', 'unknown-choice', 'coverages[0].steps[5].ratios', 'ratios'),
    Wrong('choice without a ratio', 'documents:\n', '      - {label: {zh: 步, en: Step}, clause: "1", step: ratio_table, by: level, ratios: {high: 80%}}\ndocuments:\n', 'gap', 'coverages[0].steps[5].ratios', 'ratios'),
    Wrong('deductible gone before it is full', 'documents:\n', '      - {label: {zh: 步, en: Step}, clause: "1", step: disappearing_deductible, amount: "500.00", gone_at: "400.00"}\ndocuments:\n', 'gone-before', 'coverages[0].steps[5].gone_at', '"400.00"'),
    Wrong('least above most', 'documents:\n', '      - {label: {zh: 步, en: Step}, clause: "1", step: percentage_deductible, ratio: 5%, at_least: "500.00", at_most: "400.00"}\ndocuments:\n', 'least-above-most', 'coverages[0].steps[5].at_most', '"400.00"'),
    Wrong('rate above one', 'documents:\n', '      - {label: {zh: 步, en: Step}, clause: "1", step: deductible_rate, combine: add, rates: [10%, 120%]}\ndocuments:\n', 'ratio-above-one', 'coverages[0].steps[5].rates[1]', '120%'),
    Wrong('franchise without its equality', 'documents:\n', '      - {label: {zh: 步, en: Step}, clause: "1", step: franchise, amount: "50.00"}\ndocuments:\n', 'missing', 'coverages[0].steps[5].equal', '{label: {zh: 步, en: Step}, clause: "1", …'),
    Wrong('unknown rounding', 'documents:\n', '      - {label: {zh: 步, en: Step}, clause: "1", step: round, to: "0.05"}\ndocuments:\n', 'literal_error', 'coverages[0].steps[5].to', '"0.05"'),
    Wrong('exception within an exception', 'of: [bed], limit: "100.00"', 'of: [bed], limit: "100.00", exceptions: [{label: {zh: 例外, en: Exception}, clause: "1", when: stated, instead: {step: limit, label: {zh: 限, en: Limit}, clause: "1", of: [bed], limit: "9.00", when: stated}}]', 'nested-exception', 'coverages[0].steps[1].exceptions[0].instead', 'instead'),
    Wrong('days in an accumulator of money', 'documents:\n', '      - {label: {zh: 步, en: Step}, clause: "1", step: per_diem, daily: "5.00", days: age, accumulator: year}\ndocuments:\n', 'unit', 'coverages[0].steps[5].accumulator', 'year'),
    Wrong('date as a condition', 'when: on >= cover_from', 'when: on', 'expression', 'coverages[0].trigger.when', 'on'),
    Wrong('condition with two comparisons', 'when: on >= cover_from', 'when: 2026-01-01 <= on <= 2026-12-31', 'unreadable', 'coverages[0].trigger.when', '2026-01-01 <= on <= 2026-12-31'),
    Wrong('default that is no choice', 'low: {zh: 低, en: low}}}', 'low: {zh: 低, en: low}}, default: middle}', 'unreadable', 'facts.level.default', 'middle'),
    Wrong('default out of its range', 'default: "0.00", at_least: "0.00"}', 'default: "0.00", at_least: "5.00"}', 'range', 'facts.paid.default', '"0.00"'),
    Wrong('range upside down', 'default: "0.00", at_least: "0.00"}', 'default: "5.00", at_least: "5.00", at_most: "1.00"}', 'range', 'facts.paid.at_most', '"1.00"'),
    Wrong('range of a yes/no', 'default: "false"}', 'default: "false", at_least: "true"}', 'range', 'facts.stated', 'stated'),
    Wrong('requirement that nobody can meet', 'categories:\n', 'requirements:\n  - {label: {zh: 要求, en: Needed}, that: 1 > 2, about: on}\ncategories:\n', 'never', 'requirements[0].that', '1 > 2'),
    Wrong('requirement about an unknown fact', 'categories:\n', 'requirements:\n  - {label: {zh: 要求, en: Needed}, that: stated, about: nobody}\ncategories:\n', 'unknown-fact', 'requirements[0].about', 'nobody'),
    Wrong('change of an unknown fact', 'cases:\n', 'what_ifs:\n  - {label: {zh: 变, en: Change}, note: {zh: 说明, en: note}, set: {nobody: "1"}}\ncases:\n', 'unknown-fact', 'what_ifs[0].set.nobody', 'nobody'),
    Wrong('accumulator dated by an unknown fact', 'dated_by: on', 'dated_by: om', 'unknown-fact', 'accumulators.year.dated_by', 'om'),
    Wrong('unknown period', 'period: policy_year', 'period: month', 'literal_error', 'accumulators.year.period', 'month'),
    Wrong('case without a needed fact', 'facts: {on: 2026-02-01, level: low}', 'facts: {on: 2026-02-01}', 'fact-missing', 'cases[0].facts.level', 'facts'),
    Wrong('case with a value out of range', 'facts: {on: 2026-02-01, level: low}', 'facts: {on: 2026-02-01, level: low, paid: "-1.00"}', 'out-of-range', 'cases[0].facts.paid', '"-1.00"'),
    Wrong('case twice', 'cases:\n', 'cases:\n  - {name: {zh: 例, en: case}, policy: {cover_from: 2026-01-01}, facts: {on: 2026-02-01, level: low}, owed: "0.00"}\n', 'case-twice', 'cases[1].name', 'name'),
    Wrong('case with an unknown accumulator', 'owed: "45.00"', 'balances: {yaer: "1.00"}, owed: "45.00"', 'unknown-accumulator', 'cases[0].balances.yaer', 'yaer'),
    Wrong('case with an unreadable balance', 'owed: "45.00"', 'balances: {year: much}, owed: "45.00"', 'unreadable', 'cases[0].balances.year', 'much'),
    Wrong('case with a negative balance', 'owed: "45.00"', 'balances: {year: "-1.00"}, owed: "45.00"', 'negative', 'cases[0].balances.year', '"-1.00"'),
    Wrong('case with more allowed than claimed', 'claimed: "50.00"', 'claimed: "50.00", allowed: "60.00"', 'allowed-above-claimed', 'cases[0].items[0].allowed', '"60.00"'),
    Wrong('case with a negative bill', 'claimed: "50.00"', 'claimed: "-50.00"', 'negative', 'cases[0].items[0]', '{category: bed, claimed: "-50.00"}'),
    Wrong('case with an unknown coverage', 'owed: "45.00"', 'owed: "45.00", coverages: {other: "45.00"}', 'unknown-coverage', 'cases[0].coverages.other', 'other'),
    Wrong('case refused by an unknown clause', 'owed: "45.00"', 'owed: "45.00", refused_by: {cover: "9"}', 'unknown-clause', 'cases[0].refused_by.cover', '"9"'),
    Wrong('case whose parts are not the whole', 'owed: "45.00"', 'owed: "45.00", coverages: {cover: "44.00"}', 'sum', 'cases[0].owed', '"45.00"'),
    Wrong('case that owes less than nothing', 'owed: "45.00"', 'owed: "-45.00"', 'negative', 'cases[0].owed', '"-45.00"'),
    Wrong('categories for a step on the total', 'amount: paid, payer', 'of: [bed], amount: paid, payer', 'no-effect', 'coverages[0].steps[2].of', 'of'),
    Wrong('days without a daily limit', 'of: [bed], limit', 'of: [bed], days: age, limit', 'no-effect', 'coverages[0].steps[1].days', 'days'),
)
"""The document cannot be used."""

DOUBTS: tuple[Wrong, ...] = (
    Wrong('clause that nothing cites', 'clause: "2", when', 'clause: "1", when', 'uncited-clause', 'clauses[1]', '{id: "2", zh: 条文二, en: clause two}'),
    Wrong('limit that is never reached', 'limit: "900.00", accumulator: year}\n', 'limit: "900.00", accumulator: year}\n      - {label: {zh: 步, en: Step}, clause: "1", step: limit, limit: "950.00"}\n', 'unreachable', 'coverages[0].steps[5].limit', '"950.00"'),
    Wrong('annual limit after a lower one', 'limit: "900.00", accumulator: year}\n', 'limit: "900.00", accumulator: year}\n      - {label: {zh: 步, en: Step}, clause: "1", step: aggregate_limit, limit: "950.00", accumulator: year}\n', 'unreachable', 'coverages[0].steps[5].limit', '"950.00"'),
    Wrong('accumulator that nothing uses', 'exclusions:\n', '  other: {label: {zh: 另, en: other}, used_up: {zh: 完, en: gone}, period: lifetime, person: member, dated_by: on, clause: "1"}\nexclusions:\n', 'unused-accumulator', 'accumulators.other', 'other'),
    Wrong('fact that nothing uses', 'values:\n', '  extra: {kind: boolean, label: {zh: 多余, en: Extra}, question: {zh: 吗？, en: Is it?}, default: "false"}\nvalues:\n', 'unused', 'facts.extra', 'extra'),
    Wrong('value that nothing uses', 'categories:\n', '  more: {label: {zh: 多余, en: More}, value: age + 1}\ncategories:\n', 'unused', 'values.more', 'more'),
    Wrong('exclusion that never holds', 'when: age > 400 and not stated', 'when: stated and not stated and age > 400', 'never', 'exclusions[0].when', 'stated and not stated and age > 400'),
    Wrong('exclusion that always holds', 'when: age > 400 and not stated', 'when: age > 400 or stated or not stated', 'always', 'exclusions[0].when', 'age > 400 or stated or not stated'),
    Wrong('trigger that never holds', 'when: on >= cover_from', "when: level == 'low' and level == 'high'", 'never', 'coverages[0].trigger.when', "level == 'low' and level == 'high'"),
    Wrong('step that is never reached', 'of: [bed], limit: "100.00"', 'of: [bed], limit: "100.00", when: paid < 0.00', 'never', 'coverages[0].steps[1].when', 'paid < 0.00'),
    Wrong('exception that never holds', 'of: [bed], limit: "100.00"', 'of: [bed], limit: "100.00", when: level == \'low\', exceptions: [{label: {zh: 例外, en: Exception}, clause: "1", when: level == \'high\'}]', 'never', 'coverages[0].steps[1].exceptions[0].when', "level == 'high'"),
    Wrong('exception that always holds', 'of: [bed], limit: "100.00"', 'of: [bed], limit: "100.00", when: level == \'low\', exceptions: [{label: {zh: 例外, en: Exception}, clause: "1", when: level != \'high\'}]', 'always', 'coverages[0].steps[1].exceptions[0].when', "level != 'high'"),
    Wrong('paper that is never needed', 'en: the day}, clause: "1"', 'en: the day}, clause: "1", when: 1 > 2', 'never', 'documents.paper.when', '1 > 2'),
    Wrong('requirement that always holds', 'categories:\n', 'requirements:\n  - {label: {zh: 要求, en: Needed}, that: paid >= 0.00, about: paid}\ncategories:\n', 'always', 'requirements[0].that', 'paid >= 0.00'),
    Wrong('waiting period that never applies', '    steps:\n', '    waiting: {label: {zh: 等, en: wait}, clause: "1", days: 30, counted_from: cover_from, happened: on, unless: 1 < 2}\n    steps:\n', 'always', 'coverages[0].waiting.unless', '1 < 2'),
    Wrong('payment that can be negative', 'default: "0.00", at_least: "0.00"}', 'default: "0.00"}', 'may-be-negative', 'coverages[0].steps[2].amount', 'paid'),
    Wrong('share that can be above one', 'limit: "900.00", accumulator: year}\ndocuments', 'limit: "900.00", accumulator: year}\n      - {label: {zh: 步, en: Step}, clause: "1", step: fault_share, share: 300% - 100% * age}\ndocuments', 'may-exceed-whole', 'coverages[0].steps[5].share', '300% - 100% * age'),
    Wrong('divisor that can be zero', 'of: [bed], limit: "100.00"', 'of: [bed], limit: "100.00 * (paid / paid)"', 'may-divide-by-zero', 'coverages[0].steps[1].limit', '"100.00 * (paid / paid)"'),
    Wrong('step after which nothing is left', 'limit: "900.00", accumulator: year}\n', 'limit: "900.00", accumulator: year}\n      - {label: {zh: 步, en: Step}, clause: "1", step: deductible, amount: "900.00"}\n', 'never-pays', 'coverages[0].steps[5]', '{label: {zh: 步, en: Step}, clause: "1", …'),
    Wrong('Chinese in the English text', 'en: Bed limit}', 'en: 床位限额}', 'language', 'coverages[0].steps[1].label.en', '床位限额'),
    Wrong('English in the Chinese text', 'zh: 床位限额', 'zh: At most one hundred yuan for the bed', 'language', 'coverages[0].steps[1].label.zh', 'At most one hundred yuan for the bed'),
    Wrong('case before the edition is in force', 'policy: {cover_from: 2026-01-01}', 'policy: {cover_from: 2025-12-31}', 'case-out-of-force', 'cases[0].policy.cover_from', '2025-12-31'),
    Wrong('no worked case', GOOD[GOOD.index('cases:') :], '', 'no-cases', 'product', 'sample'),
)
"""The document can be used, but hardly means what it says."""

NOTES: tuple[Wrong, ...] = (
    Wrong('ratios too fine for 64 bits', '      - {step: bands', '      - {label: {zh: 步, en: Step}, clause: "1", step: coinsurance, pays: 1/9973}\n      - {label: {zh: 步, en: Step}, clause: "1", step: coinsurance, pays: 2/9973}\n      - {label: {zh: 步, en: Step}, clause: "1", step: coinsurance, pays: 3/9973}\n      - {step: bands', 'possible-overflow', 'coverages[0].steps[4]', '{label: {zh: 步, en: Step}, clause: "1", …'),
    Wrong('value above the loss', 'limit: "900.00", accumulator: year}\n', 'limit: "900.00", accumulator: year}\n      - {label: {zh: 步, en: Step}, clause: "1", step: greater_of, amounts: ["950.00"]}\n', 'above-loss', 'coverages[0].steps[5]', '{label: {zh: 步, en: Step}, clause: "1", …'),
    Wrong('condition that may be left out', 'of: [bed], limit: "100.00"', 'of: [bed], limit: "100.00", when: paid >= 0.00', 'always', 'coverages[0].steps[1].when', 'paid >= 0.00'),
)
"""Worth knowing; nothing need be done."""
