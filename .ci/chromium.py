"""Prints the path of a Chromium that the browser tests can drive, fetching one (and the Chinese fonts) when there
is none.

In this order: `LIPEI_CHROMIUM`; one on the machine; `apt-get install` when root may; else the same packages, downloaded
with apt and unpacked into the cache without installing anything, started by a small script that shows it its libraries.
Debian only. Prints nothing and exits 1 when none of this works; the reason stands on stderr.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
CACHE = Path(os.environ.get("LIPEI_TEST_CACHE") or TOP / ".cache") / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ["chromium", "fonts-noto-cjk"]
PACKAGES_MAX = 400
TRY_SECONDS = 60
APT_SECONDS = 900
SKIPPED = re.compile(
    r"^(adduser|bash|coreutils|debconf.*|dpkg|init-system-helpers|perl.*|passwd|systemd.*|util-linux)$"
)
"""Parts of the system that every Debian has and a browser does not bring along."""
SCRIPT = """#!/bin/sh
# Starts the unpacked Chromium with the libraries and fonts unpacked beside it. Written by .ci/chromium.py.
here="$(dirname "$(readlink -f "$0")")"
export LD_LIBRARY_PATH="{libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export FONTCONFIG_FILE="$here/fonts.conf" XDG_DATA_DIRS="$here/root/usr/share:/usr/share"
exec "$here/root/usr/lib/chromium/chromium" --no-sandbox "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}/fontconfig</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans CJK SC</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
</fontconfig>
"""


def main() -> int:
    for path in (os.environ.get("LIPEI_CHROMIUM", ""), *(shutil.which(name) or "" for name in NAMES)):
        if path and works(path) and (has_chinese() or not may_install()):
            print(path)
            return 0
    script = CACHE / "chromium"
    if not (script.exists() and works(str(script))):
        if may_install() and installed() and works(found := shutil.which("chromium") or ""):
            print(found)
            return 0
        if not unpacked() or not works(str(script)):
            print(
                "No Chromium for the browser tests: neither apt-get nor unpacking Debian's packages worked.",
                file=sys.stderr,
            )
            return 1
    print(script)
    return 0


def works(path: str) -> bool:
    """Whether it starts, draws a page and ends."""
    if not path:
        return False
    command = [
        path,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--dump-dom",
        "data:text/html,<p>理赔",
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=TRY_SECONDS, check=False, env={**os.environ, "HOME": str(home())}
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    if done.returncode or b"<p>" not in done.stdout:
        print(done.stderr.decode(errors="replace")[-800:], file=sys.stderr)
        return False
    return True


def home() -> Path:
    """A home for the trial start, so that it leaves nothing in the user's."""
    folder = CACHE / "home"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def has_chinese() -> bool:
    done = said(["fc-list", ":lang=zh", "family"])
    return bool(done.strip())


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def installed() -> bool:
    """Install with apt, as root."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(
            ["apt-get", "-qq", *arguments], env=environment, stdout=sys.stderr, timeout=APT_SECONDS, check=False
        )
        if done.returncode:
            return False
    return True


def unpacked() -> bool:
    """Download the packages and all that they need and the machine lacks, and unpack them into the cache."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return False
    downloads, root = CACHE / "packages", CACHE / "root"
    options = apt_of_our_own()
    downloads.mkdir(parents=True, exist_ok=True)
    names = needed(options)
    done = subprocess.run(
        ["apt-get", *options, "-qq", "download", *names],
        cwd=downloads,
        stdout=sys.stderr,
        timeout=APT_SECONDS,
        check=False,
    )
    if done.returncode:
        return False
    shutil.rmtree(root, ignore_errors=True)
    for package in sorted(downloads.glob("*.deb")):
        if subprocess.run(["dpkg-deb", "-x", str(package), str(root)], check=False).returncode:
            return False
    shutil.rmtree(downloads)
    write_script(root)
    return True


def apt_of_our_own() -> list[str]:
    """Options that let any user refresh apt's lists: its own folders for lists and cache, the machine's sources
    and status."""
    state, cache = CACHE / "apt" / "lists", CACHE / "apt" / "cache"
    for folder in (state / "partial", cache / "archives" / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    options = ["-o", f"Dir::State::Lists={state}", "-o", f"Dir::Cache={cache}", "-o", "APT::Sandbox::User="]
    subprocess.run(["apt-get", *options, "-qq", "update"], stdout=sys.stderr, timeout=APT_SECONDS, check=False)
    return options


def needed(options: list[str]) -> list[str]:
    """The packages, and everything below them that is not installed here."""
    have = set(said(["dpkg-query", "-W", "-f", "${Package}\\n"]).split())
    below = dependencies(options)
    found, waiting = set(PACKAGES), list(PACKAGES)
    while waiting and len(found) < PACKAGES_MAX:
        for name in below.get(waiting.pop(), ()):
            if name not in found and name not in have and not SKIPPED.match(name):
                found.add(name)
                waiting.append(name)
    return sorted(found)


def dependencies(options: list[str]) -> dict[str, list[str]]:
    """What each package depends on: of alternatives and of virtual packages the first that can be had."""
    kinds = ("recommends", "suggests", "conflicts", "breaks", "replaces", "enhances")
    text = said(["apt-cache", *options, "depends", "--recurse", *[f"--no-{kind}" for kind in kinds], *PACKAGES])
    below: dict[str, list[str]] = {}
    names: list[str] = []
    is_alternative = False
    for line in text.splitlines():
        match = re.match(r"^\s*(\|?)(?:Pre)?Depends: (\S+)", line)
        if match:
            if not is_alternative:
                names.append(match[2])
            is_alternative = bool(match[1])
        elif not line.startswith(" "):
            names = below.setdefault(line.strip(), [])
            is_alternative = False
        elif names and names[-1].startswith("<"):
            names[-1] = line.strip()
    return {
        name: [each.partition(":")[0] for each in those if not each.startswith("<")] for name, those in below.items()
    }


def write_script(root: Path) -> None:
    folders = sorted(
        {str(path.parent) for path in root.rglob("*.so*") if path.is_file() and "/usr/lib/chromium" not in str(path)}
    )
    (CACHE / "fonts.conf").write_text(FONTS.format(root=root, cache=CACHE))
    script = CACHE / "chromium"
    script.write_text(SCRIPT.format(libraries=":".join(folders)))
    script.chmod(0o755)


def said(command: list[str]) -> str:
    try:
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=TRY_SECONDS, check=False
        ).stdout
    except OSError:
        return ""


if __name__ == "__main__":
    raise SystemExit(main())
