"""The only way to write: `@command` opens the transaction, names the actor and the reason, and appends the entries.

A command is one function, one verb:

    @command("coverage.confirm")
    def confirm_coverage(claim_id: int, *, by: Actor, why: str = "", at: datetime = NOW, …) -> …:

Callers leave out `at`; it is then the database's own time. Only a database marked as demo accepts another one.
Commands called inside a command join it: one transaction, one command number, the outer verb vouches.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar, cast

from django.db import connection, transaction

from lipei.filing.actor import Actor
from lipei.filing.recording import append
from lipei.filing.refusal import Refused, not_permitted
from lipei.filing.running import Running, current
from lipei.terms.words import Words

P = ParamSpec("P")
R = TypeVar("R")
WHY_CHARACTERS_MAX = 2_000
CLOCK_TOLERANCE = timedelta(minutes=5)
NOW = datetime.min.replace(tzinfo=UTC)
"""Stands for the database's own time, put in by `@command`."""

VERBS: dict[str, str] = {}
"""Every verb that a command claims, with the function's dotted name: the permission table is checked against it."""


def _begin(verb: str, *, by: Actor, why: str, at: datetime | None) -> Running:
    number = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lipei.command', %s, true), now(), nextval('entry_id_seq'),"
            " EXISTS (SELECT 1 FROM launch.marks WHERE name = 'kind' AND value = 'demo')",
            [str(number)],
        )
        _, now, entry_id, is_demo = cursor.fetchone()
    told = None if at is None or at == NOW else at
    if told is not None and not is_demo and abs(told - now) > CLOCK_TOLERANCE:
        raise Refused(
            "bad_input",
            Words("时间不能改成过去或将来。", "The time cannot be set to the past or the future."),
            why=Words("只有演示数据库可以用别的时间。", "Only a demo database accepts another time."),
        )
    return Running(number, verb, by, why, told or now, now, is_demo, entry_id)


def _check(verb: str, *, by: Actor, why: str) -> None:
    if verb not in by.verbs and "*" not in by.verbs:
        raise not_permitted(
            Words("您的岗位不能做这一步。", "Your role cannot take this step."),
            who=Words(f"这一步（{verb}）由别的岗位来做。", f"This step ({verb}) belongs to another role."),
        )
    if len(why) > WHY_CHARACTERS_MAX:
        raise Refused(
            "bad_input",
            Words(
                f"理由有 {len(why)} 个字，最多 {WHY_CHARACTERS_MAX} 个。",
                f"The reason has {len(why)} characters; the most is {WHY_CHARACTERS_MAX}.",
            ),
            do=Words("请写短一些，细节放到记录里。", "Shorten it and put the details into a note."),
        )


def command(verb: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the command for `verb`: permission, transaction, actor, time, entries."""

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        VERBS[verb] = f"{function.__module__}.{function.__name__}"

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            outer = current.get()
            if outer is not None:
                if kwargs.get("at", NOW) == NOW:
                    kwargs["at"] = outer.at
                return function(*args, **kwargs)
            by = cast(Actor, kwargs["by"])
            why = cast(str, kwargs.get("why") or "")
            _check(verb, by=by, why=why)
            with transaction.atomic():
                now = _begin(verb, by=by, why=why, at=cast("datetime | None", kwargs.get("at")))
                kwargs["at"] = now.at
                token = current.set(now)
                try:
                    result = function(*args, **kwargs)
                    append(now)
                finally:
                    current.reset(token)
                _end()
            return result

        run.verb = verb  # type: ignore[attr-defined]
        return run

    return wrap


def _end() -> None:
    """Close the door again: the rest of a surrounding transaction (a test's) may not write either."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lipei.command', '', true)")
