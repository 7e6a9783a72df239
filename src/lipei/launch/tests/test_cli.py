"""The administrator at the terminal: help that reads well, mistakes answered kindly, troubles in the reader's
language."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from lipei.launch import cli, keys, running
from lipei.launch.trouble import Trouble, terminal_language


def test_without_a_command_the_help_says_what_there_is_and_where_things_live(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main([]) == 0
    said = capsys.readouterr().out
    for word in (
        "run",
        "migrate",
        "verify",
        "backup",
        "restore",
        "rotate-keys",
        "LIPEI_HOME",
        "LIPEI_KEYS",
        "DATABASE_URL",
    ):
        assert word in said


@pytest.mark.parametrize("command", sorted(cli.OWN))
def test_each_command_explains_itself_in_whole_sentences(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert f"usage: lipei {command}" in said
    assert "." in said.split("options:")[0]


def test_the_help_comes_without_loading_the_site() -> None:
    code = "import sys; from lipei.launch import cli; cli.main([]); assert 'django' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0


@pytest.mark.parametrize("port", ["0", "65536", "-1", "web", ""])
def test_what_is_no_port_is_refused_at_once(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["run", f"--port={port}"])
    assert ended.value.code == 2
    assert "from 1 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(("variable", "expected"), [("zh_CN.UTF-8", "zh"), ("C.UTF-8", "en"), ("de_DE.UTF-8", "en")])
def test_the_terminal_speaks_the_language_of_its_locale(
    home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, expected: str
) -> None:
    monkeypatch.setenv("LANG", variable)
    assert terminal_language() == expected


def test_a_trouble_is_one_sentence_on_stderr_and_no_traceback(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert cli.main(["rotate-keys"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "还没有密钥文件" in said.err


def test_rotating_says_what_to_keep(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    keys.load_or_make(data_exists=False)
    assert cli.main(["rotate-keys"]) == 0
    assert "version 2" in capsys.readouterr().out


def test_a_second_run_on_the_same_data_is_told_where_the_first_one_is(home: Path) -> None:
    first = running.Wish(port=8123)
    with running.only_run(first), pytest.raises(Trouble) as caught, running.only_run(running.Wish()):
        pass
    assert "http://127.0.0.1:8123/" in caught.value.words.en
    assert "http://127.0.0.1:8123/" in caught.value.words.zh
    with running.only_run(running.Wish()):
        pass


def test_a_taken_port_is_noticed_before_anything_is_started() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=f"--port {port + 1}"):
            running.check_port(running.Wish(port=port))


def test_the_address_shown_is_one_that_a_browser_on_this_machine_can_open() -> None:
    assert running.Wish(host="0.0.0.0", port=81).url == "http://127.0.0.1:81/"
    assert running.Wish(host="::1", port=81).url == "http://[::1]:81/"
