"""`lipei verify`: looks through every entry, chain and deposited block, and names each file and entry that does
not agree."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from lipei.launch import attached, places
from lipei.launch.trouble import terminal_language

CHECK = "lipei.filing.verification"
"""The room that knows the seal; `check(deposit)` gives a report with `files`, `entries`, `blocks` and `findings`
(words)."""


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when everything agrees, 1 when something was altered."""
    parser = argparse.ArgumentParser(prog="lipei verify", description=__doc__.partition(": ")[2] if __doc__ else None)
    parser.add_argument(
        "--deposit", type=Path, default=places.deposit_dir(), metavar="DIR",
        help="folder with the blocks that were deposited outside (default: %(default)s)",
    )  # fmt: skip
    wish = parser.parse_args(arguments)
    language = terminal_language()
    with attached.site():
        report = import_module(CHECK).check(wish.deposit)
    for finding in report.findings:
        print(finding.in_(language))
    outcome = "nothing was altered" if not report.findings else f"{len(report.findings)} findings"
    print(f"{report.files:,} files, {report.entries:,} entries, {report.blocks:,} deposited blocks: {outcome}.")
    return 1 if report.findings else 0
