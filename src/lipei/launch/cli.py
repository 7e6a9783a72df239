"""The `lipei` command: one word for each thing a person may want of Lipei at the terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from lipei import __version__
from lipei.launch.trouble import Trouble, terminal_language
from lipei.terms.words import Words

DESCRIPTION = "Lipei (理赔): the claims service system, from the counter to the sealed archive."
EPILOG = """\
where things live (each may be named by the variable in brackets):
  data       ~/.local/share/lipei    [LIPEI_HOME]
  keys       ~/.config/lipei/keys    [LIPEI_KEYS]     never in a backup: keep a copy elsewhere
  database   embedded, in the data   [DATABASE_URL]   names a PostgreSQL server of your own

Start with `lipei run --demo`; each command explains itself with --help."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A command that another room answers: its module has `main(arguments) -> exit code`."""

    module: str
    help: str

    @property
    def is_there(self) -> bool:
        package = self.module.rpartition(".")[0]
        return find_spec(package) is not None and find_spec(self.module) is not None


ELSEWHERE: Mapping[str, Elsewhere] = {
    "verify": Elsewhere("lipei.launch.verify", "check every entry, chain and deposited block"),
    "begin": Elsewhere("lipei.site.beginning", "make the first branch and the first administrator"),
    "take-over": Elsewhere("lipei.site.taking_over", "take policies over from a CSV file"),
    "demo": Elsewhere("lipei.demo.cli", "fill an empty database with the demonstration"),
    "explain": Elsewhere("lipei.products.explain_cli", "calculate claims by any terms document, step by step"),
    "products": Elsewhere("lipei.products.cli", "check, test and show products"),
    "adjudicate": Elsewhere("lipei.products.adjudicate_cli", "calculate a whole book of claims"),
    "what-if": Elsewhere("lipei.products.whatif_cli", "compare a book under two editions of the terms"),
    "speech": Elsewhere("lipei.speech.measuring", "check a sentence for what may not be said, or measure the checks"),
    "bench": Elsewhere("lipei.bench.cli", "measure how fast the desk and the calculation are here"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. What a person must put right is said in the terminal's language, on
    stderr."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given and given[0] in ELSEWHERE and ELSEWHERE[given[0]].is_there:
            return int(import_module(ELSEWHERE[given[0]].module).main(given[1:]) or 0)
        parser = parser_of_all()
        wish = parser.parse_args(given)
        if wish.command is None:
            parser.print_help()
            return 0
        return int(OWN[wish.command](wish))
    except Trouble as trouble:
        print(trouble.words.in_(terminal_language()), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser_of_all() -> argparse.ArgumentParser:
    """The command line, with every command that this installation can answer."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="lipei", description=DESCRIPTION, epilog=EPILOG, formatter_class=raw)
    parser.add_argument("--version", action="version", version=f"lipei {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_run(commands)
    _add_keeping(commands)
    for name, elsewhere in ELSEWHERE.items():
        if elsewhere.is_there:
            commands.add_parser(name, help=elsewhere.help, add_help=False)
    return parser


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = (
        "Start the database, bring it to this version, start the web pages and the background work, and keep "
        "all of it alive until Ctrl-C."
    )
    run = commands.add_parser("run", help="start Lipei and keep it running", description=text)
    run.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="port of the web pages (default: %(default)s)"
    )
    run.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="address to listen on (default: %(default)s, this machine only)",
    )
    run.add_argument(
        "--demo",
        action="store_true",
        help="fill a new database with invented claims, and let anybody in with one click",
    )
    text = "Bring the database to this version of Lipei and stop again. `lipei run` does this by itself."
    commands.add_parser("migrate", help="bring the database to this version", description=text)


def _add_keeping(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = (
        "Write everything in the database, papers included, into one file. The keys are never in it; keep a "
        "copy of them elsewhere."
    )
    backup = commands.add_parser("backup", help="write everything but the keys into one file", description=text)
    backup.add_argument("file", type=Path, metavar="FILE", help="file to write; an existing one is not overwritten")
    text = "Fill an empty database from a backup. Needs the key file that was used with it."
    restore = commands.add_parser("restore", help="fill an empty database from a backup", description=text)
    restore.add_argument("file", type=Path, metavar="FILE", help="file that `lipei backup` wrote")
    text = (
        "Add a key version. New values are written with it, old ones stay readable with theirs; keep a new "
        "copy of the key file afterwards."
    )
    commands.add_parser("rotate-keys", help="take a new key into use", description=text)


def _run(wish: argparse.Namespace) -> int:
    from lipei.launch import marks, running

    return running.run(running.Wish(host=wish.host, port=wish.port, kind=marks.DEMO if wish.demo else marks.LIVE))


def _migrate(wish: argparse.Namespace) -> int:
    from lipei.launch import attached

    with attached.site():
        print("The database is at this version.")
    return 0


def _backup(wish: argparse.Namespace) -> int:
    from lipei.launch import backup, database

    with database.serving() as addresses:
        return _said(backup.backup(addresses, wish.file))


def _restore(wish: argparse.Namespace) -> int:
    from lipei.launch import backup, database

    with database.serving() as addresses:
        return _said(backup.restore(addresses, wish.file))


def _rotate_keys(wish: argparse.Namespace) -> int:
    from lipei.launch import keys

    return _said(keys.ROTATED.with_(version=keys.rotate().version, path=keys.path_of_keys()))


OWN = {"run": _run, "migrate": _migrate, "backup": _backup, "restore": _restore, "rotate-keys": _rotate_keys}


def _said(words: Words) -> int:
    print(words.in_(terminal_language()))
    return 0


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else 0
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 1 to 65535")
    return port


if __name__ == "__main__":
    raise SystemExit(main())
