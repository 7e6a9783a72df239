"""The keys: made once, kept closed, added to, and never replaced behind anybody's back."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from lipei.launch import keys, marks
from lipei.launch.trouble import KeysTrouble


def test_the_first_start_makes_keys_that_only_their_owner_can_read(home: Path) -> None:
    made = keys.load_or_make(data_exists=False)
    path = home / ".config/lipei/keys/keys.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert made.version == 1
    assert len(made.current) == len(made.blind_index) == 32
    assert keys.load() == made


def test_two_installations_have_nothing_in_common(folder: Path) -> None:
    one, other = (keys.load_or_make(folder / name, data_exists=False) for name in ("one.json", "other.json"))
    assert not set(keys.fingerprints(one).values()) & set(keys.fingerprints(other).values())
    assert one.secret_key != other.secret_key


def test_when_the_file_is_lost_and_data_exist_no_new_keys_are_made_and_both_languages_say_what_that_means(
    home: Path,
) -> None:
    with pytest.raises(KeysTrouble) as caught:
        keys.load_or_make(data_exists=True)
    assert not (home / ".config/lipei/keys/keys.json").exists()
    for sentence, means in ((caught.value.words.en, "cannot be recovered"), (caught.value.words.zh, "永远无法恢复")):
        assert means in sentence
        assert str(home / ".config/lipei/keys/keys.json") in sentence
        assert "LIPEI_KEYS" in sentence


def test_keys_that_others_may_read_are_not_used(home: Path) -> None:
    keys.load_or_make(data_exists=False)
    keys.path_of_keys().chmod(0o644)
    with pytest.raises(KeysTrouble, match="chmod 600"):
        keys.load()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": 1}', '{"format": 2}'])
def test_a_damaged_file_is_named_and_left_as_it_is(home: Path, damage: str) -> None:
    keys.load_or_make(data_exists=False)
    keys.path_of_keys().write_text(damage)
    with pytest.raises(KeysTrouble, match="damaged"):
        keys.load_or_make(data_exists=True)
    assert keys.path_of_keys().read_text() == damage


def test_a_key_of_the_wrong_length_is_noticed(home: Path) -> None:
    keys.load_or_make(data_exists=False)
    text = json.loads(keys.path_of_keys().read_text())
    text["encryption"]["1"] = text["encryption"]["1"][4:]
    keys.path_of_keys().write_text(json.dumps(text))
    with pytest.raises(KeysTrouble, match="damaged"):
        keys.load()


def test_rotation_adds_a_version_and_keeps_the_old_one_readable(home: Path) -> None:
    first = keys.load_or_make(data_exists=False)
    second = keys.rotate()
    assert second.version == 2
    assert second.encryption[1] == first.encryption[1]
    assert second.current != first.current
    assert (second.blind_index, second.secret_key) == (first.blind_index, first.secret_key)
    assert keys.load() == second


def test_fingerprints_tell_keys_apart_and_give_none_away(home: Path) -> None:
    made = keys.load_or_make(data_exists=False)
    shown = keys.fingerprints(made)
    assert set(shown) == {"encryption 1", "blind index"}
    assert made.current.hex()[:16] not in shown.values()
    assert "secret" not in repr(made)
    assert made.secret_key not in repr(made)


def test_a_copy_from_before_the_rotation_does_not_belong_to_data_from_after_it(home: Path) -> None:
    before = keys.load_or_make(data_exists=False)
    after = keys.rotate()
    needed = {f"{marks.KEY_PREFIX}{name}": value for name, value in keys.fingerprints(after).items()}
    marks.check_keys(needed, after, where="here")
    with pytest.raises(KeysTrouble, match="encryption 2"):
        marks.check_keys(needed, before, where="here")
