"""`lipei begin`: the first branch and the first administrator of a live installation; everybody else is engaged in the pages."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence

from lipei.filing.refusal import Refused
from lipei.launch.attached import site
from lipei.launch.trouble import Trouble, terminal_language
from lipei.terms.words import Words

DESCRIPTION = """Make the first branch and the first administrator, who then engages everybody else on the reference pages.
Works once: where an administrator exists, it says so and changes nothing. The password is asked for, or read from
standard input where that is no terminal."""
PASSWORD_CHARACTERS_MIN = 10
HAS_ONE = Words(
    zh="已经有管理员（工号 {number}）；其他同事由管理员在“参照资料”里登记。",
    en="There is an administrator already (staff number {number}); others are engaged on the reference pages.",
)
SHORT = Words(
    zh=f"密码至少 {PASSWORD_CHARACTERS_MIN} 个字符；什么也没有建立。",
    en=f"The password needs at least {PASSWORD_CHARACTERS_MIN} characters; nothing was made.",
)
DONE = Words(
    zh="已建立{branch}和管理员 {name}（工号 {number}）。用工号和密码登录。",
    en="Made {branch} and its administrator {name} (staff number {number}). Log in with number and password.",
)


def parser() -> argparse.ArgumentParser:
    """The command line of `lipei begin`."""
    made = argparse.ArgumentParser(prog="lipei begin", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--number", required=True, metavar="N", help="staff number of the administrator")
    made.add_argument("--name", required=True, help="name, in Chinese where there is one")
    made.add_argument("--name-en", default="", metavar="NAME", help="name in Latin letters (default: the same)")
    made.add_argument("--branch", required=True, metavar="CODE", help="code of the first branch, 1 to 8 letters: stands in claim numbers")
    made.add_argument("--branch-name", required=True, metavar="NAME", help="its name")
    made.add_argument("--branch-name-en", default="", metavar="NAME", help="its name in English (default: the same)")
    made.add_argument("--address", required=True, help="its address, as printed on letters")
    made.add_argument("--phone", required=True, help="its phone, as printed on letters")
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Make both, or say why not; returns the exit code. Raises `Trouble` (both languages)."""
    wish = parser().parse_args(argv)
    secret = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if len(secret) < PASSWORD_CHARACTERS_MIN:
        raise Trouble(SHORT)
    with site():
        try:
            begin(wish, secret=secret)
        except Refused as refused:
            lines = [refused.what, *(m.what for m in refused.missing)]
            raise Trouble(Words("\n".join(w.zh for w in lines), "\n".join(w.en for w in lines))) from refused
    told = DONE.with_(branch=wish.branch_name, name=wish.name, number=wish.number)
    print(told.in_(terminal_language()))
    return 0


def begin(wish: argparse.Namespace, *, secret: str) -> None:
    """The branch and the administrator, through the commands. Raises `Trouble` where there is an administrator."""
    from lipei.filing.actor import system
    from lipei.staff.commands import BranchData, ColleagueData, engage, open_branch
    from lipei.staff.queries import first_administrator

    known = first_administrator()
    if known:
        raise Trouble(HAS_ONE.with_(number=known))
    branch_id = open_branch(
        BranchData(
            code=wish.branch, name_zh=wish.branch_name, name_en=wish.branch_name_en or wish.branch_name, address_zh=wish.address,
            address_en=wish.address, phone=wish.phone,
        ),
        by=system(),
    )
    engage(
        ColleagueData(
            number=wish.number, name=wish.name, name_en=wish.name_en or wish.name, branch_id=branch_id, roles=("administrator",),
            password=secret,
        ),
        by=system(),
    )
