"""The static checks of what amounts can come to: below zero, above the loss, out of reach, too large for 64 bits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lipei.terms import combinators as steps
from lipei.terms.document import Coverage, Document
from lipei.terms.expressions import Binary, Const, Expression, Node, children
from lipei.terms.faults import Found, Path, error, note, warning
from lipei.terms.money import AMOUNT_MAX, plain
from lipei.terms.parts import expressions_of
from lipei.terms.ranges import ENDLESS, Env, Span, span_of
from lipei.terms.scalars import Exact
from lipei.terms.words import Words

INT64_MAX = 2**63 - 1
RATIOS_OF_PAYMENT = frozenset({"pays", "share", "cap", "ratio", "ratios", "rate", "rates"})


def bound_faults(document: Document, env: Env) -> Iterator[Found]:
    """Faults, warnings and notes of amounts, in a document whose expressions are well typed."""
    for number, coverage in enumerate(document.coverages):
        for at, step in enumerate(coverage.steps):
            path: Path = ("coverages", number, "steps", at)
            for expression, here, kind in expressions_of(step, path):
                if kind in ("amount", "ratio", "whole"):
                    yield from _sign_and_size(expression, span_of(expression, env), here, kind)
        if coverage.waiting is not None and span_of(coverage.waiting.days, env).low < 0:
            yield from _sign_and_size(
                coverage.waiting.days,
                span_of(coverage.waiting.days, env),
                ("coverages", number, "waiting", "days"),
                "whole",
            )
        yield from _walked(coverage, ("coverages", number), env)
    for expression, here, _ in expressions_of(document):
        yield from _divisions(expression, here, env)


def _sign_and_size(expression: Expression, span: Span, path: Path, kind: str) -> Iterator[Found]:
    if span.high < 0:
        what = Words("这里总是小于零", "this is always below zero")
        yield error("negative", path, what, Words("写零或更大的值", "write zero or more"))
    elif -ENDLESS < span.low < 0:
        zero = {"amount": "0.00", "ratio": "0%", "whole": "0"}[kind]
        what = Words(
            f"“{expression.text}”可能小于零，那样这一步就反过来了",
            f"“{expression.text}” can be below zero, and the step would then do the opposite",
        )
        cure = Words(
            f'给所用的事实写 at_least: "{zero}"，算出来的值用 max({zero}, …)',
            f'give the fact it uses at_least: "{zero}", or write max({zero}, …) for what is worked out',
        )
        yield warning("may-be-negative", path, what, cure)
    if kind == "amount" and span.low > AMOUNT_MAX:
        most = plain(AMOUNT_MAX)
        what = Words(
            f"这里总是大于能记的最大金额 {most}", f"this is always above the largest amount we can hold, {most}"
        )
        yield error("too-large", path, what, Words("改小", "lower it"))
    names = {part for part in path if isinstance(part, str)}
    if kind == "ratio" and span.high > 1 and names & RATIOS_OF_PAYMENT and expression.constant is None:
        yield _above_one(expression, path)


def _above_one(expression: Expression, path: Path) -> Found:
    what = Words(
        f"“{expression.text}”可能大于 100%，会付得比损失多",
        f"“{expression.text}” can be above 100% and would pay more than the loss",
    )
    cure = Words(
        "给所用的事实写 at_most: 100%，或用 min(…, 100%)", "give the fact it uses at_most: 100%, or write min(…, 100%)"
    )
    return warning("may-exceed-whole", path, what, cure)


def _divisions(expression: Expression, path: Path, env: Env) -> Iterator[Found]:
    for divisor in _divisors(expression.node):
        span = span_of(divisor, env)
        if span.low == span.high == 0:
            yield error(
                "divides-by-zero",
                path,
                Words("这里总是除以零", "this always divides by zero"),
                Words("改正除数", "correct the divisor"),
            )
        elif span.low <= 0 <= span.high:
            yield warning(
                "may-divide-by-zero",
                path,
                Words("除数可能是零，那样就算不出来", "the divisor can be zero, and then nothing can be calculated"),
                Words("给除数写 at_least，或用 max(…)", "give the divisor an at_least, or use max(…)"),
            )


def _divisors(node: Node) -> Iterator[Expression]:
    if isinstance(node, Binary) and node.sign == "/":
        yield Expression("", node.right, (), lambda env: None)
    for child in children(node):
        yield from _divisors(child)


def _walked(coverage: Coverage, path: Path, env: Env) -> Iterator[Found]:
    """Follows the highest amount that can come out of each step."""
    high: Exact = 0
    finest, fits = 1, True
    lasting: dict[str, Exact] = {}
    for at, step in enumerate(coverage.steps):
        here = (*path, "steps", at)
        unchanged = [high] if step.when is not None else []
        after = max([_highest(one, high, env) for one in _alternatives(step)] + unchanged)
        if at:
            yield from _out_of_reach(step, high, lasting, here, env)
        if after <= 0 and (at == 0 or high > 0):
            yield warning(
                "never-pays",
                here,
                Words("这一步之后什么都不剩", "after this step nothing can be left"),
                Words("改正金额", "correct the amount"),
            )
        yield from _above_loss(coverage, step, here)
        finest = 1 if isinstance(step, steps.Round) else finest * _denominator(step)
        if fits and max(high, after) * finest > INT64_MAX:
            fits = False
            yield _exact_path(here, too_fine=max(high, after) <= AMOUNT_MAX)
        high = after


def _out_of_reach(step: Any, high: Exact, lasting: dict[str, Exact], path: Path, env: Env) -> Iterator[Found]:
    """A limit that cannot bind: no more can come to it, or the same accumulator was limited lower before."""
    if step.when is not None or step.exceptions:
        return
    limit = _limit_of(step, env)
    if limit is None or isinstance(step, steps.Layer):
        return
    before: Exact | None = high
    if isinstance(step, steps.AggregateLimit):
        before = lasting.get(step.accumulator)
        lasting[step.accumulator] = limit.high if before is None else min(before, limit.high)
    if before is not None and limit.low >= before > 0:
        most = plain(int(before))
        yield warning(
            "unreachable",
            (*path, "insured" if isinstance(step, steps.FirstLoss) else "limit"),
            Words(
                f"前面已经最多 {most}，这个限额碰不到",
                f"before it there can be {most} at most, so this limit is never reached",
            ),
            Words("改小，或删掉这一步", "lower it, or remove the step"),
        )


def _alternatives(step: Any) -> list[Any]:
    """The step and what its exceptions put in its place."""
    return [step, *(exception.instead for exception in step.exceptions)]


def _exact_path(path: Path, *, too_fine: bool) -> Found:
    cure = Words(
        "不必改；要更快，就在前面加一步 round", "nothing need be done; for more speed add a round step before it"
    )
    if not too_fine:
        cure = Words(
            "不必改；要更快，就给金额和天数写 at_most",
            "nothing need be done; for more speed give amounts and days an at_most",
        )
    return note(
        "possible-overflow",
        path,
        Words(
            "到这一步，64 位可能放不下，会用较慢的精确算法",
            "up to here 64 bits may not be enough; the slower exact way is taken then",
        ),
        cure,
    )


def _above_loss(coverage: Coverage, step: Any, path: Path) -> Iterator[Found]:
    for one in _alternatives(step):
        if coverage.kind == "indemnity" and isinstance(one, steps.GreaterOf | steps.AgreedValue):
            yield note(
                "above-loss",
                path,
                Words("这一步可能付得比损失多", "this step can pay more than the loss"),
                Words("条款就是这样写的话不必改", "nothing need be done when the clause says so"),
            )


def _limit_of(step: Any, env: Env) -> Span | None:
    """The limit that a step puts on the whole amount; None for any other step."""
    if isinstance(step, steps.Limit) and step.of is None and step.scope == "claim":
        return span_of(step.limit, env)
    if isinstance(step, steps.AggregateLimit | steps.Layer):
        return span_of(step.limit, env)
    if isinstance(step, steps.FirstLoss):
        return span_of(step.insured, env)
    return None


def _highest(step: Any, high: Exact, env: Env) -> Exact:
    """The highest amount after a step that begins with at most `high`; `nothing` (a lifted step) changes nothing."""
    if isinstance(step, str):
        return high
    begun = _begun(step, env)
    if begun is not None:
        return begun
    limit = _limit_of(step, env)
    if limit is not None:
        return min(high, limit.high)
    if isinstance(step, steps.Deductible) or (
        isinstance(step, steps.Copayment) and step.scope == "claim" and not step.of
    ):
        return max(high - max(span_of(step.amount, env).low, 0), 0)
    if isinstance(step, steps.LesserOf):
        return min([high, *(span_of(amount, env).high for amount in step.amounts)])
    if isinstance(step, steps.GreaterOf):
        return max([high, *(span_of(amount, env).high for amount in step.amounts)])
    if isinstance(step, steps.AgreedValue):
        return span_of(step.value, env).high
    return high


def _begun(step: Any, env: Env) -> Exact | None:
    """The highest amount with which a first step begins; None for a step that goes on from an amount."""
    if isinstance(step, steps.Sum):
        return AMOUNT_MAX
    if isinstance(step, steps.LumpSum):
        return span_of(step.amount, env).high
    if isinstance(step, steps.Schedule):
        return span_of(step.insured, env).high
    if isinstance(step, steps.AmountTable):
        return max(span_of(row.pays, env).high for row in step.rows)
    if isinstance(step, steps.PerDiem):
        waited = 0 if step.elimination_days is None else max(span_of(step.elimination_days, env).low, 0)
        days = max(span_of(step.days, env).high - waited, 0)
        days = days if step.days_max is None else min(days, span_of(step.days_max, env).high)
        return days * span_of(step.daily, env).high
    return None


def _denominator(step: Any) -> int:
    """The finest fraction of a fen that the written ratios of a step can make of a whole amount."""
    finest = 1
    for expression, path, kind in expressions_of(step):
        if kind == "ratio" and isinstance(expression.node, Const) and "exceptions" not in path:
            each = getattr(expression.constant, "denominator", 1)
            finest = finest * each if "rates" in path else max(finest, each)
    return finest
