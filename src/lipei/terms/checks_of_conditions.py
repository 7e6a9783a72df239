"""The static checks of conditions: what can never hold, and what always does, given what the facts can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lipei.terms.document import Coverage, Document
from lipei.terms.expressions import Expression
from lipei.terms.faults import Found, Path, error, note, warning
from lipei.terms.ranges import Env, assumed
from lipei.terms.words import Words

NEVER = Words("这个条件永远不成立", "this condition can never hold")
ALWAYS = Words("这个条件总是成立", "this condition always holds")


def condition_faults(document: Document, env: Env) -> Iterator[Found]:
    """Conditions that decide nothing, in a document whose expressions are well typed."""
    asked = {"policy": document.policy, "facts": document.facts}
    for section, specs in asked.items():
        for name, spec in specs.items():
            yield from _undecided(spec.needed_when, env, (section, name, "needed_when"), always=None)
    for code, paper in document.documents.items():
        yield from _undecided(paper.when, env, ("documents", code, "when"), always=None)
    for at, change in enumerate(document.what_ifs):
        yield from _undecided(change.when, env, ("what_ifs", at, "when"), always=None)
    known: Env | None = env
    for at, requirement in enumerate(document.requirements):
        path: Path = ("requirements", at, "that")
        met = None if known is None else assumed(requirement.that, known)
        if known is not None and met is None:
            yield error("never", path, NEVER, Words("没有案件能满足；改正条件", "no claim could meet it; correct it"))
        else:
            yield from _undecided(requirement.that, env, path, always=Words("删掉这条要求", "remove the requirement"))
        known = met
    for at, exclusion in enumerate(document.exclusions):
        yield from _undecided(exclusion.when, env, ("exclusions", at, "when"), always=EXCLUDES_ALL)
    for at, coverage in enumerate(document.coverages):
        yield from _of_coverage(document, coverage, known or env, ("coverages", at))


EXCLUDES_ALL = Words("这样什么都不赔；改正条件", "so nothing is ever covered; correct the condition")


def _of_coverage(document: Document, coverage: Coverage, env: Env, path: Path) -> Iterator[Found]:
    answers = assumed(coverage.trigger.when, env)
    yield from _undecided(coverage.trigger.when, env, (*path, "trigger", "when"), always=None)
    if answers is None:
        return
    if coverage.waiting is not None:
        waived = Words("这样等待期从不适用；改正条件", "so the waiting period never applies; correct the condition")
        yield from _undecided(coverage.waiting.unless, answers, (*path, "waiting", "unless"), always=waived)
    for at, exclusion in enumerate(coverage.exclusions):
        yield from _undecided(exclusion.when, answers, (*path, "exclusions", at, "when"), always=EXCLUDES_ALL)
    reached: Env | None = answers
    for exclusion in document.exclusions_of(coverage):
        reached = None if reached is None else assumed(exclusion.when, reached, holds=False)
    if reached is None:
        if all(assumed(one.when, answers, holds=False) is not None for one in document.exclusions_of(coverage)):
            what = Words("除外把这项责任全部排除了", "the exclusions together leave nothing of this coverage")
            yield warning("never-reached", path, what, Words("改正除外的条件", "correct the exclusions"))
        return
    for at, step in enumerate(coverage.steps):
        yield from _of_step(step, reached, (*path, "steps", at))


def _of_step(step: Any, env: Env, path: Path) -> Iterator[Found]:
    yield from _undecided(step.when, env, (*path, "when"), always=None)
    if step.when is not None and assumed(step.when, env, holds=False) is None:
        yield note("always", (*path, "when"), ALWAYS, Words("可以不写 when", "the `when` may be left out"))
    left: Env | None = env if step.when is None else assumed(step.when, env)
    for at, exception in enumerate(step.exceptions):
        if left is None:
            return
        here = (*path, "exceptions", at, "when")
        replaced = Words("这样步骤本身从不执行；改正条件", "so the step itself is never taken; correct the condition")
        yield from _undecided(exception.when, left, here, always=replaced)
        if assumed(exception.when, left) is not None:
            left = assumed(exception.when, left, holds=False)


def _undecided(condition: Expression | None, env: Env, path: Path, *, always: Words | None) -> Iterator[Found]:
    """A warning for a condition that never holds, and for one that always does when `always` has a cure."""
    if condition is None:
        return
    if assumed(condition, env) is None:
        yield warning(
            "never", path, NEVER, Words("改正条件，或删掉这一处", "correct the condition, or remove this part")
        )
    elif always is not None and assumed(condition, env, holds=False) is None:
        yield warning("always", path, ALWAYS, always)
