"""`lipei demo`: fills a new database with the demonstration, or empties one that holds nothing else and fills it again."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lipei.demo.emptying import empty
from lipei.launch import marks
from lipei.launch.attached import site
from lipei.launch.trouble import Trouble
from lipei.terms.words import Words

if TYPE_CHECKING:
    from lipei.demo.told import Told
    from lipei.filing.refusal import Refused

DESCRIPTION = """Fill a new database with an invented insurer: 3 branches, 25 colleagues, 2,000 policies, 400 claims in every stage,
all told through the same commands the pages use. Begun again, it goes on where it stopped. A database that holds
anything else is never touched."""
HOLDS_OTHER = Words(
    zh="数据库里有别的数据，没有放入演示数据，什么也没有改。请用 LIPEI_HOME 指定另一个目录。",
    en="The database holds other data; no demonstration was put in and nothing was changed. Name another folder with LIPEI_HOME.",
)


def parser() -> argparse.ArgumentParser:
    """The command line of `lipei demo`."""
    made = argparse.ArgumentParser(prog="lipei demo", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--first", action="store_true", help="only the first 40 claims: enough for the first page")
    made.add_argument("--claims", type=int, metavar="N", help="at most N claims (default: 400)")
    made.add_argument("--policies", type=int, metavar="N", help="at most N policies (default: 2000)")
    made.add_argument("--reset", action="store_true", help="empty a demonstration database first; refused in any other")
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Tell the demonstration; returns the exit code. Raises `Trouble` (both languages) for what a person must put right."""
    wish = parser().parse_args(argv)
    if wish.reset:
        empty()
    with site(wished=marks.DEMO) as kind:
        if kind != marks.DEMO:
            raise Trouble(HOLDS_OTHER)
        return _tell(wish)


def _tell(wish: argparse.Namespace) -> int:
    from lipei.demo.drawing import CLAIMS
    from lipei.demo.policies import POLICIES
    from lipei.demo.telling import FIRST_CLAIMS, HoldsOtherData, refuse_other_data, tell_all

    try:
        refuse_other_data()
    except HoldsOtherData as fault:
        raise Trouble(HOLDS_OTHER) from fault
    claims = min(FIRST_CLAIMS if wish.first else CLAIMS, wish.claims if wish.claims is not None else CLAIMS)
    policies = min(FIRST_CLAIMS if wish.first else POLICIES, wish.policies if wish.policies is not None else POLICIES)
    began = time.monotonic()
    told = tell_all(claims=claims, policies=policies, say=_progress, refused=_note_refusal)
    if told:
        print(f"Demonstration: {told} claims told in {time.monotonic() - began:.0f} s", flush=True)
    return 0


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{line}", end="", file=sys.stderr, flush=True)


def _note_refusal(told: Told, refusal: Refused) -> None:
    print(f"Demonstration: claim of {told.policy.number} stays where it is: {refusal}", file=sys.stderr, flush=True)
